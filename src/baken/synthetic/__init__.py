"""A city that does not exist, on the map of one that does: invented schools, boards, incidents and exports.

Everything is seeded: the same seed gives the same city. Wherever it shows it is called synthetic. School codes begin
with 99 and board numbers with 99, which DUO does not hand out. Never here: a real school, a real figure.
"""
