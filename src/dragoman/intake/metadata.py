"""The top of a pasted page: which lines are title, standfirst, byline, place and time; where the body begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .furniture import is_sentence
from .layout import Line
from .signs import (
    Byline,
    byline,
    dateline,
    is_byline,
    is_credit,
    is_name,
    is_place,
    masthead,
    people,
    tidy_place,
    usual_outlet,
)
from .stamps import Stamp, read_stamp

__all__ = ["Top", "read_beside", "read_top"]

_LONGEST_TOP = 14
_LONGEST_TITLE = 250
_LONGEST_STANDFIRST = 400
_MOST_BEFORE_MARK = 5
_MOST_CAPTIONS = 2
_FEWEST_IN_TITLE = 4


@dataclass(slots=True)
class Top:
    """What the lines at the top say; `used` tells of each line (by number) that is not the body's what it is."""

    title: str | None = None
    standfirst: list[str] = field(default_factory=list)
    author: str | None = None
    outlet: str | None = None
    place: str | None = None
    published: str | None = None
    updated: str | None = None
    doubts: list[str] = field(default_factory=list)
    used: dict[int, str] = field(default_factory=dict)


def read_top(lines: Sequence[Line]) -> Top:
    """What the first of the article's own lines (furniture already aside) say of it.

    The top ends with the last line that is a byline or a time of publication, if there is one; without one only
    a headline, and a standfirst under it, are told from the body.
    """
    top = Top()
    head = list(lines[:_LONGEST_TOP])
    start = _mastheads(top, head)
    last = _last_mark(head, start)
    if last is None:
        begin = _unsigned(top, head, start, len(lines))
    else:
        _signed(top, head, start, last)
        begin = last + 1
    _captions(top, lines, begin)
    return top


def read_beside(lines: Sequence[Line]) -> Top:
    """What lines say that stand beside a title that is known already; lines that say nothing of it are not used."""
    top = Top()
    for number, line in enumerate(lines):
        if read_stamp(line.text) or byline(line.text):
            _take(top, number, line.text)
        elif not is_sentence(line.text) and (label := _keep_part(top, line.text)) is not None:
            top.used[number] = label
    return top


def _mastheads(top: Top, head: list[Line]) -> int:
    """Outlet and section lines above the headline; gives the number of the first line after them."""
    at = 0
    if len(head) > 1 and any(len(line.text) > 20 and head[0].text.endswith(" " + line.text) for line in head[1:]):
        # The page's own name: outlet, section and the title that stands below as well.
        top.used[0] = "masthead"
        at = 1
    while at + 1 < len(head):
        found = masthead(head[at].text) or _kicker(head[at].text, head[at + 1].text)
        if found is None or is_sentence(head[at + 1].text) or dateline(head[at + 1].text):
            break
        outlet, section = found
        top.outlet = top.outlet or outlet
        top.used[at] = "masthead" if outlet else "section label"
        block = [line for line in head if line.block == head[at].block]
        at += 1
        # Under an outlet's name in its own block stands its motto.
        if outlet and not section and len(block) == 2 and head[at].block == block[0].block and at + 1 < len(head):
            top.used[at] = "masthead"
            at += 1
    # An outlet's name alone on a page is no article.
    if at + 1 == len(head) and (found := masthead(head[at].text)) and found[0]:
        top.outlet = top.outlet or found[0]
        top.used[at] = "masthead"
        at += 1
    return at


def _kicker(text: str, below: str) -> tuple[None, bool] | None:
    """A section's name above a headline: one word, or single words between strokes ("News | Migration")."""
    words = text.replace("|", " ").split()
    alone = len(words) == 1 or ("|" in text and len(words) == text.count("|") + 1)
    return (None, True) if alone and text[:1].isupper() and len(below.split()) >= 4 and not is_sentence(text) else None


def _last_mark(head: list[Line], start: int) -> int | None:
    """The last line of the top that is signed or dated, unless the body has begun before it."""
    last = None
    since = 0
    for number in range(start, len(head)):
        text = head[number].text
        if _mark(text):
            last, since = number, 0
        elif len(text) > _LONGEST_STANDFIRST or dateline(text) or since >= (_MOST_BEFORE_MARK if last is None else 2):
            break
        else:
            since += 1
    return last


def _mark(text: str) -> Stamp | Byline | None:
    return read_stamp(text) or byline(text)


def _signed(top: Top, head: list[Line], start: int, last: int) -> None:
    """A top that bears a byline or a time: headline and standfirst stand above it, name and place beside."""
    first = next(number for number in range(start, last + 1) if _mark(head[number].text))
    if (between := _between(head, start, first, last)) is not None:
        for number in range(start, last + 1):
            if number == between:
                _heading(top, number, head[number].text)
            elif number < first:
                top.used[number] = "masthead"
            else:
                _take(top, number, head[number].text)
        return
    low = first
    while low - 1 > start and low > first - 3 and _beside(head[low - 1].text):
        low -= 1
    # Without a headline above, "Ahmed Twaij / New York / 6 January 2020" is still a name and a place.
    if low - 1 == start and is_name(head[start].text) and is_place(head[low].text) and low < first:
        low -= 1
    for number in range(low, last + 1):
        _take(top, number, head[number].text)
    for number in range(start, low):
        _heading(top, number, head[number].text)
    if top.title is None and _below_mark(top, head, last + 1):
        return
    for number in range(last + 1, min(last + 3, len(head))):
        text = head[number].text
        if not _beside(text) or is_sentence(text) or len(head) <= number + 1:
            break
        if (is_name(text) and top.author) or (is_place(text) and not is_name(text) and top.place):
            break
        _take(top, number, text)


