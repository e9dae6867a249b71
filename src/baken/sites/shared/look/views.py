"""The page that shows every component; only in a demonstration or while developing."""

from __future__ import annotations

from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.contract.problems import Place, problem


class SpecimenForm(forms.Form):
    """One of each field."""

    name = forms.CharField(label=gettext_lazy("Naam van de locatie"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"), help_text=gettext_lazy("Hier komt de ontvangstbevestiging binnen.")
    )
    quarter = forms.ChoiceField(
        label=gettext_lazy("Kwartaal"), choices=[("", "–"), ("1", "2026-2027/1"), ("2", "2026-2027/2")]
    )
    system = forms.ChoiceField(
        label=gettext_lazy("Waar registreert u nu?"),
        help_text=gettext_lazy("Kies wat u het meest gebruikt."),
        widget=forms.RadioSelect,
        choices=[("lvs", gettext_lazy("Leerlingvolgsysteem")), ("sheet", gettext_lazy("Eigen spreadsheet"))],
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Wat heeft u nodig?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("format", gettext_lazy("Een format")), ("training", gettext_lazy("Een training"))],
    )
    since = forms.DateField(
        label=gettext_lazy("Sinds wanneer?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    remark = forms.CharField(label=gettext_lazy("Toelichting"), required=False, widget=forms.Textarea)
    export = forms.FileField(
        label=gettext_lazy("Export"),
        required=False,
        help_text=gettext_lazy("Een bestand uit uw leerlingvolgsysteem: xlsx, xls, ods of csv."),
    )
    agreed = forms.BooleanField(label=gettext_lazy("Ik heb de cijfers bekeken en ze kloppen"))


def style(request: HttpRequest) -> HttpResponse:
    """All components with invented contents. GET with `?fout=1` shows the form as it comes back with errors."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    if "bericht" in request.GET:
        messages.success(request, _("Uw levering is ontvangen."))
    return render(request, "look/style.html", _specimens(request))


def _specimens(request: HttpRequest) -> dict[str, object]:
    return {
        "form": SpecimenForm({"name": "", "email": "x"} if "fout" in request.GET else None),
        "facts": [(_("Periode"), "2026-2027/1"), (_("Geleverd"), "12 november 2026"), (_("Versie"), "2")],
        "rows": [(_("Fysiek geweld"), 10, 15, 5), (_("Pesten"), 25, 20, 30), (_("Diefstal"), 5, None, 10)],
        "problems": [
            problem("F-101", Place(row=14, field="datum"), field="datum"),
            problem("F-105", Place(sheet="Incidenten"), field="categorie"),
        ],
        "steps": [_("Bestand kiezen"), _("Vertalen"), _("Bekijken"), _("Leveren")],
        "page": Paginator(range(95), 10).get_page(request.GET.get("pagina", 4)),
        "tones": ["neutral", "info", "ok", "warning", "error"],
        "trail": [SimpleNamespace(label=_("Overzicht"), url="/"), SimpleNamespace(label=_("Leveringen"), url="/look/")],
    }
