"""Cells that a spreadsheet would run as a formula, disarmed so that it can be undone exactly.

A text that begins with = + - @, a tab or a carriage return may be run as a formula by a
spreadsheet that opens a CSV file; so may one that begins so after a separator or a quotation mark,
where the spreadsheet splits cells otherwise than we do. Each such place gets an apostrophe, which
spreadsheets take for "this is text". Spaces and invisible characters before the sign do not hide
it, and the full-width forms count, which some spreadsheets read as the plain ones.

Apostrophes that stand there already are kept: one more is put before them, so that exactly one can
be taken away again.

>>> disarm("=1+1"), disarm("'=1+1"), disarm("say: 1-1")
("'=1+1", "''=1+1", 'say: 1-1')
>>> undisarm(disarm("'=1+1"))
"'=1+1"
"""

from __future__ import annotations

import re

__all__ = ["disarm", "undisarm"]

_SIGNS = "=+\\-@\\t\\r＝＋－＠﹦﹢﹣﹫"
_SEPARATORS = ',;|"\\t\\r\\n，；｜＂'
_UNSEEN = (
    " \\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\xa0\\xad"
    "\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u3000\\ufeff"
)

# The sign itself is only looked at: a tab is a sign and a separator, and may begin the next place.
_PLACE = f"((?:^|[{_SEPARATORS}])[{_UNSEEN}]*)"
_ARMED = re.compile(f"{_PLACE}(?='*[{_SIGNS}])")
_DISARMED = re.compile(f"{_PLACE}'(?='*[{_SIGNS}])")


def disarm(cell: str) -> str:
    """The cell with an apostrophe wherever a spreadsheet might see a formula begin."""
    return _ARMED.sub(r"\1'", cell)


def undisarm(cell: str) -> str:
    """The cell as it was before `disarm`."""
    return _DISARMED.sub(r"\1", cell)
