"""Forms as the Dutch government draws them: `{{ form }}` in a page is all that is needed.

`FORM_RENDERER = "baken.sites.shared.look.forms.UtrechtRenderer"` in the settings of a site switches it on.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import django.forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine

OURS = Path(__file__).resolve().parent / "form_templates"
DJANGOS = Path(django.forms.__file__).resolve().parent / "templates"


class UtrechtRenderer(DjangoTemplates):
    """Error summary, label, explanation, error, control: in that order, tied together for assistive technology."""

    form_template_name = "look/forms/form.html"
    field_template_name = "look/forms/field.html"
    formset_template_name = "look/forms/formset.html"

    @cached_property
    def engine(self) -> Engine:
        return Engine({"APP_DIRS": True, "DIRS": [OURS, DJANGOS], "NAME": "forms", "OPTIONS": {}})
