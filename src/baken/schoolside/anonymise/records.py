"""② From the rows of an export to records: the day becomes a month, words become codes, everything else is dropped.

Post-condition: every value of every record is a code of the code book, a month, or a key made with the school's
secret; the scan at the end holds each of them against the code book, the names of the export and the patterns of
personal data, and refuses the whole run on one hit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from baken.contract import codebook
from baken.contract.problems import Problem, Problems
from baken.contract.record import Record
from baken.schoolside.anonymise import reading
from baken.schoolside.anonymise.keys import Keys
from baken.schoolside.anonymise.layout import Layout, layouts
from baken.schoolside.anonymise.report import LeftOut, Notes, Report, SheetReport
from baken.schoolside.check.output import scan
from baken.schoolside.check.personal import NameList
from baken.schoolside.check.plausible import far_months
from baken.schoolside.mapping.doubts import doubt
from baken.schoolside.mapping.model import INJURED, SINGLE_FIELDS, Decision, Mapping
from baken.schoolside.read.dates import month_named
from baken.schoolside.read.header import is_header_again, is_totals
from baken.schoolside.read.workbook import Cell, Row, Workbook, text_of

_MOST_NOTES = 60


def records(workbook: Workbook, mapping: Mapping, secret: bytes) -> tuple[tuple[Record, ...], Report]:
    """Anonymise an export. The records stand in the order of the rows; the report says what became of every row.

    With a confirmed mapping (not `suggested`), a word that it does not know or leaves open refuses the run. With a
    suggested one such rows are left out, and the report says so. Raises `Unacceptable` with everything found.
    """
    run = _Run(mapping, Keys(secret))
    problems = Problems()
    found = layouts(workbook, mapping, problems)
    problems.raise_if_fatal()
    for layout in found:
        run.read(layout)
    problems.extend(run.account())
    problems.raise_if_fatal()
    made = tuple(run.made)
    problems.extend(scan(made, run.names))
    problems.raise_if_fatal()
    months = Counter(r.maand for r in made)
    report = Report(tuple(run.sheets), tuple(problems), months, Counter(r.categorie for r in made))
    return made, report


class _Run:
    """The state of one run over all sheets."""

    def __init__(self, mapping: Mapping, keys: Keys) -> None:
        self.mapping = mapping
        self.keys = keys
        self.made: list[Record] = []
        self.sheets: list[SheetReport] = []
        self.names = NameList()
        self.notes = Notes()
        self._days = reading.days(mapping.date_order)
        self._words = reading.kinds_in_words(mapping)
        self._fields = {name: reading.field_values(mapped) for name, mapped in mapping.fields.items()}
        self._by_id: dict[str, int] = {}
        self._rows: set[int] = set()
        self._month_rows: dict[str, tuple[int, str]] = {}
        self._texts: reading.Remembered[Cell, str] = reading.Remembered(lambda cell: text_of(cell).casefold())

    def read(self, layout: Layout) -> None:
        """Read one sheet."""
        sheet = SheetReport(layout.table.sheet.position, layout.table.header_row)
        self.sheets.append(sheet)
        kinds, kind_cells = self._kinds(layout)
        fields = [(name, place, self._fields[name]) for name, place in layout.fields]
        hurt_at = next(((place, codes) for name, place, codes in fields if name == "letsel"), None)
        named_month = month_named(layout.table.sheet.name)
        personal: list[set[Cell]] = [set() for _ in layout.names]
        decide = lru_cache(maxsize=None)(reading.outcome)
        for number, row in layout.table.rows():
            sheet.read += 1
            for place, values in zip(layout.names, personal, strict=True):
                values.add(row[place])
            kind = kinds[kind_cells(row)]
            day = self._days[row[layout.date]]
            if day is None:
                sheet.left_out[self._without_day(layout, number, row, kind)] += 1
                continue
            hurt = reading.injured(hurt_at[1][row[hurt_at[0]]]) if hurt_at else None
            month = f"{day.year:04d}-{day.month:02d}"
            result = self._checked(kind, decide(kind, hurt, month), layout, number)
            if result.left_out:
                sheet.left_out[result.left_out] += 1
                continue
            if named_month and day.month != named_month:
                self.notes.add("X-139", number, layout.place(layout.date))
            facts = (day.isoformat(), kind_cells(row))
            record = self._record(layout, number, row, month, result, fields, facts)
            if record is None:
                sheet.left_out[LeftOut.DUPLICATE] += 1
                continue
            self.made.append(record)
            self._month_rows.setdefault(month, (number, layout.sheet))
            sheet.kept += 1
        for values in personal:
            self.names.add(text_of(cell) for cell in values)

    def _kinds(self, layout: Layout) -> tuple[reading.Remembered[tuple[Cell, ...], reading.Kind], Any]:
        """The meanings of the cells that tell the kind, and how to take these cells from a row (always a tuple)."""
        if layout.category:
            places: Sequence[int] = layout.category
            kinds = self._words
        else:
            places = [place for _, place in layout.marks]
            kinds = reading.kinds_in_marks(tuple(self.mapping.marks[name] for name, _ in layout.marks))
        if len(places) == 1:
            only = places[0]
            return kinds, lambda row: (row[only],)
        return kinds, itemgetter(*places)

    def _without_day(self, layout: Layout, number: int, row: Row, kind: reading.Kind) -> LeftOut:
        """What a row without a date is: nothing, a total, a repeated header, a note, or an incident with a bad date."""
        filled = sum(1 for cell in row if text_of(cell))
        if not filled:
            return LeftOut.EMPTY
        if is_totals(row):
            return LeftOut.TOTALS
        if is_header_again(layout.table, row):
            return LeftOut.HEADER
        if reading.not_in_law_for_sure(kind):
            return LeftOut.NOT_IN_LAW
        dated = bool(text_of(row[layout.date]))
        if kind.empty and (filled <= 2 or not dated):
            return LeftOut.NOTE
        self.notes.add("X-132", number, layout.place(layout.date))
        return LeftOut.UNREADABLE_DATE

    def _checked(self, kind: reading.Kind, result: reading.Outcome, layout: Layout, number: int) -> reading.Outcome:
        """Note what a person must know about this row, and give the outcome with the final reason to leave it out."""
        if kind.bad_mark:
            facts = _why(Decision("", why="onbekend"), after=" ") if self.mapping.suggested else {}
            self.notes.add("X-151" if facts else "X-142", number, layout.place(), **facts)
            return reading.Outcome(left_out=LeftOut.UNDECIDED)
        if kind.empty:
            self.notes.add("X-133", number, layout.place())
            return reading.Outcome(left_out=LeftOut.NO_KIND)
        if result.left_out is LeftOut.UNDECIDED:
            self._undecided(kind, result, layout, number)
        elif result.left_out is LeftOut.INJURY_UNKNOWN:
            self.notes.add("X-135", number, layout.place())
        elif result.left_out is LeftOut.OUTSIDE:
            self.notes.add("X-134", number, layout.place(layout.date))
        elif result.decision and self.mapping.suggested:
            code = result.code or result.decision.code
            self.notes.add("X-150", number, layout.place(), kind.word, category=code, **_why(result.decision))
        return result

    def _undecided(self, kind: reading.Kind, result: reading.Outcome, layout: Layout, number: int) -> None:
        place = layout.place(layout.category[0] if layout.category else None)
        if self.mapping.suggested:
            decision = result.decision or Decision("", why="onbekend")
            self.notes.add("X-151", number, place, kind.word, **_why(decision, after=" "))
        else:
            self.notes.add("X-130" if kind.unknown else "X-131", number, place, kind.word)

    def _record(
        self,
        layout: Layout,
        number: int,
        row: Row,
        month: str,
        result: reading.Outcome,
        fields: Sequence[Any],
        facts: tuple[str, Sequence[Cell]],
    ) -> Record | None:
        """The record of a row; None when the row joins an earlier one with the same id."""
        values = {}
        for name, place, codes in fields:
            value = codes[row[place]]
            if value is None:
                self.notes.add("X-136", number, layout.place(place, name), self._texts[row[place]], field=name)
                value = ""
            values[name] = value
        text = self._texts[row[layout.id]].strip() if layout.id is not None else ""
        earlier = self._by_id.get(text) if text else None
        if text:
            key = self.keys.of_id(text)
        else:
            self._note_equal(layout, number, row)
            key = self.keys.of_facts(self._facts(*facts, row, fields))
        record = Record(key, month, result.code, result.sub, result.also, **_consistent(_key_of(values)))
        if earlier is not None:
            self.notes.add("X-137", number, layout.place(layout.id))
            self.made[earlier] = _joined(self.made[earlier], record)
            return None
        if text:
            self._by_id[text] = len(self.made)
        return record

    def _note_equal(self, layout: Layout, number: int, row: Row) -> None:
        mark = hash(tuple(row))
        if mark in self._rows:
            self.notes.add("X-138", number, layout.place())
        self._rows.add(mark)

    def _facts(self, day: str, kind_cells: Sequence[Cell], row: Row, fields: Sequence[Any]) -> list[str]:
        texts = self._texts
        return [day, *(texts[cell] for cell in kind_cells), *(texts[row[place]] for _, place, _ in fields)]

    def account(self) -> list[Problem]:
        """Everything noted, the refusing findings first."""
        found = [*self.notes.problems(), *far_months(Counter(r.maand for r in self.made), self._month_rows)]
        found.sort(key=lambda p: not p.fatal)
        return found


def _why(decision: Decision, after: str = "") -> dict[str, str]:
    if not decision.why:
        return {"why_nl": "", "why_en": ""}
    text = doubt(decision.why)
    return {"why_nl": text.nl + after, "why_en": text.en + after}


def _key_of(values: dict[str, str]) -> tuple[str, ...]:
    return tuple(values.get(name, "") for name in (*SINGLE_FIELDS, "afhandeling"))


@lru_cache(maxsize=50_000)
def _consistent_values(values: tuple[str, ...]) -> tuple[tuple[str, Any], ...]:
    """The optional fields of a record, made to agree: death and firearms are serious by rule, and a reason for not
    reporting stands only where nothing was reported."""
    found: dict[str, Any] = dict(zip(SINGLE_FIELDS, values, strict=False))
    if found["letsel"] == INJURED:
        found["letsel"] = "onbekend"
    grounds = codebook.severe_by_rule(letsel=found["letsel"], middel=found["middel"])
    if grounds:
        found["ernstig"] = "ja"
        found["ernst_grond"] = tuple(dict.fromkeys(grounds))
    if found["politie"] not in ("geen", "melding"):
        found["reden_geen_aangifte"] = ""
    found["afhandeling"] = tuple(dict.fromkeys(code for code in values[-1].split(",") if code))
    return tuple(found.items())


def _consistent(values: tuple[str, ...]) -> dict[str, Any]:
    return dict(_consistent_values(values))


def _joined(first: Record, other: Record) -> Record:
    """Two rows of one incident: the category first in rank counts, the other becomes a further category."""
    main = codebook.main_category((first.categorie, other.categorie))
    kept, dropped = (first, other) if first.categorie == main else (other, first)
    others = dict.fromkeys((*kept.nevencategorieen, dropped.categorie, *dropped.nevencategorieen))
    also = tuple(code for code in others if code != main)
    return replace(kept, sleutel=first.sleutel, maand=first.maand, nevencategorieen=also)
