"""Other people's event data in and out; exports."""

from .exports import ENDINGS, export, lines
from .formulas import disarm, undisarm

__all__ = ["ENDINGS", "disarm", "export", "lines", "undisarm"]
