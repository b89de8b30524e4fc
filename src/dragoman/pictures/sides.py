"""The camps as columns: who stands in which, and the strongest ties within and between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .svg import Element, picture, readable

__all__ = ["Link", "Member", "sides"]

ROW, TOP, LONGEST = 24, 46, 24


@dataclass(frozen=True, slots=True)
class Member:
    """A party of a camp: id, name, and how well its ties agree with its place, in [-1, 1]."""

    id: str
    name: str
    fit: float
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between two parties: friendly above zero, hostile below."""

    one: str
    other: str
    weight: float


def sides(
    camps: Sequence[Sequence[Member]], links: Sequence[Link], *, width: float = 1080, most: int = 25,
    most_links: int = 60, name: str = "sides", title: str = "Who stands with whom",
) -> str:  # fmt: skip
    """The camps as SVG, of each at most `most` members in the order given, and the strongest ties of those."""
    shown = [list(camp)[:most] for camp in camps if camp]
    if not shown:
        empty = picture(name, width, 60, title, "No ties between parties.")
        empty.add("text", "No ties between parties.", x=16, y=34, class_="axis")
        return str(empty)
    room = width / len(shown)
    at = {
        member.id: (room * (column + 0.5), TOP + ROW * (row + 0.5))
        for column, camp in enumerate(shown)
        for row, member in enumerate(camp)
    }
    drawn = sorted(
        (link for link in links if link.one in at and link.other in at and link.weight),
        key=lambda link: (-abs(link.weight), link.one, link.other),
    )[:most_links]
    height = TOP + ROW * max(map(len, shown)) + 10
    sizes = ", ".join(str(len(camp)) for camp in camps)
    words = f"{len(camps)} camps of {sizes} parties. Solid lines are friendly ties, dashed ones hostile."
    root = picture(name, width, height, title, words)
    for column, camp in enumerate(camps):
        heading = f"Camp {column + 1}, {len(camp)} {'party' if len(camp) == 1 else 'parties'}"
        root.add("text", heading, x=room * (column + 0.5), y=22, text_anchor="middle", class_="key")
    lines = root.add("g", class_="edges")
    for link in reversed(drawn):
        _tie(lines, link, at, room)
    for camp in shown:
        for member in camp:
            _member(root, member, at[member.id])
    return str(root)


def _tie(parent: Element, link: Link, at: Mapping[str, tuple[float, float]], room: float) -> None:
    (x1, y1), (x2, y2) = at[link.one], at[link.other]
    css = "edge cooperation" if link.weight > 0 else "edge conflict"
    # Inside a column a tie bows out to the side, by its length.
    bow = min(room / 3, 12 + abs(y2 - y1) / 3) if x1 == x2 else 0
    path = f"M{x1:.0f} {y1:.0f} Q{(x1 + x2) / 2 + 2 * bow:.0f} {(y1 + y2) / 2:.0f} {x2:.0f} {y2:.0f}"
    parent.add("path", d=path, class_=css, stroke_width=min(6.0, 0.8 + abs(link.weight)))


def _member(parent: Element, member: Member, at: tuple[float, float]) -> None:
    name = readable(member.name) or "?"
    words = f"{name}: fit {member.fit:.2f}"
    link = parent.add("a" if member.href else "g", href=member.href, class_="party", aria_label=words)
    link.add("title", words)
    shown = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    link.add("circle", cx=at[0], cy=at[1], r=3, class_="node")
    link.add("text", shown, x=at[0] - 8, y=at[1] + 4, text_anchor="end", class_="label")
