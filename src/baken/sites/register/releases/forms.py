"""The three questions that composing a release asks a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from baken.sites.register.releases.models import Kind
from baken.sites.register.releases.queries import Candidate


class ComposeForm(forms.Form):
    """Which period: only those that are over and not taken yet."""

    period = forms.ChoiceField(label=_("Periode"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, candidates: tuple[Candidate, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(f"{c.kind} {c.period}", self._words(c)) for c in candidates]

    @staticmethod
    def _words(candidate: Candidate) -> str:
        kind = _("kwartaal") if candidate.kind == Kind.QUARTER else _("schooljaar")
        day = date_format(candidate.publishes_on, "j F Y")
        return _("%(kind)s %(period)s, naar buiten vanaf %(day)s") % {
            "kind": kind,
            "period": candidate.period,
            "day": day,
        }

    def chosen(self) -> tuple[str, str]:
        kind, period = self.cleaned_data["period"].split(" ", 1)
        return kind, period


class SubmitForm(forms.Form):
    """What was done with the figures before: schools and readers are told."""

    follow_up_nl = forms.CharField(
        label=_("Wat is er met de vorige cijfers gedaan?"),
        help_text=_("Scholen en lezers zien deze tekst. 'Nog niets' is ook een antwoord. Noem geen school."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    follow_up_en = forms.CharField(
        label=_("Dezelfde tekst in het Engels"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom geeft u de publicatie terug?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
