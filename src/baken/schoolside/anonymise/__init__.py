"""② Rows of an export → records without a person in them; ③ records → the counters of a quarter.

The only door from an export to a record. Never here: a file, the network, a clock. The secret is an argument.
"""

from baken.schoolside.anonymise.counters import fold
from baken.schoolside.anonymise.records import records
from baken.schoolside.anonymise.report import LeftOut, Report, SheetReport

__all__ = ["LeftOut", "Report", "SheetReport", "fold", "records"]
