"""The page: template, style and a policy that lets nothing in or out, put together and written."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from .. import library
from ..codebook import QUADS
from ..errors import UsageError
from ..pictures import STYLE
from ..records import Article
from ..telling import environment, wording
from ..version import __version__
from .articles import shown, spoken
from .case import Case, gather
from .figures import charted, drawn
from .lists import Pair, days, entries, pairs, reported, value_words
from .relations import aligned
from .stories import led, standings, turns

__all__ = ["page", "write_report"]

HERE = Path(__file__).parent
DEMONSTRATION = "written for demonstration"


def write_report(archive: library.Archive, to: Path, title: str | None = None) -> None:
    """Write the page of an archive to a file; the same archive gives the same bytes.

    Raises:
        UsageError: the file cannot be written, or does not end in .html.
    """
    if to.suffix.lower() not in (".html", ".htm"):
        raise UsageError("U001", f"A report ends in .html, not {to.suffix or 'nothing'!r}: {to}.")
    text = page(archive, title)
    beside = to.with_name(f".{to.name}.tmp")
    try:
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(to)
    except OSError as problem:
        raise UsageError("U003", f"The report cannot be written to {to}: {problem.strerror}.") from problem


def page(archive: library.Archive, title: str | None = None) -> str:
    """The page as text."""
    case = gather(archive)
    style = f"{STYLE}\n{(HERE / 'report.css').read_text(encoding='utf-8')}"
    return _templates().get_template("page.html.j2").render(
        title=title or "What the articles report", style=Markup(style), policy=policy(style), **_content(case),
        alignment=aligned(archive, case),
    )  # fmt: skip


def policy(style: str) -> str:
    """The Content-Security-Policy: no script, no network, no form, and only the one style sheet, by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _templates() -> Environment:
    made = environment(HERE / "templates")
    made.globals |= {"value_words": value_words, "spoken": spoken}
    return made


def _content(case: Case) -> Mapping[str, Any]:
    chart, index, found = charted(case), entries(case), pairs(case)
    wide, narrow = drawn(case, found, index["party"])
    return {
        "case": case,
        "head": _head(case, found),
        "version": case.manifest.get("version", __version__),
        "model": case.manifest.get("model", "unknown"),
        "chart": chart,
        "timelines": (Markup(chart.wide), Markup(chart.narrow)),
        "networks": (Markup(wide), Markup(narrow)),
        "days": days(case.rows),
        "pairs": found,
        "index": index,
        "incidents": reported(case),
        "turns": turns(case),
        "standings": standings(case),
        "led": led(case),
        "articles": shown(case),
    }


def _head(case: Case, found: list[Pair]) -> Mapping[str, Any]:
    """What the first sentence is made of."""
    published = sorted(day for item in case.articles if (day := wording.iso_day(item.article.published)))
    demonstration = sum(_for_demonstration(item.article) for item in case.articles)
    most = found[0] if found else None
    return {
        "outlets": len({item.article.outlet for item in case.articles if item.article.outlet}),
        "span": wording.interval(published[0].isoformat(), published[-1].isoformat()) if published else None,
        "pair": most,
        "mostly": _mostly(most) if most else "",
        "demonstration": demonstration,
    }


def _for_demonstration(article: Article) -> bool:
    """Whether an article says so itself: in what was set aside, or in its last line."""
    said = [piece.text for piece in article.furniture] + article.text.rstrip().splitlines()[-1:]
    return any(DEMONSTRATION in text.lower() for text in said)


def _mostly(pair: Pair) -> str:
    """The quad category of most of a pair's events, with how many of them."""
    counts = {quad: sum(row.quad == quad for row in pair.rows) for quad in QUADS}
    quad = max(counts, key=lambda key: (counts[key], key))
    return f"{counts[quad]} of them {QUADS[quad]}" if len(pair.rows) > 1 else QUADS[quad]
