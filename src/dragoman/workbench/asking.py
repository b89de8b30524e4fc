"""What the addresses of pages may ask for, so that a page can say what of its own address it passed over."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase

from starlette.datastructures import QueryParams

from ..archive import CERTAINTY, CHECKED, FACETS
from ..archive.together import ONLY
from ..codebook import TYPES
from ..evaluation import STRATA
from ..records import Status
from .choosing import COLUMNS
from .periods import SIZES

__all__ = ["passed_over"]

Values = Collection[str] | re.Pattern[str]

ANY = re.compile(r".*", re.DOTALL)
NUMBER = re.compile(r"[0-9]{1,8}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"\d{4}(-\d\d)?")

EXAMPLES: Mapping[re.Pattern[str], str] = {NUMBER: "a number", DAY: "a day as 2020-01-03", MONTH: "a month as 2020-01"}

EVENTS: Mapping[str, Values] = {
    **dict.fromkeys(FACETS, ANY),
    "type": TYPES,
    "status": [str(status) for status in Status],
    "certainty": CERTAINTY,
    "checked": CHECKED,
    "q": ANY,
    "since": DAY,
    "until": DAY,
    "column": COLUMNS,
    "order": ("oldest",),
    "after": re.compile(r"[0-9]{1,18}"),
}

PAGES: Mapping[str, Mapping[str, Values]] = {
    "/events": EVENTS,
    "/articles": {"q": ANY, "outlet": ANY, "dated": ("inferred",), "after": ANY},
    "/article/*/sentence/*": {},
    "/article/*": {"at": ANY, "edit": ANY, "new": re.compile(r"(\d+-\d+)?")},
    "/incidents": {"only": [name for name in ONLY if name], "from": NUMBER},
    "/alignment/pair": {"one": ANY, "other": ANY, "since": DAY, "until": DAY},
    "/alignment": {"by": SIZES, "at": MONTH, "n": NUMBER},
    "/actors": {"q": ANY, "kind": ANY, "from": NUMBER},
    "/codebook": {"text": ANY, "published": ANY, "frames": ANY},
    "/quality/sample": {"by": STRATA, "n": NUMBER, "seed": NUMBER, "at": NUMBER},
    "/runs/*": {"only": ANY, "from": NUMBER},
    "*": {},
}
"""A page (the first pattern that its path fits) -> what it can be asked, and with which values."""


def passed_over(path: str, query: QueryParams) -> list[str]:
    """What of an address its page does not know, each in a sentence; a value that is empty asks for nothing."""
    known = next(asked for page, asked in PAGES.items() if fnmatchcase(path, page))
    found = []
    for name, value in query.multi_items():
        if name not in known:
            found.append(f"This page knows no “{name}”" + (f"; it knows {_listed(known)}." if known else "."))
        elif value and not _is_one(value, known[name]):
            found.append(f"“{value}” is no “{name}”; it can be {_named(known[name])}.")
    return list(dict.fromkeys(found))


def _is_one(value: str, values: Values) -> bool:
    return bool(values.fullmatch(value)) if isinstance(values, re.Pattern) else value in values


def _named(values: Values) -> str:
    return EXAMPLES.get(values, "empty") if isinstance(values, re.Pattern) else _listed(values)


def _listed(names: Collection[str]) -> str:
    first, *others = reversed(list(names))
    return f"{', '.join(reversed(others))} or {first}" if others else first
