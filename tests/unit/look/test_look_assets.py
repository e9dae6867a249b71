"""What comes from others: pinned, from no named host, complete and unchanged since it was copied."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from baken.sites.shared.look import assets

LOCK = json.loads((assets.ROOT / "package-lock.json").read_text("utf-8"))
PACKAGE = json.loads((assets.ROOT / "package.json").read_text("utf-8"))


def test_the_lock_names_no_host_to_fetch_from() -> None:
    assert [name for name, entry in LOCK["packages"].items() if "resolved" in entry] == []
    assert '"resolved"' not in json.dumps(LOCK)


def test_every_address_in_the_lock_asks_for_money_and_gives_no_code() -> None:
    without_funding = {name: {k: v for k, v in e.items() if k != "funding"} for name, e in LOCK["packages"].items()}

    assert re.findall(r"https?://", json.dumps(without_funding)) == []


def test_every_package_is_pinned_to_one_version_and_one_hash() -> None:
    assert [v for v in PACKAGE["devDependencies"].values() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []
    assert [name for name, entry in LOCK["packages"].items() if name and "integrity" not in entry] == []


def test_no_package_runs_a_script_when_it_is_installed() -> None:
    assert "ignore-scripts=true" in (assets.ROOT / ".npmrc").read_text("utf-8")
    assert [name for name, entry in LOCK["packages"].items() if entry.get("hasInstallScript")] == []


def test_every_licence_is_one_that_lets_us_ship_it() -> None:
    allowed = {"EUPL-1.2", "OFL-1.1", "MIT AND OFL-1.1"}

    assert {entry["license"] for name, entry in LOCK["packages"].items() if name} <= allowed


@pytest.fixture
def vendored() -> Path:
    if not (assets.VENDOR / assets.MANIFEST).exists():
        pytest.skip("`make assets` DID NOT RUN: the copied files were not checked")
    return assets.VENDOR


def test_the_copied_files_are_those_of_the_manifest(vendored: Path) -> None:
    manifest = json.loads((vendored / assets.MANIFEST).read_text("utf-8"))

    assert assets.sums(vendored) == manifest["files"]


def test_the_copied_packages_are_those_of_the_lock(vendored: Path) -> None:
    manifest = json.loads((vendored / assets.MANIFEST).read_text("utf-8"))

    assert manifest["packages"] == PACKAGE["devDependencies"]


def test_every_package_ships_with_its_licence(vendored: Path) -> None:
    folders = {path.name for path in (vendored / "licences").iterdir()}

    assert folders == {name.replace("/", "-").lstrip("@") for name in PACKAGE["devDependencies"]}


def test_the_typeface_of_documents_is_there(vendored: Path) -> None:
    assert (vendored / "fonts" / "NotoSans_400Regular.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_no_style_sheet_fetches_anything_from_elsewhere(vendored: Path) -> None:
    sheets = [*vendored.rglob("*.css"), *(vendored.parent / "look").glob("*.css")]

    assert [
        p.name for p in sheets if re.search(r"url\(\s*[\"']?(https?:|//|data:)|@import", p.read_text("utf-8"))
    ] == []


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    """A folder as npm leaves it, with one component."""
    modules = tmp_path / "node_modules"
    for name, path, text in [
        (assets.TOKENS, "dist/variables.css", ":root {\n  --basis-a: 1;\n  --other-b: 2;\n}\n"),
        (assets.SCREEN_FONT, "index.css", _faces()),
        ("@utrecht/button-css", "dist/index.css", '@charset "UTF-8";\n.utrecht-button {}\n'),
        (assets.PAPER_FONT, "index.js", ""),
    ]:
        _put(modules / name / path, text)
        _put(modules / name / "LICENSE", "EUPL-1.2")
        _put(modules / name / "package.json", json.dumps({"version": "1.0.0"}))
    for style in assets.PAPER_STYLES:
        _put(modules / assets.PAPER_FONT / style / f"NotoSans_{style}.ttf", "font")
    for subset in assets.SCREEN_SUBSETS:
        _put(modules / assets.SCREEN_FONT / "files" / f"noto-sans-{subset}-wght-normal.woff2", "font")
    names = [assets.TOKENS, assets.SCREEN_FONT, assets.PAPER_FONT, "@utrecht/button-css"]
    _put(tmp_path / "package.json", json.dumps({"devDependencies": dict.fromkeys(names, "1.0.0")}))
    return tmp_path


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _faces() -> str:
    return "\n".join(
        f"@font-face {{\n  src: url(./files/noto-sans-{subset}-wght-normal.woff2);\n}}"
        for subset in ("greek", *assets.SCREEN_SUBSETS)
    )


def build(fetched: Path) -> Path:
    assets.build(fetched / "package.json", fetched / "node_modules", fetched / "vendor")
    return fetched / "vendor"


def test_tokens_that_no_component_of_ours_reads_are_left_out(fetched: Path) -> None:
    assert (build(fetched) / "tokens.css").read_text() == ":root {\n  --basis-a: 1;\n}\n"


def test_only_the_alphabets_that_dutch_needs_are_copied(fetched: Path) -> None:
    assert "greek" not in (build(fetched) / "fonts.css").read_text()


def test_what_was_copied_before_does_not_linger(fetched: Path) -> None:
    _put(fetched / "vendor" / "old.css", "old")

    assert "old.css" not in assets.sums(build(fetched))


def test_a_package_without_licence_is_refused(fetched: Path) -> None:
    (fetched / "node_modules" / "@utrecht/button-css" / "LICENSE").unlink()

    with pytest.raises(assets.IncompletePackageError):
        build(fetched)


def test_a_component_without_style_is_refused_and_leaves_no_manifest(fetched: Path) -> None:
    _put(fetched / "node_modules" / "@utrecht/button-css" / "dist" / "index.css", "")

    with pytest.raises(assets.IncompletePackageError):
        build(fetched)
    assert not (fetched / "vendor" / assets.MANIFEST).exists()
