"""Het publicatiebestand

Alles wat de gemeente en het publiek ooit zien, staat in ondertekende publicatiebestanden. Een bestand verandert nooit
meer.
"""

from __future__ import annotations

from baken.contract.publication import CITY, HELD_BACK, Cell
from building.spec_tables import rows


def test_a_published_figure_stands_for_a_range() -> None:
    """Cijfers zijn afgerond op veelvouden van 5. Een 0 betekent dus: 0 tot en met 4. Achtergehouden: een punt.

    Er is één teken voor alles wat is achtergehouden. De reden zou zelf iets kunnen verraden.
    """
    table = """
    | waarde | van | tot | getoond |
    |--------|-----|-----|---------|
    | 35     | 31  | 39  | 35      |
    | 5      | 1   | 9   | 5       |
    | 0      | 0   | 4   | 0       |
    |        |     |     | ·       |
    """
    for row in rows(table):
        value, low, high = (int(row[name]) if row[name] else None for name in ("waarde", "van", "tot"))
        assert Cell("T1", CITY, "drugs", "2026-2027/1", value, low, high).shown == row["getoond"]
        assert (value is None) == (row["getoond"] == HELD_BACK)
