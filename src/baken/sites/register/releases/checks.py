"""What the self-check page asks of releases: keys, folder, ledger, files."""

from __future__ import annotations


def register() -> None:
    """Filled in below by the health app's extension point."""
