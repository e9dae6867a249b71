"""What an administrator fills in about a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baken.contract.structure import LOCATION_CODE
from baken.sites.shared.identity.models import User
from baken.sites.shared.identity.roles import LABELS, Role


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["name", "email", "language", "is_active"]


class AssignmentForm(forms.Form):
    """One role to add. A role of a school needs the code of that school."""

    role = forms.ChoiceField(label=_("Rol"), choices=[(r.value, LABELS[r].nl) for r in Role])
    organisation = forms.CharField(
        label=_("Code van de school"),
        required=False,
        max_length=6,
        help_text=_("Alleen voor een veiligheidscoördinator of schoolleider. Zes tekens, zoals 99AB00."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        code = (found.get("organisation") or "").strip().upper()
        if "role" in found:
            of_school = Role(found["role"]).of_school
            if of_school and not LOCATION_CODE.fullmatch(code):
                self.add_error(
                    "organisation", _("Vul de code van de school in: twee cijfers, twee letters, twee cijfers.")
                )
            if not of_school and code:
                self.add_error("organisation", _("Deze rol hoort niet bij een school. Laat dit veld leeg."))
        found["organisation"] = code
        return found
