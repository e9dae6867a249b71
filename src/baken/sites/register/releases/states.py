"""The states of a release and the steps between them: one table, from which the diagram in the docs is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from baken.contract.texts import Text


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


WORDS: dict[State, Text] = {
    State.DRAFT: Text("In voorbereiding", "In preparation"),
    State.IN_REVIEW: Text("Bij de tweede persoon", "With the second person"),
    State.APPROVED: Text("Goedgekeurd", "Approved"),
    State.PUBLISHED: Text("Gepubliceerd", "Published"),
    State.WITHDRAWN: Text("Vervallen", "Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed change of state. `other_person`: the composer may not do it."""

    name: str
    before: frozenset[State]
    after: State
    words: Text
    other_person: bool = False


STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("try", frozenset({State.DRAFT}), State.DRAFT, Text("Proef draaien", "Dry run")),
        Step("submit", frozenset({State.DRAFT}), State.IN_REVIEW, Text("Voorleggen", "Submit")),
        Step("approve", frozenset({State.IN_REVIEW}), State.APPROVED, Text("Goedkeuren", "Approve"), other_person=True),
        Step("send-back", frozenset({State.IN_REVIEW, State.APPROVED}), State.DRAFT, Text("Teruggeven", "Send back")),
        Step("publish", frozenset({State.APPROVED}), State.PUBLISHED, Text("Publiceren", "Publish")),
        Step(
            "withdraw",
            frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED}),
            State.WITHDRAWN,
            Text("Laten vervallen", "Withdraw"),
        ),
    )
}


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/generated/release-states.md."""
    lines = ["stateDiagram-v2", f"    [*] --> {_id(State.DRAFT)}"]
    for step in STEPS.values():
        who = " (tweede persoon)" if step.other_person else ""
        lines += [f"    {_id(s)} --> {_id(step.after)}: {step.words.nl}{who}" for s in State if s in step.before]
    lines += [f"    {_id(s)}: {WORDS[s].nl}" for s in State]
    lines += [f"    {_id(s)} --> [*]" for s in State if not any(s in step.before for step in STEPS.values())]
    return "\n".join(lines) + "\n"


def _id(state: State) -> str:
    return state.value.replace("-", "_")
