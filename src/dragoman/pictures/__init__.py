"""Pictures drawn once, as SVG, for the report and the workbench: from small records of their own to a string.

Each picture carries a title and a description, links to what it counts, and classes for its colours;
`STYLE` is the style sheet that gives those classes their look in light, dark and print. The same
input gives the same bytes.
"""

from pathlib import Path

from .coverage import Source, coverage
from .curve import Marked, Point, curve
from .curves import ForecastBin, LagCurve, LagRate, calibration_plot, lag_curves
from .histogram import Bin, Binned, Dated, binned, histogram
from .map import BORDERS, Dot, dot_map
from .network import Edge, Node, network
from .periods import Period, periods
from .sides import Link, Member, sides
from .timeline import DayCount, timeline
from .turning import TurnRow, turning

__all__ = [
    "BORDERS",
    "STYLE",
    "Bin",
    "Binned",
    "Dated",
    "DayCount",
    "Dot",
    "Edge",
    "ForecastBin",
    "LagCurve",
    "LagRate",
    "Link",
    "Marked",
    "Member",
    "Node",
    "Period",
    "Point",
    "Source",
    "TurnRow",
    "binned",
    "calibration_plot",
    "coverage",
    "curve",
    "dot_map",
    "histogram",
    "lag_curves",
    "network",
    "periods",
    "sides",
    "standalone",
    "timeline",
    "turning",
]

STYLE = (Path(__file__).parent / "pictures.css").read_text(encoding="utf-8")
"""The style sheet of all pictures; it uses custom properties, with values for light, dark and print."""


def standalone(drawn: str) -> str:
    """A picture with its style sheet inside, to stand in a file of its own."""
    head, _, rest = drawn.partition(">")
    return f"{head}><style>{STYLE}</style>{rest}\n"
