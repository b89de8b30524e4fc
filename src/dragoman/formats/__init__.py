"""Other people's event data in and out; exports."""

from .exports import ENDINGS, export, lines
from .foreign import FOREIGN, cameo_of_event
from .formulas import disarm, undisarm
from .imports import events_in
from .recognition import FORMATS

__all__ = ["ENDINGS", "FOREIGN", "FORMATS", "cameo_of_event", "disarm", "events_in", "export", "lines", "undisarm"]
