"""The states of a delivery and the steps between them: one table, from which the diagram in the docs is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from baken.contract.texts import Text


class State(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


WORDS: dict[State, Text] = {
    State.RECEIVED: Text("Ontvangen", "Received"),
    State.ACCEPTED: Text("Geaccepteerd", "Accepted"),
    State.RETURNED: Text("Teruggestuurd", "Returned"),
    State.WITHDRAWN: Text("Ingetrokken", "Withdrawn"),
    State.REPLACED: Text("Vervangen", "Replaced"),
}

LIVE = (State.RECEIVED, State.ACCEPTED, State.RETURNED)
"""A school has at most one delivery of a quarter in one of these states."""


class Side(StrEnum):
    """Who takes a step."""

    SCHOOL = "school"
    NETWORK = "network"


SIDES: dict[Side, Text] = {Side.SCHOOL: Text("school", "school"), Side.NETWORK: Text("NVS", "NVS")}


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed change of state. `before` is empty for the step that makes a delivery."""

    name: str
    before: frozenset[State]
    after: State
    words: Text
    side: Side


STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("deliver", frozenset(), State.RECEIVED, Text("Leveren", "Deliver"), Side.SCHOOL),
        Step("accept", frozenset({State.RECEIVED}), State.ACCEPTED, Text("Accepteren", "Accept"), Side.NETWORK),
        Step("return", frozenset({State.RECEIVED}), State.RETURNED, Text("Terugsturen", "Return"), Side.NETWORK),
        Step("withdraw", frozenset(LIVE), State.WITHDRAWN, Text("Intrekken", "Withdraw"), Side.SCHOOL),
        Step("replace", frozenset(LIVE), State.REPLACED, Text("Vervangen", "Replace"), Side.SCHOOL),
    )
}


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    for step in STEPS.values():
        sources = [s.value for s in State if s in step.before] or ["[*]"]
        words = f"{step.words.nl} ({SIDES[step.side].nl})"
        lines += [f"    {source} --> {step.after.value}: {words}" for source in sources]
    lines += [f"    {s.value}: {WORDS[s].nl}" for s in State]
    lines += [f"    {s.value} --> [*]" for s in State if not any(s in step.before for step in STEPS.values())]
    return "\n".join(lines) + "\n"


def page() -> str:
    """docs/generated/delivery-states.md: the diagram, and the table for who cannot see it."""
    rows = ["| Step | By | From | To |", "|---|---|---|---|"]
    for step in STEPS.values():
        sources = ", ".join(WORDS[s].en.lower() for s in State if s in step.before) or "nothing"
        rows.append(f"| {step.words.en} | {SIDES[step.side].en} | {sources} | {WORDS[step.after].en.lower()} |")
    head = "# States of a delivery\n\nWritten by `write_delivery_states` from `deliveries/states.py`; do not edit.\n"
    note = (
        "A replaced or withdrawn delivery stays in the mailbox without its counters. An accepted delivery of a\n"
        "quarter whose figures were published cannot be withdrawn: published figures do not change.\n"
    )
    return f"{head}\n```mermaid\n{diagram()}```\n\n" + "\n".join(rows) + f"\n\n{note}"
