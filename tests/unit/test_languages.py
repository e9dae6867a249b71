"""English is complete: every Dutch text on the screen has one, with the same blanks, and nothing is left over."""

import re
from pathlib import Path

import pytest

import baken
from baken.sites.shared.languages import catalogue

ROOT = Path(baken.__file__).parent
BLANK = re.compile(r"%\((\w+)\)")


def test_every_dutch_text_has_its_english_and_nothing_is_left_over():
    assert catalogue.check(ROOT) == []


@pytest.mark.parametrize("app", list(catalogue.apps(ROOT)), ids=lambda app: str(app.relative_to(ROOT)))
def test_a_translation_has_the_same_blanks(app):
    for entry in catalogue.catalogue(app):
        wanted = set(BLANK.findall(entry.msgid)) | set(BLANK.findall(entry.msgid_plural))
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert not text or set(BLANK.findall(text)) == wanted, entry.msgid


def test_a_text_without_english_is_found(tmp_path):
    app = tmp_path / "app"
    (app / "locale").mkdir(parents=True)
    (app / "templates").mkdir()
    (app / "views.py").write_text('from x import gettext as _\nA = _("Uit de code")\n')
    (app / "templates" / "a.html").write_text(
        '{% trans "Uit de pagina" %}{% blocktrans %}Met {{ naam }}{% endblocktrans %}'
    )

    assert catalogue.check(tmp_path) == [
        "app: no English for 'Met %(naam)s'",
        "app: no English for 'Uit de code'",
        "app: no English for 'Uit de pagina'",
    ]


def test_compiling_twice_writes_once():
    catalogue.compile_all(ROOT)
    compiled = sorted(ROOT.rglob("locale/*/LC_MESSAGES/*.mo"))
    before = [path.stat().st_mtime_ns for path in compiled]
    catalogue.compile_all(ROOT)

    assert compiled
    assert [path.stat().st_mtime_ns for path in compiled] == before