def _below_mark(top: Top, head: list[Line], at: int) -> bool:
    """Takes the headline that stands below the byline, as in readers of feeds, and its standfirst; whether one does."""
    if at + 1 >= len(head) or len(head[at].text.split()) < _FEWEST_IN_TITLE or not _headline(head[at].text):
        return False
    _heading(top, at, head[at].text)
    if at + 2 < len(head) and _standfirst(head[at + 1].text) and _running(head[at + 2].text):
        _heading(top, at + 1, head[at + 1].text)
    return True


def _between(head: list[Line], start: int, first: int, last: int) -> int | None:
    """The headline where it stands below the date, with no more than the outlet's name above: in messages."""
    above = [line.text for line in head[start:first]]
    if len(above) > 1 or any(len(text.split()) > 4 or not (text.isupper() or masthead(text)) for text in above):
        return None
    free = [n for n in range(first + 1, last + 1) if not _mark(head[n].text) and _headline(head[n].text)]
    return next((number for number in free if len(head[number].text.split()) >= 5), None)


def _beside(text: str) -> bool:
    """Whether a line beside a time or byline is a part of it."""
    return is_byline(text) or is_place(text) or is_credit(text) or masthead(text) is not None


def _take(top: Top, number: int, text: str) -> None:
    """Reads one line of the block that signs and dates the article."""
    stamp = read_stamp(text)
    signed = byline(text)
    if stamp is not None:
        top.used[number] = "time of update" if stamp.updated else "time of publication"
        _keep_time(top, stamp)
        for part in stamp.rest:
            _keep_part(top, part)
    elif signed is not None:
        top.used[number] = "byline"
        top.author = top.author or signed.author
        top.place = top.place or signed.place
    elif (label := _keep_part(top, text)) is not None:
        top.used[number] = label
    elif len(text.split()) >= 6 and top.title and not top.standfirst:
        top.standfirst.append(text)
        top.used[number] = "standfirst"
    else:
        top.used[number] = "caption"


def _keep_time(top: Top, stamp: Stamp) -> None:
    if stamp.updated:
        top.updated = top.updated or stamp.moment
    elif top.published is None:
        top.published = stamp.moment
    if stamp.doubt:
        top.doubts.append(stamp.doubt)


def _keep_part(top: Top, text: str) -> str | None:
    """Takes a piece of a line for what it is: byline, second time, name, place, outlet."""
    stamp, signed, mast = read_stamp(text), byline(text), masthead(text)
    if stamp is not None:
        _keep_time(top, stamp)
        return "time of publication"
    if signed is not None:
        top.author = top.author or signed.author
        return "byline"
    named, by, who = text.partition(" by ")
    if by and people(who) and top.author is None and all(word[:1].isupper() for word in named.split()):
        top.author, top.outlet = people(who), top.outlet or named
        return "byline"
    if is_byline(text) and top.author is None:
        top.author = people(text) or text
        return "byline"
    if (
        mast is not None
        and (mast[0] is None or mast[1] or usual_outlet(text))
        and not (is_credit(text) and not top.author)
    ):
        top.outlet = top.outlet or mast[0]
        return "masthead" if mast[0] else "section label"
    if is_credit(text):
        top.author = top.author or text
        return "byline"
    if is_place(text) and top.place is None:
        top.place = tidy_place(text)
        return "place"
    return "byline" if is_byline(text) else None


def _heading(top: Top, number: int, text: str) -> None:
    """A line above the byline: the headline, then the standfirst; more than that is a caption."""
    mast = masthead(text)
    if text.endswith(":"):
        top.used[number] = "above the title"
    elif top.title is None:
        top.title = text
        top.used[number] = "title"
    elif mast is not None:
        top.outlet = top.outlet or mast[0]
        top.used[number] = "masthead" if mast[0] else "section label"
    elif len(top.standfirst) < 2 and len(text.split()) >= 3:
        top.standfirst.append(text)
        top.used[number] = "standfirst"
    else:
        top.used[number] = "caption"


def _unsigned(top: Top, head: list[Line], start: int, total: int) -> int:
    """A top without byline and time: a headline if the first line is one, a standfirst if one stands under it."""
    if start >= len(head) or not _headline(head[start].text):
        return start
    top.title = head[start].text
    top.used[start] = "title"
    at = start + 1
    while at + 1 < total and at < len(head) and (mast := masthead(head[at].text)):
        top.outlet = top.outlet or mast[0]
        top.used[at] = "masthead" if mast[0] else "section label"
        at += 1
    if at + 1 < len(head) and _standfirst(head[at].text) and _running(head[at + 1].text):
        top.standfirst.append(head[at].text)
        top.used[at] = "standfirst"
        at += 1
    return at


def _headline(text: str) -> bool:
    if len(text) > _LONGEST_TITLE or len(text.split()) > 35 or dateline(text):
        return False
    return not is_sentence(text) or text.rstrip("\"'”’").endswith(("?", "!"))


def _standfirst(text: str) -> bool:
    return len(text.split()) >= 5 and len(text) <= _LONGEST_STANDFIRST and not is_sentence(text) and not dateline(text)


def _running(text: str) -> bool:
    return is_sentence(text) or len(text) > _LONGEST_TITLE


def _captions(top: Top, lines: Sequence[Line], begin: int) -> None:
    """Lines without an end between the top and the first sentence are captions, if they are few and there is a top."""
    if top.title is None:
        return
    found: list[int] = []
    at = begin
    while at in top.used:
        at += 1
    while at < len(lines) and len(found) <= _MOST_CAPTIONS:
        text = lines[at].text
        if is_sentence(text) or len(text) > 200 or dateline(text):
            break
        found.append(at)
        at += 1
    if found and len(found) <= _MOST_CAPTIONS and at < len(lines) and _running(lines[at].text):
        top.used.update(dict.fromkeys(found, "caption"))
