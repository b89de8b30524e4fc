"""The fields of records as a person edits them: what stands in a form, and what is meant by what comes back.

The values are those of the codebook's gold, as decisions keep them (`evaluation.gold`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from ..codebook import TYPES
from ..errors import UsageError
from ..telling import wording

__all__ = ["CHOICES", "FIELDS", "as_text", "correction", "given"]

FIELDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "event": {
        "type": ("Type", "type"),
        "mode": ("Mode", "text"),
        "actor": ("Who", "parties"),
        "recipient": ("To whom", "parties"),
        "status": ("Status", "status"),
        "date": ("When", "interval"),
        "place": ("Where", "text"),
        "counts": ("Figures", "counts"),
        "said_by": ("Said by", "text"),
    },
    "tie": {
        "from": ("Who", "party"),
        "type": ("How", "tie"),
        "to": ("To whom", "party"),
        "polarity": ("So, or denied", "polarity"),
        "time": ("When", "text"),
    },
    "shift": {
        "who": ("Who", "party"),
        "away_from": ("Away from", "party"),
        "toward": ("Toward", "party"),
        "date": ("When", "interval"),
        "after": ("After", "text"),
    },
    "cause": {"cause": ("Cause", "text"), "effect": ("Effect", "text")},
}
"""Kind of record -> its fields: words for it, and the widget that edits it."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "type": {name: name for name in TYPES},
    "status": {str(status): words for status, words in wording.STATUS_WORDS.items()},
    "tie": dict(wording.KIND_WORDS),
    "polarity": {"+": "so", "-": "denied"},
}
"""Widget -> the values to choose from, with their words."""

_COUNT = re.compile(
    r"\s{0,9}(?P<what>[a-z_]{1,30}(?: [a-z_]{1,30}){0,4})\s{0,9}[:=]?\s{0,9}"
    r"(?P<number>[<>]=\s{0,9}\d{1,12}|\d{1,12}(?:\s{0,9}(?:-|to)\s{0,9}\d{1,12})?)\s{0,9}",
    re.IGNORECASE,
)


def as_text(widget: str, value: Any) -> str:
    """A value as a form shows it; nothing is empty.

    >>> as_text("interval", ["2020-01-03", None]), as_text("counts", {"killed": [2, 5], "injured": ">=3"})
    ('2020-01-03 to ..', 'killed 2-5; injured >=3')
    """
    if not value:
        return ""
    if widget in ("parties", "party"):
        return "; ".join(_party_text(party) for party in (value if widget == "parties" else [value]))
    if widget == "interval":
        return " to ".join(dict.fromkeys(day or ".." for day in value))
    if widget == "counts":
        return "; ".join(f"{what} {_number_text(number)}" for what, number in value.items())
    return CHOICES.get(widget, {}).get(str(value), str(value))


def _party_text(party: Mapping[str, str]) -> str:
    return f"{party['name']} [{party['code']}]" if party["code"] else party["name"]


def _number_text(number: Any) -> str:
    return "-".join(str(bound) for bound in number) if isinstance(number, list) else str(number)


def given(kind: str, form: FormData, known: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The fields of a form as values; `known` are parties whose words and codes a name brings along.

    Raises:
        UsageError: a field that cannot be read, named with what it may be.
    """
    return {name: _read(widget, words, str(form.get(name, "")), form.getlist(name), known)
            for name, (words, widget) in FIELDS[kind].items() if name in form}  # fmt: skip


def correction(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Of the fields given those that say something else than the record does."""
    return {name: value for name, value in after.items() if not _same(FIELDS[kind][name][1], before.get(name), value)}


def _same(widget: str, one: Any, other: Any) -> bool:
    return as_text(widget, one) == as_text(widget, other)


def _read(widget: str, words: str, text: str, texts: Sequence[Any], known: Sequence[Mapping[str, str]]) -> Any:
    text = text.strip()
    if widget == "interval":
        return _interval(words, [str(one).strip() for one in texts])
    if widget == "counts":
        return _counts(words, text)
    if widget in ("parties", "party"):
        parties = [_party(one.strip(), known) for one in text.split(";") if one.strip()]
        return parties if widget == "parties" else parties[0] if parties else None
    return text or None


def _party(text: str, known: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """A party as it is named, with a code in brackets or the one that a known party of the name has."""
    found = re.fullmatch(r"([^\[\]]{0,300})\[([^\[\]]{0,60})\]", text)
    name, code = (found[1].strip(), found[2]) if found else (text, None)
    for party in known:
        if party["name"].casefold() == name.casefold() and code in (None, party["code"]):
            return {key: party[key] for key in ("text", "name", "code")}
    return {"text": name, "name": name, "code": code or ""}


def _interval(words: str, days: Sequence[str]) -> list[str | None] | None:
    if not any(days):
        return None
    first, last = (*days, "")[:2]
    if first and last and first > last:
        raise UsageError("U001", f"{words}: the first day, {first}, is after the last, {last}.")
    return [first or None, last or None]


def _counts(words: str, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for piece in text.split(";"):
        if not piece.strip():
            continue
        count = _COUNT.fullmatch(piece)
        if count is None:
            message = f"{words}: {piece.strip()!r} is no figure. Write such as: killed 25; injured >=10; arrested 3-5"
            raise UsageError("U001", message)
        found[count["what"].strip().lower().replace(" ", "_")] = _number(count["number"].replace(" ", ""))
    return found


def _number(text: str) -> int | str | list[int]:
    if text[0] in "<>":
        return text
    bounds = [int(bound) for bound in re.split(r"-|to", text)]
    return bounds[0] if len(bounds) == 1 else bounds
