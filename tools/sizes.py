"""Print the sizes that are worth a question: the longest modules and functions. Questions, not a gate."""

from __future__ import annotations

import ast
from pathlib import Path

MODULE_LINES = 400
FUNCTION_LINES = 60


def main() -> None:
    root = Path(__file__).resolve().parents[1] / "src"
    for path in sorted(root.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text("utf-8")
        lines = text.count("\n")
        if lines > MODULE_LINES:
            print(f"question: {path.relative_to(root)} has {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES:
                size = (node.end_lineno or 0) - node.lineno + 1
                print(f"question: {path.relative_to(root)}: {node.name} has {size} lines")


if __name__ == "__main__":
    main()
