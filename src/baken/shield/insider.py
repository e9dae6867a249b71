"""The last check: every board plays attacker with its own figures against what the reader would see.

Step 6 of protection. A path of its own beside holding back: it knows the publication and not how it came about, plays
the real boards one by one, and looks at real schools. It does not hold anything back, because what a particular board
could conclude depends on who that board is, and a decision that depends on that could be seen. If it finds something,
the release is refused. Never here: a change to a publication.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baken.shield.attacker import Attacker
from baken.shield.cube import Cube, Ints, Question, percent
from baken.shield.knowledge import Knowledge
from baken.shield.policy import Policy

HIDDEN = -1
"""Multiple of a cell whose value is not shown."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one attacker could conclude. For tests and the person who releases; never published, never in a refusal."""

    board: int | None
    question: Question
    rest: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`attackers` and `bounds` follow from public structure; `solved`, the number of programs, does not."""

    attackers: int
    bounds: int
    solved: int
    findings: tuple[Finding, ...]


def targets(cube: Cube) -> list[Question]:
    """Sums of which one school's share is a figure of that school: per area, by category and period, and in total."""
    layout = cube.layout
    found = [
        Question((k,), group, category)
        for k in layout.quarters
        for group in layout.groups[k]
        for category in (None, *range(layout.categories))
    ]
    if len(layout.quarters) > 1:
        found += [
            Question(layout.quarters, part, category)
            for part in layout.to_date(layout.quarters[-1])
            for category in (None, *range(layout.categories))
        ]
    return found


def audit(cube: Cube, known: Knowledge, shown: Ints, policy: Policy) -> Verdict:
    """Play the outsider and every board. `shown`: value / base of each statement, `HIDDEN` where nothing is shown.

    For every school of somebody else and every sum: more than 0 must stay possible for it, and a bound at least
    `p_percent` above its count. That it may have had none at all follows from who takes part: when at least two schools
    of others are in the set, all of one's count could be the other's, and no published sum would change.
    """
    hidden = shown == HIDDEN
    attacker = Attacker(known, np.where(hidden, 0, shown), hidden, np.zeros(cube.layout.size, dtype=np.int64))
    asked = targets(cube)
    variables = [cube.layout.variables(q.quarters, q.areas, q.category) for q in asked]
    shares = np.stack([q.of(cube.units) for q in asked], axis=1)
    inside = np.array([[a in (q.areas or ()) for q in asked] for a in range(cube.layout.areas)])[cube.area_of]
    boards: list[int | None] = [None, *sorted({int(b) for b in cube.board_of})]
    findings: list[Finding] = []
    for board in boards:
        ours = cube.board_of == (-1 if board is None else board)
        attacker.know(cube.layout.spread(cube.by_area(cube.units[ours], cube.area_of[ours])))
        own = (shares * inside)[ours].sum(axis=0)
        largest = (shares * inside)[~ours].max(axis=0, initial=0)
        rest = np.array([max(1, int(x) + percent(policy.p_percent, int(x))) for x in largest])
        wanted = own + rest
        left = attacker.unreachable([(v, int(w)) for v, w in zip(variables, wanted, strict=True)], cube.sums)
        findings += [Finding(board, asked[i], attacker.upper(variables[i]) - int(own[i]), int(rest[i])) for i in left]
        findings += [Finding(board, asked[i], 0, 0) for i in _exposed(cube, asked, ours, inside)]
    return Verdict(len(boards), len(boards) * len(asked), attacker.solved, tuple(findings))


def _exposed(
    cube: Cube, asked: list[Question], ours: npt.NDArray[np.bool_], inside: npt.NDArray[np.bool_]
) -> list[int]:
    """Sums in which fewer than two schools of others take part: a single other one would be known to have had some."""
    others = (inside & ~ours[:, None]).T.astype(np.int64) @ cube.present.astype(np.int64)
    return [i for i, question in enumerate(asked) if others[i, list(question.quarters)].min() < 2]
