"""Other people's event data in and out; exports."""

from .datasette import write_datasette
from .exports import ENDINGS, export, lines
from .followthemoney import write_followthemoney
from .foreign import FOREIGN, cameo_of_event, write_foreign
from .formulas import disarm, undisarm
from .imports import events_in
from .parquet import is_parquet, parquet_rows
from .recognition import FORMATS
from .tabular import TABLE_ENDINGS, Column, write_table

__all__ = [
    "ENDINGS",
    "FOREIGN",
    "FORMATS",
    "TABLE_ENDINGS",
    "Column",
    "cameo_of_event",
    "disarm",
    "events_in",
    "export",
    "is_parquet",
    "lines",
    "parquet_rows",
    "undisarm",
    "write_datasette",
    "write_followthemoney",
    "write_foreign",
    "write_table",
]
