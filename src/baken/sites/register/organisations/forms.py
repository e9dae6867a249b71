"""What the steward fills in about boards, schools and waves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baken.contract.periods import Quarter
from baken.sites.register.organisations import queries
from baken.sites.register.organisations.models import Board, Participation, School, Wave

BEFORE, AHEAD = 12, 8
"""Quarters before and after today that a form offers."""


def quarter_choices(today: date) -> list[tuple[str, str]]:
    """From three years back to two years ahead, newest last; today's quarter is somewhere in the middle."""
    quarter = Quarter.of(today)
    for _step in range(BEFORE):
        quarter = quarter.previous
    found = []
    for _step in range(BEFORE + AHEAD + 1):
        found.append((str(quarter), str(quarter)))
        quarter = quarter.next
    return found


def district_choices() -> list[tuple[str, str]]:
    return [(d.code, d.name) for d in queries.city().districts]


class FilterForm(forms.Form):
    """Narrow the list of schools."""

    zoek = forms.CharField(label=_("Naam of vestigingscode"), required=False, max_length=60)
    stadsdeel = forms.ChoiceField(label=_("Stadsdeel"), required=False)
    golf = forms.ChoiceField(label=_("Golf"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "nl"
        everything = ("", _("Alle"))
        self.fields["stadsdeel"].choices = [everything, *district_choices()]  # type: ignore[attr-defined]
        waves = [(str(w.number), f"{w.number}: {w.label.in_language(language)}") for w in Wave.objects.all()]
        self.fields["golf"].choices = [everything, *waves]  # type: ignore[attr-defined]


class BoardForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Board
        fields = ["number", "name"]
        help_texts = {"number": _("Vijf cijfers, zoals bij DUO.")}


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg]
    district = forms.ChoiceField(
        label=_("Stadsdeel"), help_text=_("Controleer het stadsdeel: een postcode volgt de grens niet altijd.")
    )

    class Meta:
        model = School
        fields = ["code", "name", "board", "district", "sector", "pupils"]
        help_texts = {"code": _("Zes tekens, zoals bij DUO: 99AB00."), "pupils": _("Leeg als het niet bekend is.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", "–"), *district_choices()]  # type: ignore[attr-defined]


class WaveForm(forms.ModelForm):  # type: ignore[type-arg]
    first_quarter = forms.ChoiceField(label=_("Eerste kwartaal"))

    class Meta:
        model = Wave
        fields = ["number", "label_nl", "label_en", "first_quarter"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = dict(quarter_choices(today))
        present = self.instance.first_quarter
        choices |= {present: present} if present else {}
        self.fields["first_quarter"].choices = sorted(choices.items())  # type: ignore[attr-defined]

    def clean_first_quarter(self) -> Quarter:
        return Quarter.parse(self.cleaned_data["first_quarter"])


class JoinForm(forms.Form):
    """From when a school takes part; a wave fills in its own first quarter."""

    wave = forms.ModelChoiceField(
        label=_("Golf"), queryset=Wave.objects.all(), required=False, empty_label=_("Geen golf: kies zelf een kwartaal")
    )
    first_quarter = forms.ChoiceField(
        label=_("Eerste kwartaal"), required=False, help_text=_("Alleen als u geen golf kiest.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_quarter"].choices = [("", "–"), *quarter_choices(today)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        wave = found.get("wave")
        text = wave.first_quarter if wave else found.get("first_quarter")
        if not text:
            self.add_error("first_quarter", _("Kies een golf of een kwartaal."))
            return found
        return found | {"first_quarter": Quarter.parse(text)}


class LeaveForm(forms.Form):
    last_quarter = forms.ChoiceField(
        label=_("Laatste kwartaal"), help_text=_("De school levert dit kwartaal nog, daarna niet meer.")
    )

    def __init__(self, *args: Any, today: date, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [pair for pair in quarter_choices(today) if pair[0] >= participation.first_quarter]
        self.fields["last_quarter"].choices = possible  # type: ignore[attr-defined]

    def clean_last_quarter(self) -> Quarter:
        return Quarter.parse(self.cleaned_data["last_quarter"])
