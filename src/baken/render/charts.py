"""The three charts: bars per category, a tile map of the areas, a line over the quarters.

Every chart shows the bounds of its figures or prints the figure, has words for who cannot see it, and comes in two
widths: `WIDE` for a page or a document, `NARROW` for a telephone. Lengths are computed from published values only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baken.contract.publication import HELD_BACK
from baken.contract.texts import Text
from baken.render import words
from baken.render.figures import Figure
from baken.render.svg import Drawing, element, text

WIDE = 560
NARROW = 340
LONG = 760
"""For a line over many quarters."""
MOST_POINTS = 12
"""Quarters in one drawing of a trend; the table beneath has all of them."""

_NOT_SHOWN = Text("niet getoond", "not shown")
_TO = Text("tot en met", "to")
_TO_SHORT = Text("t/m", "to")
_NO_FIGURE = Text("geen cijfer", "no figure")


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Point:
    """One quarter of a trend. `breaks` says in words what changed since the quarter before; "" for nothing."""

    group: str
    label: str
    spoken: str
    figure: Figure | None
    breaks: str


def in_words(figure: Figure | None, language: str) -> str:
    """ "75 (71 tot en met 79)", "niet getoond" or "geen cijfer"."""
    if figure is None:
        return _NO_FIGURE.in_language(language)
    if figure.value is None or figure.low is None or figure.high is None:
        return _NOT_SHOWN.in_language(language)
    value, low, high = (words.number(n, language) for n in (figure.value, figure.low, figure.high))
    return f"{value} ({low} {_TO.in_language(language)} {high})"


def _highest(figures: Sequence[Figure | None]) -> int:
    return max((f.high for f in figures if f is not None and f.high is not None), default=1) or 1


def bars(rows: Sequence[Bar], *, title: str, language: str, width: int = WIDE) -> Drawing:
    """Horizontal bars in the order given; a thin line from the lower to the upper bound lies over each bar's end."""
    narrow = width < WIDE
    left, height = (0, 46) if narrow else (150, 34)
    longest = width - left - 60
    top_value = _highest([row.figure for row in rows])
    drawn = []
    for index, row in enumerate(rows):
        y = index * height
        label = text(row.label, x=0, y=y + (16 if narrow else 22), klass="label")
        line = y + 30 if narrow else y + 17
        drawn.append(element("g", label, *_bar(row.figure, left, line, longest, top_value, language), klass="row"))
    if not narrow:
        drawn.append(element("line", x1=left, y1=0, x2=left, y2=len(rows) * height, klass="axis"))
    spoken = "; ".join(f"{row.label}: {in_words(row.figure, language)}" for row in rows)
    return Drawing("bars", width, len(rows) * height, title, f"{spoken}.", "".join(drawn))


