"""Checks on what would leave the importer: personal data that slipped in, and figures that are hard to believe."""
