"""`python -m baken.sites.manage register|window COMMAND …`: Django's manage command; the first word picks the site."""

from __future__ import annotations

import os
import sys

SITES = ("register", "window")


def main(arguments: list[str] | None = None) -> None:
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] not in SITES:
        sys.exit("usage: python -m baken.sites.manage register|window COMMAND …")
    os.environ["DJANGO_SETTINGS_MODULE"] = f"baken.sites.{words[0]}.settings"
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"manage {words[0]}", *words[1:]])


if __name__ == "__main__":
    main()