def _bar(figure: Figure | None, left: int, middle: int, longest: int, top: int, language: str) -> list[str]:
    if figure is None or figure.value is None or figure.low is None or figure.high is None:
        sign = HELD_BACK if figure else "–"
        words_beside = (_NOT_SHOWN if figure else _NO_FIGURE).in_language(language)
        return [
            text(sign, x=left + 8, y=middle + 5, klass="value"),
            text(words_beside, x=left + 24, y=middle + 5, klass="quiet"),
        ]
    end, low, high = (n * longest // top for n in (figure.value, figure.low, figure.high))
    return [
        element("rect", x=left, y=middle - 9, width=end, height=18, klass="bar"),
        element("line", x1=left + low, y1=middle, x2=left + high, y2=middle, klass="whisker"),
        element("line", x1=left + low, y1=middle - 4, x2=left + low, y2=middle + 4, klass="whisker"),
        element("line", x1=left + high, y1=middle - 4, x2=left + high, y2=middle + 4, klass="whisker"),
        text(words.number(figure.value, language), x=left + high + 8, y=middle + 5, klass="value"),
        *(
            [text(f"{_TO_SHORT.in_language(language)} {figure.high}", x=left + high + 22, y=middle + 5, klass="quiet")]
            if figure.value == 0
            else []
        ),
    ]


def trend(points: Sequence[Point], *, title: str, language: str, width: int = WIDE) -> Drawing:
    """A line from zero over the quarters, broken where a figure is missing or where participation changed."""
    spoken = "; ".join(
        f"{p.spoken}: {in_words(p.figure, language)}{f' ({p.breaks})' if p.breaks else ''}" for p in points
    )
    points = points[-MOST_POINTS:]
    top, bottom, side = 44, 196, 24
    step = (width - 2 * side) // max(1, len(points))
    top_value = _highest([p.figure for p in points])
    places = [side + step * index + step // 2 for index in range(len(points))]
    drawn = [element("line", x1=0, y1=bottom, x2=width, y2=bottom, klass="axis")]
    drawn += _breaks(points, places, step, bottom)
    drawn += _lines(points, places, top_value, top, bottom)
    drawn += [_point(p, x, top_value, top, bottom, language) for p, x in zip(points, places, strict=True)]
    drawn += _quarter_axis(points, places, bottom)
    return Drawing("trend", width, bottom + 48, title, f"{spoken}.", "".join(drawn))


def _height(value: int, top_value: int, top: int, bottom: int) -> int:
    return bottom - value * (bottom - top) // top_value


def _lines(points: Sequence[Point], places: list[int], top_value: int, top: int, bottom: int) -> list[str]:
    runs: list[list[str]] = [[]]
    for point, x in zip(points, places, strict=True):
        if point.figure is None or point.figure.value is None or point.breaks:
            runs.append([])
        if point.figure is not None and point.figure.value is not None:
            runs[-1].append(f"{x},{_height(point.figure.value, top_value, top, bottom)}")
    return [element("polyline", points=" ".join(run), klass="line") for run in runs if len(run) > 1]


def _point(point: Point, x: int, top_value: int, top: int, bottom: int, language: str) -> str:
    figure = point.figure
    if figure is None or figure.value is None or figure.low is None or figure.high is None:
        sign = HELD_BACK if figure else "–"
        return element("g", text(sign, x=x, y=bottom - 8, text_anchor="middle", klass="value"), klass="quarter")
    y, low, high = (_height(n, top_value, top, bottom) for n in (figure.value, figure.low, figure.high))
    return element(
        "g",
        element("line", x1=x, y1=low, x2=x, y2=high, klass="whisker"),
        element("line", x1=x - 4, y1=low, x2=x + 4, y2=low, klass="whisker"),
        element("line", x1=x - 4, y1=high, x2=x + 4, y2=high, klass="whisker"),
        element("circle", cx=x, cy=y, r=5, klass="point"),
        text(words.number(figure.value, language), x=x, y=high - 8, text_anchor="middle", klass="value"),
        klass="quarter",
    )


def _breaks(points: Sequence[Point], places: list[int], step: int, bottom: int) -> list[str]:
    drawn = []
    for index, (point, place) in enumerate(zip(points, places, strict=True)):
        if not point.breaks or index == 0:
            continue
        x = place - step // 2
        late = index > len(points) // 2
        drawn.append(element("line", x1=x, y1=4, x2=x, y2=bottom, klass="change"))
        anchor = "end" if late else "start"
        drawn.append(text(point.breaks, x=x - 6 if late else x + 6, y=14, text_anchor=anchor, klass="quiet"))
    return drawn


def _quarter_axis(points: Sequence[Point], places: list[int], bottom: int) -> list[str]:
    drawn = [
        text(p.label, x=x, y=bottom + 18, text_anchor="middle", klass="quiet")
        for p, x in zip(points, places, strict=True)
    ]
    for group in dict.fromkeys(p.group for p in points):
        inside = [x for p, x in zip(points, places, strict=True) if p.group == group]
        drawn.append(text(group, x=(inside[0] + inside[-1]) // 2, y=bottom + 40, text_anchor="middle", klass="label"))
    return drawn
