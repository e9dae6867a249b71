"""What the self-check page asks of releases: keys, ledger, files."""

from __future__ import annotations

from django.utils.translation import gettext as _

from baken.contract.periods import SchoolYear
from baken.shield.ledger import LedgerBroken
from baken.sites.register.releases import assembly, keys, outbox, queries
from baken.sites.shared import clock
from baken.sites.shared.health import Answer, question


@question
def keys_are_there() -> Answer:
    subject = _("De sleutels voor afronden en ondertekenen zijn er")
    try:
        keys.rounding(SchoolYear.of(clock.today()))
        keys.signing()
    except keys.KeyMissing:
        return Answer(False, subject, _("Maak ze met het commando make_keys en bewaar een kopie op twee plaatsen."))
    return Answer(True, subject)


@question
def ledger_is_whole() -> Answer:
    subject = _("Het grootboek is heel")
    try:
        assembly.ledger()
    except (LedgerBroken, keys.KeyMissing):
        return Answer(
            False, subject, _("Publiceer niets. Zet de laatste goede kopie terug en onderzoek wat er is gebeurd.")
        )
    return Answer(True, subject)


@question
def files_are_there() -> Answer:
    missing = [r for r in queries.published() if not outbox.is_written(r)]
    return Answer(
        not missing,
        _("Alle publicatiebestanden staan klaar voor de stad"),
        _("Schrijf ze opnieuw met het commando write_publications."),
    )
