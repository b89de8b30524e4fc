"""Plain text as pasted from a page -> Article: furniture aside, the top read, the body's paragraphs whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from dragoman.records import Article, Furniture, normalise

from .assembly import CUT_SHORT, FROM_DATELINE, ON_PAGE, Found, assemble, empty, file_name
from .furniture import is_sentence
from .layout import JOINED, Line, lines_of, set_aside, without_tail
from .metadata import Top, read_top
from .signs import Dateline, canonical_outlet, dateline, people
from .stamps import date_in_name, read_stamp
from .written import without_links

__all__ = ["article_from_text", "date_from", "take_outlet_and_place"]

_NEAR_DAYS = 7
_CUT_SHORT = 2


def article_from_text(text: str, source: str, flags: Sequence[str] = ()) -> Article:
    """An article of a pasted page.

    `source` names the file; `flags` are those that reading its bytes earned. Every line of the page is in the article's
    text or in its furniture: lines of the top (byline, place, time) are furniture with that as the reason.

    Raises:
        SourceError: S004, the text is empty or all furniture; S005, it is not English.
    """
    written = without_links(normalise(text))
    lines, joined = lines_of(written.text)
    if not lines:
        raise empty(source, len(written.aside))
    laid = without_tail(set_aside(lines))
    kept = [line for line in laid if line.why is None]
    top = read_top(kept)
    _monitored(top, laid)
    found = Found(source, flags=[*flags, *([JOINED] if joined else ())])
    found.take("title", top.title, ON_PAGE)
    found.take("standfirst", "\n".join(top.standfirst), ON_PAGE)
    found.take("author", top.author, ON_PAGE)
    _sort_out(found, laid, top)
    opening = next((line for line in map(dateline, found.paragraphs[:2]) if line), None)
    take_outlet_and_place(found, top, opening, laid)
    found.take("published", *date_from(top, opening, source))
    found.flags.extend(top.doubts)
    found.take("url", written.url, "property of the clipping")
    found.furniture.extend(written.aside)
    if top.updated:
        found.flags.append(f"updated {top.updated}")
    beside = sum(len(piece.text) for piece in found.furniture if is_sentence(piece.text))
    if beside > _CUT_SHORT * sum(map(len, found.paragraphs)) > 0:
        found.flags.append(CUT_SHORT)
    return assemble(found)


def _sort_out(found: Found, laid: Sequence[Line], top: Top) -> None:
    """Lays the lines out as the article's paragraphs and furniture, in the order of the page."""
    number = -1
    for line in laid:
        if line.why is not None:
            found.furniture.append(Furniture(line.text, line.why))
            continue
        number += 1
        use = top.used.get(number)
        if use is None:
            found.paragraphs.append(line.text)
        elif use not in ("title", "standfirst"):
            found.furniture.append(Furniture(line.text, use))


# As monitoring services open: 'Text of report by Jane Roe headlined "...", published by The Courier on 3 January 2020'.
_MONITORED = re.compile(
    r"text of (?:report|article|interview|statement|commentary)\b.*? by (?P<who>[^,\"]+?)"
    r"(?:,? (?:headlined|entitled) .+?)?"
    r",? published (?:by|in|on) (?P<outlet>.{2,60}?) on (?P<day>\d{1,2} \w+ \d{4})\b",
    re.IGNORECASE,
)


def _monitored(top: Top, lines: Sequence[Line]) -> None:
    """Author, outlet and day of a report that a monitoring service passes on, where the top does not show them."""
    match = next((match for line in lines if line.why and (match := _MONITORED.match(line.text))), None)
    if match:
        stamp = read_stamp(match["day"])
        top.author = top.author or people(match["who"])
        top.outlet = top.outlet or match["outlet"]
        top.published = top.published or (stamp.moment if stamp else None)


def take_outlet_and_place(found: Found, top: Top, opening: Dateline | None, laid: Sequence[Line]) -> None:
    """Outlet and place as the page shows them: lines at its top, the dateline, and of the outlet its prompts."""
    agency = opening.agency if opening else None
    named = agency and (canonical_outlet(agency) or agency)
    if not (found.take("outlet", top.outlet, ON_PAGE) or found.take("outlet", named, FROM_DATELINE)):
        found.take("outlet", named_outlet(laid), "inferred from the prompts of the page")
    if not found.take("place", top.place, ON_PAGE) and opening:
        found.take("place", opening.place, FROM_DATELINE)


def named_outlet(lines: Sequence[Line]) -> str | None:
    """The outlet that the page's prompts name ("Follow ... on Facebook"): a known one, else the one named most."""
    names = [line.outlet.strip() for line in lines if line.outlet]
    known = [name for name in map(canonical_outlet, names) if name]
    if known:
        return Counter(known).most_common(1)[0][0]
    bare = [name.removeprefix("the ").removeprefix("our ") for name in names]
    named = [name for name in bare if name[:1].isupper() and len(name) > 3]
    return Counter(named).most_common(1)[0][0] if named else None


def date_from(top: Top, opening: Dateline | None, source: str) -> tuple[str | None, str]:
    """The time of publication and how it is known: visible line, dateline or file name; never the clock."""
    if top.published:
        return top.published, ON_PAGE
    if top.updated:
        return top.updated, "visible line (time of update)"
    named = date_in_name(file_name(source))
    if opening is not None and opening.month and opening.day:
        dated = _dateline_day(opening, named)
        if dated is not None:
            return dated, FROM_DATELINE if opening.year else "dateline, its year from the file name"
    return named, "file name"


def _dateline_day(opening: Dateline, named: str | None) -> str | None:
    """The day of a dateline; its year, if it shows none, is that of a date in the file's name close to it."""
    month, day = opening.month or 0, opening.day or 0
    try:
        if opening.year:
            return date(opening.year, month, day).isoformat()
        if named is None:
            return None
        near = date.fromisoformat(named)
        days = [date(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
    except ValueError:
        return None
    best = min(days, key=lambda one: abs((one - near).days))
    return best.isoformat() if abs((best - near).days) <= _NEAR_DAYS else None
