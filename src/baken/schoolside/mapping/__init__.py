"""① A school's own words → codes. Suggests a mapping from an export, and reads and writes the file a school keeps.

Never here: an incident. A mapping holds headings and words, and no word in which a name or a number was found.
"""

from baken.schoolside.mapping.file import dump, load
from baken.schoolside.mapping.model import ASK, NOT_IN_LAW, Decision, FieldMapping, Mapping
from baken.schoolside.mapping.suggest import suggest

__all__ = ["ASK", "NOT_IN_LAW", "Decision", "FieldMapping", "Mapping", "dump", "load", "suggest"]
