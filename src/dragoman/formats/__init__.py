"""Other people's event data in and out; exports."""

from .datasette import write_datasette
from .exports import ENDINGS, export, lines, lines_of
from .followthemoney import write_followthemoney
from .foreign import FOREIGN, cameo_of_event, write_foreign
from .formulas import disarm, undisarm
from .imports import events_in
from .parquet import is_parquet, parquet_rows
from .recognition import FORMATS
from .redaction import is_private, redacted
from .tabular import TABLE_ENDINGS, Column, csv_lines, write_table

__all__ = [
    "ENDINGS",
    "FOREIGN",
    "FORMATS",
    "TABLE_ENDINGS",
    "Column",
    "cameo_of_event",
    "csv_lines",
    "disarm",
    "events_in",
    "export",
    "is_parquet",
    "is_private",
    "lines",
    "lines_of",
    "parquet_rows",
    "redacted",
    "undisarm",
    "write_datasette",
    "write_followthemoney",
    "write_foreign",
    "write_table",
]
