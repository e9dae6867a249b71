"""⑦ Figures, sentences, charts and documents out of publication files.

Everything here is computed from what is published: rounded values with their bounds. Never here: another source of
figures, a clock, a site. The same publications give the same bytes.
"""
