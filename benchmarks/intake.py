"""How well pages are read: `python -m benchmarks.intake`. The last line is JSON.

Word-level F1 of an article's text is that of the longest common subsequence of the words of what was read and of
what is true, macro-averaged over the pages; a furniture line is a line of the text of whose words fewer than half
stand, in order, in the true text. A date is right if it is the same moment, or the same minute or day where the page
says no more. Pages a second are those of one processor's time.

The code was written on the first part. At first sight of the second it had text 0.897, title 0.900, author 0.817,
date 0.800 and 2.72 furniture lines a page; then it was mended, and had of the third, at first sight, 0.952, 0.833,
0.667, 1.000 and 2.17 lines. Later two parts more were written, each before a rule was changed for it. At first sight
the fourth had 0.970, 0.750, 0.479, 0.875 and 1.19 lines (its 36 web pages: 0.985, 1.000, 0.556, 1.000 and 0.14; its
12 pasted ones 4.33 lines), and the fifth, after what the fourth taught, 0.979, 0.923, 0.769, 0.769 and 0.96 lines.
What it has now of these parts is what mending gave: believe the first sight.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec

from rapidfuzz.distance import LCSseq

from benchmarks.page_set import Page, pages
from dragoman.errors import SourceError
from dragoman.intake import article_from_html, article_from_text
from dragoman.records import Article

PARTS = ("first", "second", "third", "fourth", "fifth")
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans("’‘“”", "''\"\"")


@dataclass(frozen=True)
class Result:
    """What was right on a page."""

    text_f1: float
    title: bool
    author: bool
    date: bool
    furniture: tuple[str, ...]


def read(page: Page) -> Article | None:
    """The article of a page; None where it was refused."""
    reader = article_from_html if page.source.endswith(".html") else article_from_text
    try:
        return reader(page.page, page.source)
    except SourceError:
        return None


def judge(page: Page, article: Article | None) -> Result:
    """What is right in the article that was read from a page."""
    if article is None:
        return Result(0.0, False, False, False, ())
    truth = _words(page.text)
    found = _words(article.text)
    return Result(
        text_f1=2 * LCSseq.similarity(found, truth) / (len(found) + len(truth)),
        title=_folded(article.title) == _folded(page.title),
        author=_names(article.author) == {_folded(name) for name in page.authors},
        date=_same_time(article.published, page.published),
        furniture=tuple(
            line for line in article.text.split("\n") if line not in page.text and _is_furniture(_words(line), truth)
        ),
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _is_furniture(line: Sequence[str], truth: Sequence[str]) -> bool:
    """Whether fewer than half of a line's words stand together in the truth."""
    if not line:
        return False
    near = max(
        (LCSseq.similarity(line, truth[at : at + len(line) * 2]) for at in range(0, len(truth), len(line))), default=0
    )
    return near * 2 < len(line)


def _folded(text: str | None) -> str:
    return " ".join((text or "").translate(_QUOTES).lower().split())


def _names(author: str | None) -> set[str]:
    return {name for name in re.split(r", and |, | and | & ", _folded(author)) if name}


def _same_time(found: str | None, truth: str | None) -> bool:
    if found is None or truth is None:
        return found == truth
    if len(truth) <= len("2020-01-01T00:00"):
        return found[: len(truth)] == truth
    try:
        return _minute(found) == _minute(truth)
    except (TypeError, ValueError):
        return False


def _minute(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(second=0, microsecond=0)


def figures(results: Sequence[Result]) -> dict[str, float]:
    """The means over pages; furniture lines are lines a page."""
    count = len(results)
    return {
        "text_f1": round(sum(result.text_f1 for result in results) / count, 4),
        "title": round(sum(result.title for result in results) / count, 4),
        "author": round(sum(result.author for result in results) / count, 4),
        "date": round(sum(result.date for result in results) / count, 4),
        "furniture_lines": round(sum(len(result.furniture) for result in results) / count, 4),
    }


def _near_copies() -> float | None:
    """The figure of `benchmarks.near_copies`, null while that module is not there."""
    if find_spec("benchmarks.near_copies") is None:
        return None
    return float(importlib.import_module("benchmarks.near_copies").near_copies_f1())


def _row(name: str, results: Sequence[Result]) -> str:
    found = figures(results)
    values = "  ".join(f"{found[key]:.3f}" for key in ("text_f1", "title", "author", "date", "furniture_lines"))
    return f"{name:22} {len(results):5}  {values}"


def main() -> None:
    """Read all pages and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=(*PARTS, "all"), default="all", help="which layouts to read")
    parser.add_argument("--details", action="store_true", help="print what was wrong on each page")
    given = parser.parse_args()
    chosen = [page for page in pages() if given.part in ("all", page.part)]
    read(chosen[0])  # loads the tables
    started = time.process_time()
    articles = [read(page) for page in chosen]
    seconds = time.process_time() - started
    results = [(page, judge(page, article), article) for page, article in zip(chosen, articles, strict=True)]
    print(f"{'layout':22} pages   text  title author   date  furniture lines a page")
    for layout in dict.fromkeys(page.layout for page in chosen):
        print(_row(layout, [result for page, result, _ in results if page.layout == layout]))
    parts = {name: [result for page, result, _ in results if page.part == name] for name in PARTS}
    for name, part in parts.items():
        if part:
            print(_row(f"all of the {name} part", part))
    if given.details:
        for page, result, article in results:
            _explain(page, result, article)
    overall: dict[str, object] = {**figures([result for _, result, _ in results])}
    overall |= {"near_copies_f1": _near_copies(), "pages_per_second": round(len(chosen) / seconds, 1)}
    print(json.dumps(overall | {name: figures(part) for name, part in parts.items() if part}))


def _explain(page: Page, result: Result, article: Article | None) -> None:
    print(f"\n## {page.source}: text {result.text_f1:.3f}")
    if article is None:
        print("  refused")
        return
    if not result.title:
        print(f"  title: {article.title!r} for {page.title!r}")
    if not result.author:
        print(f"  author: {article.author!r} for {page.authors!r}")
    if not result.date:
        print(f"  date: {article.published!r} ({article.published_basis}) for {page.published!r}")
    for line in result.furniture:
        print(f"  furniture: {line[:150]!r}")
    read = set(_words(article.text))
    for line in page.text.split("\n"):
        if line not in article.text and sum(word in read for word in _words(line)) < len(_words(line)) * 0.9:
            print(f"  missing: {line[:150]!r}")


if __name__ == "__main__":
    main()
