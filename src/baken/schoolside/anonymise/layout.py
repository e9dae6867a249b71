"""Where the columns of a mapping stand in each sheet of an export, and what the export has or lacks beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from baken.contract.problems import Place, Problems
from baken.schoolside.mapping.model import Mapping
from baken.schoolside.mapping.profile import mark
from baken.schoolside.read.header import SEARCH_ROWS, Table, table_at
from baken.schoolside.read.words import heading
from baken.schoolside.read.workbook import Sheet, Workbook, column_letter, text_of


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of columns in one table, counted from 0. A column that this sheet lacks is absent."""

    table: Table
    date: int
    id: int | None
    category: tuple[int, ...]
    marks: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int], ...]
    names: tuple[int, ...]

    @property
    def sheet(self) -> str:
        return str(self.table.sheet.position)

    def place(self, position: int | None = None, field: str = "") -> Place:
        column = "" if position is None else column_letter(position)
        return Place(sheet=self.sheet, column=column, field=field)


def layouts(workbook: Workbook, mapping: Mapping, problems: Problems) -> tuple[Layout, ...]:
    """The tables that the mapping fits. Adds a problem for every sheet and column that does not fit; fatal when
    incidents could be missed because of it."""
    skipped = {heading(name) for name in mapping.skip_sheets}
    found = []
    for sheet in workbook.sheets:
        if heading(sheet.name) in skipped and sheet.name:
            continue
        table = _table(sheet, mapping)
        if table:
            found.append(_layout(table, mapping))
        elif rows := sum(1 for _, row in sheet.rows() if any(row)):
            problems.add("X-126", Place(sheet=str(sheet.position)), rows=rows)
    if not found:
        _nothing_fits(workbook, mapping, problems)
        return ()
    _missing(found, mapping, problems)
    for one in found:
        _unknown_columns(one, mapping, problems)
    return tuple(found)


def _table(sheet: Sheet, mapping: Mapping) -> Table | None:
    """The table below the first row that has the date column and the columns (or one of the marks) of the kind."""
    if mapping.header_row:
        table = table_at(sheet, mapping.header_row)
        return table if table and _fits({heading(name) for name in table.names}, mapping) else None
    wanted = mapping.columns()
    for number, row in islice(sheet.rows(), SEARCH_ROWS + 10):
        texts = {heading(text_of(cell)) for cell in row if cell != ""}
        if len(texts & wanted) >= 2:
            table = table_at(sheet, number)
            if table and _fits({heading(name) for name in table.names}, mapping):
                return table
    return None


def _fits(names: set[str], mapping: Mapping) -> bool:
    if heading(mapping.date) not in names:
        return False
    if mapping.category:
        return all(heading(name) in names for name in mapping.category)
    return any(heading(name) in names for name in mapping.marks)


def _layout(table: Table, mapping: Mapping) -> Layout:
    position = table.position
    date = position(mapping.date)
    if date is None:
        raise ValueError("a layout is made of tables that have the date column")
    return Layout(
        table,
        date,
        position(mapping.id) if mapping.id else None,
        tuple(p for name in mapping.category if (p := position(name)) is not None),
        tuple((name, p) for name in mapping.marks if (p := position(name)) is not None),
        tuple((name, p) for name, f in mapping.fields.items() if (p := position(f.column)) is not None),
        tuple(p for name in mapping.names if (p := position(name)) is not None),
    )


def _nothing_fits(workbook: Workbook, mapping: Mapping, problems: Problems) -> None:
    wanted = heading(mapping.date)
    dated = any(
        wanted in {heading(text_of(cell)) for cell in row if cell != ""}
        for sheet in workbook.sheets
        for _, row in islice(sheet.rows(), SEARCH_ROWS + 10)
    )
    problems.add("X-123", part="categorie" if dated else "datum")


def _missing(found: list[Layout], mapping: Mapping, problems: Problems) -> None:
    """Columns that no sheet has. Without a mark column or the id, incidents could be missed or counted twice."""
    if mapping.id and all(one.id is None for one in found):
        problems.add("X-123", part="kenmerk")
    present = {name for one in found for name, _ in one.marks}
    counting = [name for name, decision in mapping.marks.items() if decision.counts]
    absent = sum(1 for name in counting if name not in present)
    if absent:
        problems.add("X-123", part=f"vinkjes ({absent})")
    filled = {name for one in found for name, _ in one.fields}
    conditional = any(d.with_injury for d in (*mapping.values.values(), *mapping.marks.values()))
    for name in mapping.fields:
        if name not in filled and name == "letsel" and conditional:
            problems.add("X-123", part="letsel")
        elif name not in filled:
            problems.add("X-129", field=name)


def _unknown_columns(one: Layout, mapping: Mapping, problems: Problems) -> None:
    known = mapping.columns()
    new = [place for place, name in enumerate(one.table.names) if heading(name) not in known]
    unmarked = 0
    for place in new:
        marked = _marks(one.table, place) if mapping.marks else 0
        if marked:
            problems.add("X-127", Place(sheet=one.sheet, column=column_letter(place)), rows=marked)
        else:
            unmarked += 1
    if unmarked:
        problems.add("X-128", Place(sheet=one.sheet), columns=unmarked)


def _marks(table: Table, place: int) -> int:
    """How many marks a column holds; 0 when it is no column of marks (at least half of its filled cells are)."""
    filled = marked = 0
    for _, row in table.rows():
        text = text_of(row[place])
        if text:
            filled += 1
            marked += mark(text) is True
    return marked if filled and 2 * marked >= filled else 0
