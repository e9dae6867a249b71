"""⑦ What the city and the public read: figures, charts, the map, downloads and how schools are protected.

Stores nothing. Everything on these pages comes from signed publication files in one folder.
"""
