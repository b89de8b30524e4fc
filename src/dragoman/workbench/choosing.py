"""A choice of events as an address and as a sentence: what stands in the one, the other says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from ..archive import FACETS, Wanted
from ..records import Status
from ..telling import wording

__all__ = ["COLUMNS", "DEFAULT", "Asked", "asked_of", "sentence"]

COLUMNS: Mapping[str, str] = {
    "date": "Date",
    "who": "Who",
    "what": "What",
    "whom": "To whom",
    "place": "Place",
    "status": "Status",
    "counts": "Figures",
    "said_by": "On the word of",
    "words": "Words",
    "outlet": "Outlet",
    "certainty": "Certainty",
    "checked": "Checked",
    "frame": "Found by",
}
"""The columns of the table: name in addresses -> heading."""

DEFAULT = ("date", "who", "what", "whom", "place", "words", "outlet", "checked")

CHECKED_WORDS: Mapping[str, str] = {
    "nobody": "that nobody has looked at",
    "accepted": "that were accepted",
    "rejected": "that were rejected",
    "corrected": "that were corrected",
    "disagreed": "on which people disagree",
}


@dataclass(frozen=True)
class Asked:
    """What the address of the events asks for."""

    wanted: Wanted
    columns: tuple[str, ...] = DEFAULT
    oldest: bool = False
    after: int | None = None

    def address(self, base: str = "/events", **changes: Any) -> str:
        """The address of this choice, with changes; a change of the choice begins at its first page."""
        return f"{base}?{urlencode(replace(self, **{'after': None, **changes}).pairs())}".removesuffix("?")

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as they stand in the address; what is not asked is left out."""
        found = [("q", self.wanted.text)] if self.wanted.text else []
        for facet in FACETS:
            found += [(facet, value) for value in getattr(self.wanted, facet)]
        found += [(name, getattr(self.wanted, name)) for name in ("since", "until") if getattr(self.wanted, name)]
        found += [("column", name) for name in self.columns] if self.columns != DEFAULT else []
        found += [("order", "oldest")] if self.oldest else []
        return found + ([("after", str(self.after))] if self.after is not None else [])

    def toggled(self, facet: str, value: str) -> str:
        """The address with a value of a facet asked for, or no longer."""
        values = getattr(self.wanted, facet)
        changed = tuple(one for one in values if one != value) if value in values else (*values, value)
        return self._with(facet, changed)

    def without(self, name: str) -> str:
        """The address with nothing asked of a field."""
        return self._with(name, () if name in FACETS else "")

    def _with(self, name: str, value: Any) -> str:
        return self.address(wanted=replace(self.wanted, **{name: value}))

    def between(self, since: str, until: str) -> str:
        """The address of the same choice in a period."""
        return self.address(wanted=replace(self.wanted, since=since, until=until))


def asked_of(query: QueryParams) -> Asked:
    """What an address asks for; names that are not known are passed over."""
    facets = {name: tuple(dict.fromkeys(value for value in query.getlist(name) if value)) for name in FACETS}
    wanted = Wanted(query.get("q", "").strip(), **facets, since=query.get("since", ""), until=query.get("until", ""))
    columns = tuple(name for name in COLUMNS if name in query.getlist("column"))
    after = query.get("after", "")
    return Asked(wanted, columns or DEFAULT, query.get("order") == "oldest", int(after) if after.isdecimal() else None)


def sentence(wanted: Wanted, count: int, called: Mapping[str, str]) -> str:
    """A choice in a sentence, without its full stop: "12 events by Iran that happened, in January 2020".

    `called` says what the parties are called whose ids are asked for.
    """
    said = [f"{count:,} {'event' if count == 1 else 'events'}"]
    if wanted.type:
        said.append(f"of {_either(wanted.type)}")
    for name, word in (("actor", "by"), ("recipient", "toward"), ("party", "with")):
        if parties := [wording.the(called.get(one, one)) for one in getattr(wanted, name)]:
            said.append(f"{word} {_either(parties)}")
    if wanted.place:
        said.append(f"in {_either(wanted.place)}")
    if wanted.outlet:
        said.append(f"told by {_either(wanted.outlet)}")
    if wanted.status:
        said.append(f"({_either(_status(one) for one in wanted.status)})")
    if wanted.certainty:
        said.append(f"of {_either(wanted.certainty)} certainty")
    if wanted.checked:
        said.append(_either(CHECKED_WORDS.get(one, one) for one in wanted.checked))
    if wanted.text:
        said.append(f"in sentences with “{wanted.text}”")
    if wanted.since or wanted.until:
        said.append(f"dated {wording.interval(wanted.since or None, wanted.until or None)}")
    return " ".join(said)


def _status(name: str) -> str:
    return wording.STATUS_WORDS[Status(name)] if name in list(Status) else name


def _either(words: Iterable[str]) -> str:
    found: Sequence[str] = list(words)
    return " or ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)
