"""Forms: what somebody who hears the page instead of seeing it is told, and in which order."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from baken.sites.shared.look.forms import UtrechtRenderer


class Registration(forms.Form):
    default_renderer = UtrechtRenderer

    email = forms.EmailField(label="E-mailadres", help_text="Hier komt de bevestiging binnen.")
    remark = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"class": "breed"}))
    system = forms.ChoiceField(
        label="Systeem", help_text="Kies er een.", widget=forms.RadioSelect, choices=[("a", "Ja"), ("b", "Nee")]
    )
    quarter = forms.ChoiceField(label="Kwartaal", choices=[("1", "Een"), ("2", "Twee")])
    agreed = forms.BooleanField(label="Akkoord")
    export = forms.FileField(label="Export")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        if self.data.get("email") == "a@b.nl":
            raise forms.ValidationError("Deze combinatie kan niet.")


def tag(html: str, pattern: str) -> str:
    found = re.search(rf"<[^>]*{pattern}[^>]*>", html)
    assert found is not None, pattern
    return found.group()


@pytest.fixture
def empty() -> str:
    return str(Registration())


@pytest.fixture
def wrong() -> str:
    return str(Registration({"email": "geen adres"}))


def test_every_control_has_a_label_of_its_own(empty: str) -> None:
    for name in ("email", "remark", "quarter", "agreed", "export", "system_0", "system_1"):
        assert f'for="id_{name}"' in empty
        assert f'id="id_{name}"' in empty


def test_an_optional_field_says_so_and_a_required_one_does_not(empty: str) -> None:
    assert empty.count("(niet verplicht)") == 1
    assert re.search(r"Toelichting\s*<span[^>]*>\(niet verplicht\)", empty)


def test_the_explanation_is_tied_to_its_control(empty: str) -> None:
    assert 'aria-describedby="id_email_helptext"' in tag(empty, 'id="id_email"')
    assert 'id="id_email_helptext"' in empty


def test_options_stand_in_a_fieldset_with_the_question_as_legend(empty: str) -> None:
    group = empty[empty.index("<fieldset") : empty.index("</fieldset>")]

    assert 'aria-describedby="id_system_helptext"' in group
    assert re.search(r"<legend[^>]*>Systeem", group)
    assert group.count('type="radio"') == 2


def test_an_untouched_form_accuses_nobody(empty: str) -> None:
    assert "baken-summary" not in empty
    assert "aria-invalid" not in empty


def test_errors_are_summed_up_at_the_top_with_a_link_to_each_field(wrong: str) -> None:
    summary = wrong[: wrong.index('<div class="utrecht-form-field')]

    assert 'role="alert"' in summary
    assert "autofocus" in summary
    assert re.findall(r'href="#(\w+)"', summary) == ["id_email", "id_system_0", "id_quarter", "id_agreed", "id_export"]


def test_a_link_in_the_summary_names_field_and_error(wrong: str) -> None:
    assert re.search(r'href="#id_quarter">Kwartaal – Dit veld is verplicht\.</a>', wrong)


def test_a_wrong_control_is_marked_and_tied_to_its_error(wrong: str) -> None:
    control = tag(wrong, 'id="id_email"')

    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_email_helptext id_email_error"' in control
    assert 'id="id_email_error"' in wrong


def test_the_error_stands_before_the_control(wrong: str) -> None:
    assert wrong.index('id="id_email_error"') < wrong.index('id="id_email"')


def test_the_error_of_a_hidden_field_is_told_in_the_summary(wrong: str) -> None:
    summary = wrong[: wrong.index('<div class="utrecht-form-field')]

    assert summary.count("<li") == 6


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    html = str(Registration({"email": "a@b.nl"}))

    assert "<li>Deze combinatie kan niet.</li>" in html[: html.index('<div class="utrecht-form-field')]


def test_a_control_keeps_the_class_that_the_form_gave_it(empty: str) -> None:
    assert 'class="utrecht-textarea utrecht-textarea--html-textarea breed"' in tag(empty, 'id="id_remark"')


def test_every_control_has_one_class_attribute_at_most(empty: str) -> None:
    assert [t for t in re.findall(r"<[^>]+>", empty) if t.count(" class=") > 1] == []


def test_a_file_is_asked_with_the_browsers_own_control(empty: str) -> None:
    assert 'type="file"' in tag(empty, 'id="id_export"')


def test_a_hidden_field_is_sent_along_without_a_label(empty: str) -> None:
    assert 'type="hidden"' in tag(empty, 'name="secret"')
    assert 'for="id_secret"' not in empty


def test_a_complete_form_is_accepted_as_it_was_drawn() -> None:
    given = {"email": "x@y.nl", "system": "a", "quarter": "1", "agreed": "on", "secret": "s"}

    assert Registration(given, {"export": SimpleUploadedFile("a.csv", b"a")}).is_valid()


def test_what_somebody_typed_is_never_read_as_markup() -> None:
    assert "<script" not in str(Registration({"email": "<script>", "remark": "</textarea><script>"}))
