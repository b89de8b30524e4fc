"""What report and workbench say alike: dates, numbers and kinds in words, marked text, safe links, templates."""

from .highlight import Highlight, Run, runs
from .links import safe_link
from .templates import environment

__all__ = ["Highlight", "Run", "environment", "runs", "safe_link"]
