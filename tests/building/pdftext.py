"""The text of a PDF, read as a stranger's program would: glyph by glyph through the fonts' own character maps."""

from __future__ import annotations

import io
import re

import pikepdf


def _characters(font: pikepdf.Dictionary) -> dict[str, str]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    known = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for glyph, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            known[glyph.lower()] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                known[f"{int(first, 16) + step:0{len(first)}x}"] = chr(int(letter, 16) + step)
    return known


def _read(stream: pikepdf.Object, resources: pikepdf.Dictionary, lines: list[str]) -> None:
    fonts = {str(name): _characters(font) for name, font in resources.get("/Font", {}).items()}
    current: dict[str, str] = {}
    line = ""
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj" | "TJ":
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                for part in parts:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part).hex()
                        line += "".join(current.get(codes[i : i + 4], "�") for i in range(0, len(codes), 4))
            case "ET":
                lines.append(line)
                line = ""
            case "Do":
                inside = resources.XObject[str(operands[0])]
                if inside.get("/Subtype") == "/Form":
                    _read(inside, inside.get("/Resources", resources), lines)


def text_of(data: bytes) -> str:
    """One line per piece of text, in the order of the page. Letters that a drawing places one by one form a line."""
    lines: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            _read(page, page.Resources, lines)
    text = "\n".join(line for line in lines if line.strip())
    return re.sub(r"(?<=^.)\n(?=.$)", "", text, flags=re.M) + "\n"
