"""A refusal in a steward's words: what is missing, and nothing else. Only public structure goes in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baken.shield.publication import Publication, ReasonCode, Refusal
from baken.sites.register.releases import assembly


def reason_data(refusal: Refusal) -> list[dict[str, Any]]:
    """The reasons as stored with the release."""
    return [
        {
            "code": r.code.value,
            "districts": list(r.districts),
            "schools": r.missing_schools,
            "boards": r.missing_boards,
            "release": r.release,
        }
        for r in refusal.reasons
    ]


def outcome(found: Publication | Refusal) -> dict[str, Any]:
    """What the steward sees of a dry run: areas and what is held back, or the reasons. No figure of a school."""
    if isinstance(found, Refusal):
        return {"refused": True, "reasons": reason_data(found)}
    return {
        "refused": False,
        "digest": found.digest,
        "cohort": len(found.record.cohort),
        "used": len({unit for _, pairs in found.record.members for _quarter, unit in pairs}),
        "shown": sum(c.value is not None for c in found.cells),
        "held_back": [[c.table.value, c.area, c.category, c.period] for c in found.cells if c.value is None],
        "attackers": found.gate.attackers,
        "verdict": found.gate.verdict,
        "waiting": [{"district": w.district, "schools": w.schools, "boards": w.boards} for w in found.waiting],
    }


def explain(reason: dict[str, Any]) -> str:
    """One reason as a sentence that says what to wait for or what to do."""
    here = assembly.city()
    where = ", ".join(here.district(code).name for code in reason["districts"]) or here.name
    code = ReasonCode(reason["code"])
    if code is ReasonCode.AREAS:
        return _("Er doen nog te weinig scholen mee. Wacht tot er in %(where)s %(missing)s meedoen.") % {
            "where": where,
            "missing": _missing(reason),
        }
    if code is ReasonCode.LEAVERS:
        return _(
            "In %(where)s ontbreken scholen die eerder wel meetelden. Wacht op hun levering, "
            "of publiceer zodra %(missing)s ontbreken."
        ) % {"where": where, "missing": _missing(reason)}
    if code is ReasonCode.ATOM:
        return _(
            "Samen met een eerdere publicatie (%(release)s) zou in %(where)s een te kleine groep scholen "
            "zichtbaar worden. Wacht tot er %(missing)s bij komen."
        ) % {"release": reason["release"] or "–", "where": where, "missing": _missing(reason)}
    return str(_plain(code))


def _plain(code: ReasonCode) -> str:
    return {
        ReasonCode.COHORT: _(
            "De groep scholen van dit schooljaar is veranderd na een publicatie: "
            "een school is weg of heeft een ander bestuur of stadsdeel. Herstel dat eerst."
        ),
        ReasonCode.ORDER: _(
            "De volgorde klopt niet: publiceer de kwartalen na elkaar, en het schooljaar na het vierde kwartaal."
        ),
        ReasonCode.POLICY: _("De regels of de sleutel zijn anders dan bij eerdere publicaties van dit schooljaar."),
        ReasonCode.COUNTS: _("De cijfers van een gepubliceerd kwartaal zijn niet meer die waarmee is gepubliceerd."),
        ReasonCode.ROUNDING: _(
            "De cijfers zijn niet zo af te ronden dat alle totalen kloppen. Neem contact op met de beheerder."
        ),
        ReasonCode.GATE: _(
            "De laatste controle vond iets. Er is niets gepubliceerd. Neem contact op met de beheerder."
        ),
    }[code]


def _missing(reason: dict[str, Any]) -> str:
    schools = ngettext("nog %(n)d school", "nog %(n)d scholen", reason["schools"]) % {"n": reason["schools"]}
    if not reason["boards"]:
        return schools
    boards = ngettext("van %(n)d ander bestuur", "van %(n)d andere besturen", reason["boards"]) % {
        "n": reason["boards"]
    }
    return f"{schools} {boards}"
