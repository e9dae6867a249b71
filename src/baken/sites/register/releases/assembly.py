"""Between the stores and the shield: what goes into the gate, and the file made of what comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from django.conf import settings

from baken import cities
from baken.contract import codebook, publication
from baken.contract.periods import Quarter, SchoolYear
from baken.contract.structure import City
from baken.contract.texts import Text
from baken.shield.gate import protect
from baken.shield.ledger import Ledger, LedgerBroken
from baken.shield.policy import DEFAULT, Policy
from baken.shield.publication import Publication, Refusal
from baken.shield.publication import Release as Proposal
from baken.shield.structure import Contributor, Geography, Structure
from baken.sites.register.counts import queries as counts
from baken.sites.register.releases import keys, outbox
from baken.sites.register.releases.models import FrozenVersion, Kind, LedgerRow, Release


def city() -> City:
    return cities.load(settings.BAKEN_CITY)


def policy() -> Policy:
    """The one policy in force. It changes by a new version in the shield, never per release."""
    return DEFAULT


def ledger() -> Ledger:
    """The whole ledger, read and checked: hashes, order, signatures, and that it was not rolled back.

    The newest signed file names the head that the ledger had; an older ledger does not have it. Raises LedgerBroken.
    """
    found = Ledger.from_lines("\n".join(LedgerRow.objects.order_by("index").values_list("line", flat=True)))
    if outbox.newest_number() > Release.objects.filter(number__isnull=False).count():
        raise LedgerBroken(len(found.entries), "a publication went out that the ledger does not know")
    last = Release.objects.filter(number__isnull=False).order_by("number").last()
    if found.entries or last:
        head = json.loads(last.sealed)["publicatie"]["grootboek"] if last else None
        found.verify(verify=keys.signing().verify, head=head)
    return found


def year_of(release: Release) -> SchoolYear:
    period = release.parsed_period
    return period.year if isinstance(period, Quarter) else period


def quarters_of(release: Release) -> tuple[Quarter, ...]:
    """The quarters whose counters a release needs: its own and those before it in the school year."""
    period = release.parsed_period
    return period.year.quarters[: period.number] if isinstance(period, Quarter) else period.quarters


def proposal(release: Release) -> Proposal:
    make = Proposal.quarter if release.kind == Kind.QUARTER else Proposal.school_year
    return make(release.period)


def versions_used(release: Release) -> dict[tuple[str, str], int]:
    """(pseudonym, quarter) → version of the counters that this release is made of.

    A quarter that was published keeps the versions it was published with; a new quarter takes the accepted ones.
    """
    wanted = [str(q) for q in quarters_of(release)]
    rows = FrozenVersion.objects.filter(quarter__in=wanted).values_list("pseudonym", "quarter", "version")
    frozen = {(pseudonym, quarter): version for pseudonym, quarter, version in rows}
    published = {quarter for _, quarter in frozen}
    current = counts.accepted_versions([q for q in wanted if q not in published])
    return frozen | current


def structure(release: Release) -> Structure:
    """Who takes part, under pseudonyms; public facts only."""
    year = year_of(release)
    here = city()
    cohort = tuple(Contributor(c.pseudonym, c.board_pseudonym, c.district) for c in counts.contributors(str(year)))
    return Structure(
        year=str(year),
        cohort=cohort,
        delivered={str(q): counts.delivered(str(q)) for q in quarters_of(release)},
        geography=Geography(tuple(d.code for d in here.districts), here.neighbours),
    )


def propose(release: Release) -> Publication | Refusal:
    """Take a release through the gate, together with all that was ever published. Raises KeyMissing, LedgerBroken."""
    year = year_of(release)
    return protect(
        counts=counts.counts_of_versions(versions_used(release)),
        categories=tuple(c.code for c in codebook.categories(year.first_day)),
        structure=structure(release),
        release=proposal(release),
        ledger=ledger(),
        policy=policy(),
        key=keys.rounding(year),
    )


def area_name(districts: tuple[str, ...], here: City, language: str = "nl") -> str:
    """ "Laak en Leidschenveen-Ypenburg", in the city's own order; all districts together are the whole city."""
    names = [district.name for district in here.districts if district.code in districts]
    if len(names) == len(here.districts):
        return here.name
    word = " and " if language.startswith("en") else " en "
    return word.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def to_file(
    found: Mapping[str, object], release: Release, *, number: int, previous: str, on: date, ledger_head: str
) -> publication.Publication:
    """The publication file of a protected publication (`found` is its document, as the gate wrote it)."""
    document = json.loads(json.dumps(found))
    here = city()
    year = year_of(release)
    return publication.Publication(
        city=here.code,
        city_name=here.name,
        kind=release.kind,
        period=release.period,
        number=number,
        previous=previous,
        published_on=on.isoformat(),
        synthetic=settings.DEMO,
        code_list=codebook.code_list_version(year.first_day),
        categories=tuple(
            publication.PublishedCategory(c.code, c.label, c.short) for c in codebook.categories(year.first_day)
        ),
        areas=tuple(
            publication.Area(
                a["code"], area_name(tuple(a["districts"]), here), tuple(a["districts"]), a["schools"], a["boards"]
            )
            for a in document["areas"]
        ),
        participation=document["city"]["schools"],
        policy=document["policy"] | {"precision": document["precision"]},
        cells=tuple(_cell(row) for row in document["cells"]),
        attestation=document["gate"],
        ledger_head=ledger_head,
        follow_up=Text(release.follow_up_nl, release.follow_up_en or release.follow_up_nl),
    )


def _cell(row: list[object]) -> publication.Cell:
    table, area, category, period, value, low, high, _ = row
    held_back = value is None
    return publication.Cell(
        str(table),
        publication.CITY if area is None else str(area),
        publication.ALL if category is None else str(category),
        str(period),
        None if held_back else int(str(value)),
        None if held_back else int(str(low)),
        None if held_back else int(str(high)),
    )
