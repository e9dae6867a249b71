"""What the delivery pages ask of a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baken.contract.problems import Problem
from baken.sites.register.deliveries.models import Reason


class UploadForm(forms.Form):
    counters = forms.FileField(
        label=_("Bestand met tellingen"),
        allow_empty_file=True,
        help_text=_("Een bestand dat Baken op uw computer maakte: .json, .csv of .xlsx."),
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"}),
    )


class ConfirmForm(forms.Form):
    """One box for each question about the figures, and one for a nil return. All must be ticked."""

    def __init__(self, data: Any = None, *, questions: tuple[Problem, ...], language: str, nil: bool) -> None:
        super().__init__(data)
        for number, question in enumerate(questions, start=1):
            place = question.place.describe(language)
            text = question.message(language)
            self.fields[f"question-{number}"] = forms.BooleanField(
                label=_("Ja, dit klopt"),
                help_text=f"{place[:1].upper()}{place[1:]}: {text}" if place else text,
                error_messages={"required": _("Zet een vinkje als het klopt. Zo niet, maak een nieuw bestand.")},
            )
        if nil:
            self.fields["nil"] = forms.BooleanField(
                label=_("Ik verklaar dat er op onze school in dit kwartaal geen incidenten waren in deze categorieën."),
                error_messages={"required": _("Zet een vinkje om de nulmelding te bevestigen.")},
            )


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reden"), choices=Reason.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Toelichting voor de school"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Schrijf geen aantallen, geen namen en niets over een incident."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("reason") == Reason.OTHER and not found.get("text", "").strip():
            self.add_error("text", _("Schrijf op wat de school moet doen."))
        return found
