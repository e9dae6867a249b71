"""What the pages show: plain values, ready for the templates."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.contract import codebook
from baken.contract.publication import HELD_BACK
from baken.shield.ledger import LedgerBroken
from baken.sites.register.releases import assembly, keys, policies, queries, wording
from baken.sites.register.releases.models import Kind, LedgerRow, Release
from baken.sites.register.releases.states import STEPS, WORDS, State
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import may

TONE = {
    State.DRAFT: "neutral",
    State.IN_REVIEW: "warning",
    State.APPROVED: "info",
    State.PUBLISHED: "ok",
    State.WITHDRAWN: "neutral",
}


def kind_words(release: Release) -> str:
    return _("Kwartaal") if release.kind == Kind.QUARTER else _("Schooljaar")


def row(release: Release, today: date) -> dict[str, Any]:
    state = State(release.state)
    return {
        "release": release,
        "kind": kind_words(release),
        "state": WORDS[state].in_language(get_language() or "nl"),
        "tone": TONE[state],
        "publishes_on": queries.publishes_on(release),
        "date_reached": today >= queries.publishes_on(release),
    }


def overview(actor: Actor, today: date) -> dict[str, Any]:
    return {
        "rows": [row(release, today) for release in queries.all_releases()],
        "candidates": queries.candidates(today),
        "may_compose": may(actor, policies.COMPOSE),
    }


def detail(actor: Actor, release: Release, today: date) -> dict[str, Any]:
    steps = {name.replace("-", "_"): policies.may_step(actor, name, release) for name in STEPS}
    own = release.composed_by_id == actor.user_id
    outcome = release.outcome or {}
    return row(release, today) | {
        "may": steps,
        "own": own,
        "waiting_for_other": own and release.state == State.IN_REVIEW,
        "outcome": release.outcome,
        "reasons": [wording.explain(r) for r in outcome.get("reasons", [])],
        "waiting": [_waiting(w) for w in outcome.get("waiting", [])],
        "tables": tables(release) if release.candidate else [],
        "areas": _areas(release) if release.candidate else [],
        "progress": _progress(State(release.state)),
    }


def _waiting(entry: dict[str, Any]) -> str:
    name = assembly.city().district(entry["district"]).name
    return _("%(district)s: %(schools)d van %(boards)d besturen") % {
        "district": name,
        "schools": entry["schools"],
        "boards": entry["boards"],
    }


def _areas(release: Release) -> list[dict[str, Any]]:
    here, language = assembly.city(), get_language() or "nl"
    found = json.loads(release.candidate)["areas"]
    return [
        {
            "name": assembly.area_name(tuple(a["districts"]), here, language),
            "joined": len(a["districts"]) > 1,
            "schools": a["schools"],
            "boards": a["boards"],
        }
        for a in found
    ]


def tables(release: Release) -> list[dict[str, Any]]:
    """The protected figures as they will be published: one table per table of the release."""
    document = json.loads(release.candidate)
    cells = {(area, category): value for _, area, category, period, value, *_ in document["cells"]}
    here, language = assembly.city(), get_language() or "nl"
    labels = [(c.code, c.short.in_language(language)) for c in codebook.categories(assembly.year_of(release).first_day)]
    kinds = [*labels, (None, _("Totaal"))]
    areas = [(a["code"], assembly.area_name(tuple(a["districts"]), here, language)) for a in document["areas"]]
    places = [*areas, (None, _("Hele stad"))]
    if release.kind == Kind.QUARTER:
        city = [[name, _show(cells[None, code])] for code, name in kinds]
        totals = [[name, _show(cells[code, None])] for code, name in places]
        return [
            {"caption": _("Hele stad, per soort"), "head": [_("Soort"), _("Aantal")], "rows": city},
            {"caption": _("Per gebied, alle soorten samen"), "head": [_("Gebied"), _("Aantal")], "rows": totals},
        ]
    body = [[name, *(_show(cells[area, code]) for code, _name in kinds)] for area, name in places]
    head = [_("Gebied"), *(name for _code, name in kinds)]
    return [{"caption": _("Per gebied en soort, heel schooljaar"), "head": head, "rows": body}]


def _show(value: int | None) -> str:
    return HELD_BACK if value is None else str(value)


def _progress(state: State) -> list[dict[str, Any]]:
    order = [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.PUBLISHED]
    language = get_language() or "nl"
    at = order.index(state) if state in order else -1
    return [{"words": WORDS[s].in_language(language), "current": i == at, "done": i < at} for i, s in enumerate(order)]


def broken(error: keys.KeyMissing | LedgerBroken) -> str:
    if isinstance(error, keys.KeyMissing):
        return _("er ontbreekt een sleutel. De beheerder maakt die met het commando make_keys")
    return _("het grootboek is niet zoals het is ondertekend. Publiceer niets en roep de beheerder erbij")


def ledger() -> dict[str, Any]:
    """The ledger with its verdict: whole or broken, and where."""
    try:
        found, problem = assembly.ledger(), ""
        head = found.head
    except (LedgerBroken, keys.KeyMissing) as error:
        problem, head = broken(error), ""
    rows = LedgerRow.objects.select_related("release").order_by("-index")
    return {"rows": rows, "problem": problem, "head": head}
