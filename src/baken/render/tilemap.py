"""A map of tiles: one square per district, districts that are shown together drawn as one area.

Every tile prints the figure of its area; a joined area says that the figure is of the districts together. The shade is
one hue in few steps and says "more incidents", nothing else. Never here: a place finer than a district.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baken.contract.publication import HELD_BACK
from baken.contract.structure import District
from baken.contract.texts import Text
from baken.render import words
from baken.render.charts import WIDE, in_words
from baken.render.figures import Figure
from baken.render.svg import Drawing, element, text

STEPS = 4
_ABSENT = Text("doet (nog)|niet mee", "not taking|part (yet)")


@dataclass(frozen=True, slots=True)
class Region:
    """Districts with one figure. `figure` None and `absent`: they do not take part."""

    name: str
    districts: tuple[District, ...]
    figure: Figure | None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class _Grid:
    """Size of a tile and the gap between two, in pixels."""

    tile_width: int
    tile_height: int
    gap: int

    def corner(self, district: District) -> tuple[int, int]:
        return (
            3 + district.column * (self.tile_width + self.gap),
            3 + district.row * (self.tile_height + self.gap),
        )

    def rectangle(self, district: District, klass: str) -> str:
        x, y = self.corner(district)
        return element("rect", x=x, y=y, width=self.tile_width, height=self.tile_height, rx=4, klass=klass)

    def bridge(self, one: District, two: District, klass: str) -> str:
        """What fills the gap between two tiles of one area that touch; a thin strip between diagonal ones."""
        (x1, y1), (x2, y2) = sorted((self.corner(one), self.corner(two)))
        inside, width, height = 6, self.tile_width, self.tile_height
        if one.row == two.row:
            return element("rect", x=x1 + width - inside, y=y1, width=self.gap + 2 * inside, height=height, klass=klass)
        if one.column == two.column:
            return element("rect", x=x1, y=y1 + height - inside, width=width, height=self.gap + 2 * inside, klass=klass)
        down = y2 > y1
        start = (x1 + width - inside, y1 + height - inside if down else y1 + inside)
        end = (x2 + inside, y2 + inside if down else y2 + height - inside)
        half = self.gap // 3
        across = half if down else -half
        corners = [
            (start[0] - half, start[1] + across),
            (end[0] - half, end[1] + across),
            (end[0] + half, end[1] - across),
            (start[0] + half, start[1] - across),
        ]
        return element("polygon", points=" ".join(f"{x},{y}" for x, y in corners), klass=klass)

    def middle(self, upper_left: District, klass: str) -> str:
        """What fills the hole between four tiles of one area."""
        x, y = self.corner(upper_left)
        size = self.gap + 12
        return element(
            "rect", x=x + self.tile_width - 6, y=y + self.tile_height - 6, width=size, height=size, klass=klass
        )


def _upper_left_of_four(districts: Sequence[District]) -> list[District]:
    places = {(d.column, d.row) for d in districts}
    return [d for d in districts if {(d.column + i, d.row + j) for i in (0, 1) for j in (0, 1)} <= places]


def tile_map(regions: Sequence[Region], *, title: str, language: str, width: int = WIDE) -> Drawing:
    """The map of one figure per region, in the order given."""
    districts = [d for region in regions for d in region.districts]
    columns = max((d.column for d in districts), default=0) + 1
    rows = max((d.row for d in districts), default=0) + 1
    gap = 12 if width >= WIDE else 7
    tile = (width - 6 - gap * (columns - 1)) // columns
    grid = _Grid(tile, 92 if width >= WIDE else 82, gap)
    top_value = max((r.figure.value for r in regions if r.figure and r.figure.value is not None), default=0)
    drawn = [_region(region, grid, top_value, language) for region in regions]
    absent = words.NOT_TAKING_PART.in_language(language)
    spoken = "; ".join(f"{r.name}: {absent if r.absent else in_words(r.figure, language)}" for r in regions)
    height = rows * grid.tile_height + (rows - 1) * gap + 6
    return Drawing("map", width, height, title, f"{spoken}.", "".join(drawn))


def step_of(region: Region, top_value: int) -> str:
    """The shade: "absent", "held", or "0" to "4" by fifths of the highest published figure."""
    if region.absent or region.figure is None:
        return "absent"
    if region.figure.value is None:
        return "held"
    return str(-(-region.figure.value * STEPS // top_value)) if top_value else "0"


def _region(region: Region, grid: _Grid, top_value: int, language: str) -> str:
    step = step_of(region, top_value)
    outline = "outline-absent" if step == "absent" else "outline"
    touching = list(_touching(region.districts)) if not region.absent else []
    shapes = []
    for klass in (outline, f"step-{step}"):
        shapes += [grid.rectangle(d, klass) for d in region.districts]
        shapes += [grid.bridge(one, two, klass) for one, two in touching]
        shapes += [grid.middle(d, klass) for d in _upper_left_of_four(region.districts)]
    labels = [piece for d in region.districts for piece in _tile_text(region, d, grid, step, language)]
    return element("g", *shapes, *labels, klass="region")


def _touching(districts: Sequence[District]) -> list[tuple[District, District]]:
    """Pairs of tiles side by side, and diagonal pairs that nothing else connects."""
    pairs = [(a, b) for i, a in enumerate(districts) for b in districts[i + 1 :]]
    beside = [(a, b) for a, b in pairs if abs(a.column - b.column) + abs(a.row - b.row) == 1]
    connected = {frozenset((a.code, b.code)) for a, b in beside}
    diagonal = [
        (a, b)
        for a, b in pairs
        if abs(a.column - b.column) == 1
        and abs(a.row - b.row) == 1
        and not any(
            frozenset((a.code, c.code)) in connected and frozenset((b.code, c.code)) in connected for c in districts
        )
    ]
    return beside + diagonal


def _tile_text(region: Region, district: District, grid: _Grid, step: str, language: str) -> list[str]:
    x, y = grid.corner(district)
    on, wide = f"on-{step}", grid.tile_width > 100
    size, left = ("label", x + 8) if wide else ("tiny", x + 4)
    lines = _split(district.name, 18 if wide else 14)
    drawn = [
        text(line, x=left, y=y + 18 + (16 if wide else 12) * index, klass=f"{size} {on}")
        for index, line in enumerate(lines)
    ]
    below = y + grid.tile_height - 12
    if step == "absent":
        absent = _ABSENT.in_language(language).split("|")
        lines = [" ".join(absent)] if wide else absent
        return drawn + [
            text(line, x=left, y=below - 13 * (len(lines) - 1 - index), klass="small quiet")
            for index, line in enumerate(lines)
        ]
    value = region.figure.value if region.figure else None
    shown = HELD_BACK if value is None else words.number(value, language)
    if len(region.districts) > 1:
        drawn.append(text(words.TOGETHER.in_language(language), x=left, y=below - 22, klass=f"small {on}"))
    return [*drawn, text(shown, x=left, y=below, klass=f"number {on}")]


def _split(name: str, longest: int) -> list[str]:
    """A name over lines of at most `longest` characters, broken at spaces and after hyphens only."""
    pieces = name.replace("-", "- ").split(" ")
    lines = [pieces[0]]
    for piece in pieces[1:]:
        glue = "" if lines[-1].endswith("-") else " "
        if len(lines[-1]) + len(glue) + len(piece) <= longest:
            lines[-1] += glue + piece
        else:
            lines.append(piece)
    return lines
