"""Find every text on the screen in code and templates, and compare with the English that an app has for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib

MARKERS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "ngettext_lazy", "gettext_noop"}
_TRANS = re.compile(r"""\{%\s*(?:trans|translate)\s+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
_ARGUMENT = re.compile(r"""\b_\((?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\)""")  # {% button _("Versturen") %}
_BLOCK = re.compile(
    r"\{%\s*(?:blocktrans|blocktranslate)\b([^%]*)%\}(.*?)\{%\s*(?:endblocktrans|endblocktranslate)\s*%\}", re.DOTALL
)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")
_VARIABLE = re.compile(r"\{\{\s*([\w.|:\"' ]+?)\s*\}\}")


def apps(root: Path) -> Iterator[Path]:
    """Folders of our packages that have a locale folder."""
    for folder in sorted(root.rglob("locale")):
        if "node_modules" not in folder.parts and "vendor" not in folder.parts:
            yield folder.parent


def texts(app: Path, root: Path) -> set[str]:
    """Every Dutch text of an app, not of an app inside it."""
    inner = [other for other in apps(root) if other != app and app in other.parents]
    found: set[str] = set()
    for path in sorted(app.rglob("*")):
        if any(other in path.parents for other in inner):
            continue
        if path.suffix == ".py" and "migrations" not in path.parts:
            found |= set(_in_code(path.read_text("utf-8")))
        elif path.suffix in (".html", ".txt") and "templates" in "/".join(path.parts):
            found |= set(_in_template(path.read_text("utf-8")))
    return found


def _in_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        strings = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in MARKERS:
            wanted = 2 if name.startswith("ngettext") else 1
            yield from strings[-1:] if name == "pgettext" else strings[:wanted]


def _in_template(text: str) -> Iterator[str]:
    for match in (*_TRANS.finditer(text), *_ARGUMENT.finditer(text)):
        yield (match[1] or match[2] or "").replace('\\"', '"')
    for match in _BLOCK.finditer(text):
        for part in _PLURAL.split(match[2]):
            body = _VARIABLE.sub(lambda m: f"%({m[1].split('|')[0].strip()})s", part.replace("%", "%%"))
            yield " ".join(line.strip() for line in body.splitlines()).strip() if "trimmed" in match[1] else body


def catalogue(app: Path) -> polib.POFile:
    path = app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path))
    made = polib.POFile(wrapwidth=116)
    made.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    made.fpath = str(path)
    return made


def check(root: Path) -> list[str]:
    """Lines that say what is missing or left over; empty when English is complete."""
    found = []
    for app in apps(root):
        wanted = texts(app, root)
        entries = [e for e in catalogue(app) if not e.obsolete]
        known = {e.msgid for e in entries} | {e.msgid_plural for e in entries if e.msgid_plural}
        done = {e.msgid for e in entries if e.translated()} | {
            e.msgid_plural for e in entries if e.msgid_plural and e.translated()
        }
        where = app.relative_to(root)
        found += [f"{where}: no English for {text!r}" for text in sorted(wanted - done)]
        found += [f"{where}: left over {text!r}" for text in sorted(known - wanted)]
    return found


def write_missing(root: Path) -> None:
    """Add every text without an entry, to be translated by a person; drop what is left over."""
    for app in apps(root):
        file = catalogue(app)
        wanted = texts(app, root)
        for entry in list(file):
            if entry.msgid not in wanted:
                file.remove(entry)
        known = {e.msgid for e in file} | {e.msgid_plural for e in file if e.msgid_plural}
        for text in sorted(wanted - known):
            file.append(polib.POEntry(msgid=text, msgstr=""))
        if file:
            Path(file.fpath).parent.mkdir(parents=True, exist_ok=True)
            file.save(file.fpath)


def compile_all(root: Path) -> None:
    """Write a .mo beside every .po that is newer."""
    for app in apps(root):
        for path in app.glob("locale/*/LC_MESSAGES/*.po"):
            target = path.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
                polib.pofile(str(path)).save_as_mofile(str(target))
