"""Which addresses may become links."""

from __future__ import annotations

import re

__all__ = ["safe_link"]

_LINK = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_UNPRINTED = re.compile(r"[\x00-\x20\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def safe_link(url: str | None) -> str | None:
    """The address where it is plain http or https; None for anything else, which stays text.

    >>> safe_link("https://example.org/a"), safe_link("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return url if url and _LINK.fullmatch(url) and not _UNPRINTED.search(url) else None
