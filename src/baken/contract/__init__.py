"""The shared words: categories, periods, formats and error texts that every station of a figure's journey uses.

Standard library only, so that the same code runs in a school's browser, on its command line and on both sites.
Never here: a network call, a clock, a key, a model of any site.
"""
