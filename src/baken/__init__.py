"""Schools register safety incidents once; the city reads type and number per district; no figure leads to a school."""

__version__ = "0.1.0"
