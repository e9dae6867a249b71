"""Tables of the specification: written in the test as a reader sees them in the book."""

from __future__ import annotations

from collections.abc import Mapping


def rows(table: str) -> list[Mapping[str, str]]:
    """The rows of a Markdown table, as text by column name. An empty cell is empty text."""
    lines = [line.strip() for line in table.strip().splitlines()]
    header, rule, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    if any(set(cell) - set("-:") for cell in rule):
        raise ValueError("the second line of a table is its rule")
    return [dict(zip(header, cells, strict=True)) for cells in body]


def codes(cell: str) -> tuple[str, ...]:
    """A list in a cell, separated by commas."""
    return tuple(part.strip() for part in cell.split(",") if part.strip())
