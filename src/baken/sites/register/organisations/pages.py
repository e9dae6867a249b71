"""What the pages about schools show: plain values, ready for the templates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.sites.register.organisations import policies, queries
from baken.sites.register.organisations.models import School, Wave
from baken.sites.shared.identity.actor import Actor


def _label(wave: Wave | None) -> str:
    return wave.label.in_language(get_language() or "nl") if wave else "–"


def school_row(found: School) -> dict[str, Any]:
    """A line of the list; the wave is that of the last time the school joined."""
    stretches = list(found.participations.all())
    last = stretches[-1] if stretches else None
    return {
        "school": found,
        "district": queries.district_name(found.district),
        "wave": _label(last.wave) if last else "–",
        "since": last.first_quarter if last else "",
        "until": last.last_quarter if last else None,
    }


def school(actor: Actor, found: School) -> dict[str, Any]:
    stretches = list(found.participations.all())
    running = next((p for p in stretches if p.last_quarter is None), None)
    pupils = found.pupils if found.pupils is not None else _("Niet bekend")
    return {
        "school": found,
        "rows": [
            (_("Vestigingscode"), found.code),
            (_("Bestuur"), f"{found.board.name} ({found.board_id})"),
            (_("Stadsdeel"), queries.district_name(found.district)),
            (_("Sector"), found.get_sector_display()),
            (_("Aantal leerlingen"), pupils),
        ],
        "stretches": [{"stretch": p, "wave": _label(p.wave)} for p in stretches],
        "running": running,
        "may_change": policies.may_change(actor),
    }


def wave_row(wave: Wave) -> dict[str, Any]:
    schools = sorted({p.school.name for p in wave.participations.all()})
    return {"wave": wave, "label": _label(wave), "schools": len(schools)}


def _page(form: forms.BaseForm, title: str, lead: str, here: str, back: str, cancel: str) -> dict[str, Any]:
    return {"form": form, "title": title, "lead": lead, "here": here, "back": back, "cancel": cancel}


def edit_school(form: forms.BaseForm, code: str | None) -> dict[str, Any]:
    title = _("School wijzigen") if code else _("School toevoegen")
    cancel = reverse("organisations:school", args=[code]) if code else reverse("organisations:schools")
    lead = _("Iedere vestiging is een school: zij levert haar eigen tellingen.")
    return _page(form, title, lead, "organisations:schools", _("Scholen"), cancel)


def join(form: forms.BaseForm, found: School) -> dict[str, Any]:
    cancel = reverse("organisations:school", args=[found.pk])
    lead = _("Vanaf dit kwartaal wordt van %(school)s een levering verwacht.") % {"school": found.name}
    return _page(form, _("School laten meedoen"), lead, "organisations:schools", _("Scholen"), cancel)


def leave(form: forms.BaseForm, found: School) -> dict[str, Any]:
    cancel = reverse("organisations:school", args=[found.pk])
    lead = _("Wat %(school)s al leverde, blijft zoals het is.") % {"school": found.name}
    return _page(form, _("School laten stoppen"), lead, "organisations:schools", _("Scholen"), cancel)


def edit_board(form: forms.BaseForm, number: str) -> dict[str, Any]:
    title = _("Bestuur wijzigen") if number else _("Bestuur toevoegen")
    lead = _("Scholen van één bestuur tellen bij de beveiliging als één deelnemer.")
    return _page(form, title, lead, "organisations:boards", _("Besturen"), reverse("organisations:boards"))


def edit_wave(form: forms.BaseForm, number: int | None) -> dict[str, Any]:
    title = _("Golf toevoegen") if number is None else _("Golf wijzigen")
    lead = _("Een golf is een groep scholen die samen begint.")
    return _page(form, title, lead, "organisations:waves", _("Golven"), reverse("organisations:waves"))
