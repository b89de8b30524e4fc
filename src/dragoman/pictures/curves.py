"""Curves of rates: what follows an act by lag, beside what is usual; and forecasts against what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .svg import Element, number, picture

__all__ = ["ForecastBin", "LagCurve", "LagRate", "calibration_plot", "lag_curves"]

LEFT, RIGHT, TOP, BOTTOM = 46, 14, 28, 34
ROW = 170


@dataclass(frozen=True, slots=True)
class LagRate:
    """A rate (0 to 1) so many days after the act, its interval, and the usual range."""

    days: int
    rate: float
    low: float
    high: float
    usual_low: float
    usual_high: float


@dataclass(frozen=True, slots=True)
class LagCurve:
    """One curve with its label."""

    label: str
    lags: tuple[LagRate, ...]


@dataclass(frozen=True, slots=True)
class ForecastBin:
    """Forecasts of about the same probability: how many, their mean, the share that came."""

    count: int
    forecast: float
    came: float


@dataclass(frozen=True, slots=True)
class _Axes:
    """A rectangle of the picture, and the largest values along its sides."""

    left: float
    right: float
    top: float
    bottom: float
    most_x: float
    most_y: float

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * value / self.most_x

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * min(1.0, value / self.most_y)


def lag_curves(
    curves: Sequence[LagCurve], *, width: float = 760, name: str = "lags", title: str = "What followed"
) -> str:
    """One panel a curve, as SVG: the rate by lag with bars for its interval, over a band of what is usual."""
    if not curves or len(curves[0].lags) < 2:
        empty = picture(name, width, 60, title, "There is no answer on record.")
        empty.add("text", "No answer on record.", x=LEFT, y=34, class_="axis")
        return str(empty)
    root = picture(name, width, ROW * len(curves), title, _said(curves))
    for place, curve in enumerate(curves):
        _panel(root, curve, width, place * ROW)
    return str(root)


def _said(curves: Sequence[LagCurve]) -> str:
    tops = (max(curve.lags, key=lambda lag: lag.rate) for curve in curves)
    said = (f"{c.label}: at most {t.rate:.0%}, {t.days} days after" for c, t in zip(curves, tops, strict=True))
    what = "Share of the days of the act with each answer by lag in days, over the band of what is usual."
    return f"{what} {'; '.join(said)}."


def _panel(root: Element, curve: LagCurve, width: float, top: float) -> None:
    most = min(1.0, max(0.05, *(max(lag.rate, lag.usual_high) for lag in curve.lags)) * 1.25)
    axes = _Axes(LEFT, width - RIGHT, top + TOP, top + ROW - BOTTOM, curve.lags[-1].days, most)
    root.add("text", curve.label, x=LEFT, y=top + 18, class_="key")
    ups = [(axes.x(lag.days), axes.y(lag.usual_high)) for lag in curve.lags]
    downs = [(axes.x(lag.days), axes.y(lag.usual_low)) for lag in reversed(curve.lags)]
    root.add("polygon", points=_points(ups + downs), class_="usual")
    _scale(root, axes, "days after")
    for lag in curve.lags:
        mark = root.add("g")
        mark.add("title", f"{lag.days} days after: {lag.rate:.1%} ({lag.low:.1%} to {lag.high:.1%})")
        x = axes.x(lag.days)
        mark.add("line", x1=x, x2=x, y1=axes.y(lag.low), y2=axes.y(lag.high), class_="interval")
        mark.add("circle", cx=x, cy=axes.y(lag.rate), r=3, class_="node")
    root.add("polyline", points=_points([(axes.x(lag.days), axes.y(lag.rate)) for lag in curve.lags]), class_="curve")


def calibration_plot(
    bins: Sequence[ForecastBin],
    *,
    width: float = 460,
    name: str = "calibration",
    title: str = "Forecasts and what came",
) -> str:
    """Forecast probability against the share that came, as SVG; on the diagonal is good, a larger dot is more."""
    total = sum(each.count for each in bins)
    said = "; ".join(f"of {each.count} at {each.forecast:.0%}, {each.came:.0%} came" for each in bins)
    root = picture(name, width, width, title, f"{total} forecasts. {said}." if total else "There are no forecasts yet.")
    axes = _Axes(LEFT, width - RIGHT, TOP, width - BOTTOM, 1.0, 1.0)
    root.add("text", title, x=LEFT, y=18, class_="key")
    _scale(root, axes, "forecast probability")
    root.add("line", x1=axes.x(0), y1=axes.y(0), x2=axes.x(1), y2=axes.y(1), class_="diagonal")
    root.add("polyline", points=_points([(axes.x(b.forecast), axes.y(b.came)) for b in bins]), class_="curve")
    for each in bins:
        radius = 3 + 9 * (each.count / total) ** 0.5
        dot = root.add("circle", cx=axes.x(each.forecast), cy=axes.y(each.came), r=radius, class_="node")
        dot.add("title", f"{each.count} forecasts of {each.forecast:.1%} on average: {each.came:.1%} came")
    return str(root)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)


def _scale(root: Element, axes: _Axes, label: str) -> None:
    """The two axes with a few values: shares in percent upward; along the foot days, or shares where they end at 1."""
    for part in (0.0, 0.5, 1.0):
        y = axes.y(part * axes.most_y)
        root.add("line", x1=axes.left, x2=axes.right, y1=y, y2=y, class_="grid" if part else "zero")
        root.add("text", f"{part * axes.most_y:.0%}", x=axes.left - 6, y=y + 4, class_="axis", text_anchor="end")
    ends = (0.0, 0.5, 1.0) if axes.most_x == 1 else (0, round(axes.most_x / 2), axes.most_x)
    for value in ends:
        text = f"{value:.0%}" if axes.most_x == 1 else f"{value:g}"
        root.add("text", text, x=axes.x(value), y=axes.bottom + 15, class_="axis", text_anchor="middle")
    root.add("text", label, x=(axes.left + axes.right) / 2, y=axes.bottom + 29, class_="axis", text_anchor="middle")
