"""① Any export → sheets of rows with their positions. Knows files, encodings and dates; knows no category.

`open_table` opens a file, `find_tables` finds the headers in it. Both raise `Unacceptable` with a problem that says
what is wrong and what to do; neither ever repeats what stands in a cell.
"""

from baken.schoolside.read.header import Table, find_tables
from baken.schoolside.read.opening import open_table
from baken.schoolside.read.workbook import Cell, Sheet, Workbook, text_of

__all__ = ["Cell", "Sheet", "Table", "Workbook", "find_tables", "open_table", "text_of"]
