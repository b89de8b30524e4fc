"""What report and workbench say alike: dates, numbers and kinds in words, marked text, safe links, templates."""

from .highlight import Highlight, Run, runs
from .links import safe_link
from .templates import environment
from .told import Told, quoted

__all__ = ["Highlight", "Run", "Told", "environment", "quoted", "runs", "safe_link"]
