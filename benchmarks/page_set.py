"""The pages that intake is measured on: invented articles shown in layouts as the web has them, with their truth.

`pages/articles/*.toml` are the articles, `pages/layouts/*` templates of whole pages (furniture and all), and
`pages/layouts.toml` says which article is shown in which layout and what of it can be seen there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

HERE = Path(__file__).parent / "pages"
_LINK = re.compile(r"\[\[(.+?)\]\]")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Part:
    """A part of a body: kind p, h (heading), quote or list; the text of each of its paragraphs."""

    kind: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.texts[0]


@dataclass(frozen=True)
class Written:
    """An article as its file holds it, times in the zone of the page that shows it."""

    title: str
    standfirst: str
    author: str
    place: str
    section: str
    tags: tuple[str, ...]
    captions: tuple[str, ...]
    when: datetime
    body: tuple[Part, ...]

    @property
    def authors(self) -> list[str]:
        return [name for name in re.split(r", | and ", self.author) if name]

    @property
    def gmt(self) -> datetime:
        return self.when.astimezone(UTC)


@dataclass(frozen=True)
class Page:
    """A page and the truth of it; `published` is as precise as the page is."""

    layout: str
    part: str
    source: str
    page: str
    title: str
    authors: tuple[str, ...]
    published: str | None
    text: str


def pages() -> Iterator[Page]:
    """All pages, in the order of `layouts.toml`."""
    layouts = tomllib.loads((HERE / "layouts.toml").read_text(encoding="utf-8"))
    number = 0
    for name, layout in layouts.items():
        for article in layout["articles"]:
            number += 1
            yield _page(name, layout, int(article), number)


@cache
def _articles() -> dict[int, Written]:
    return {int(path.name[:2]): _written(path) for path in sorted((HERE / "articles").glob("*.toml"))}


def _written(path: Path) -> Written:
    fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Written(
        title=fields["title"],
        standfirst=fields["standfirst"],
        author=fields["author"],
        place=fields["place"],
        section=fields["section"],
        tags=tuple(fields["tags"]),
        captions=tuple(fields["captions"]),
        when=datetime.fromisoformat(fields["published"]),
        body=tuple(_part(block) for block in fields["body"].strip().split("\n\n")),
    )


def _part(block: str) -> Part:
    for mark, kind in (("## ", "h"), ("> ", "quote"), ("- ", "list")):
        if block.startswith(mark):
            return Part(kind, tuple(line.removeprefix(mark) for line in block.split("\n")))
    return Part("p", (block,))


def _page(name: str, layout: dict[str, Any], article: int, number: int) -> Page:
    written = _articles()[article]
    shown = replace(written, body=written.body[: layout.get("paragraphs", len(written.body))])
    if "zone" in layout:
        zone = datetime.strptime(layout["zone"], "%z").tzinfo
        shown = replace(shown, when=written.when.astimezone(zone))
    # The links around an article lead to others of its own parts.
    numbers = [one for one in _articles() if _group(one) == _group(article) and one != article]
    turn = number % len(numbers)
    others = [_articles()[one] for one in numbers[turn:] + numbers[:turn]]
    path = next((HERE / "layouts").glob(f"{name}.*"))
    context = {"a": shown, "others": others, "outlet": layout["outlet"], "number": number}
    context["url"] = f"https://www.example.org/{shown.section.lower().replace(' ', '-')}/{number:05}"
    dateline = _environment().from_string(layout.get("dateline", "")).render(context) if shown.place else ""
    page = _environment().get_template(path.name).render(context | {"dateline": dateline})
    authors = shown.authors if layout.get("author", True) else []
    return Page(
        layout=name,
        part=layout["part"],
        source=f"{name}-{article}{path.suffix}",
        page=page,
        title=shown.title,
        authors=tuple(authors[:1] if layout.get("author") == "first" else authors),
        published=_published(shown, layout["time"]),
        text=_text(shown, layout, dateline),
    )


def _group(article: int) -> int:
    """Which parts show an article: the first, the second and third, or the fourth; none shows those of another."""
    return (article > 12) + (article > 20)


def _published(shown: Written, time: str) -> str | None:
    forms = {"day": "%Y-%m-%d", "minute": "%Y-%m-%dT%H:%M"}
    if time == "moment":
        return shown.when.isoformat()
    return shown.when.strftime(forms[time]) if time in forms else None


def _text(shown: Written, layout: dict[str, Any], dateline: str) -> str:
    lines = [_plain(text) for part in shown.body for text in part.texts]
    lines[0] = f"{dateline} {lines[0]}".strip()
    standfirst = [shown.standfirst] if layout.get("standfirst") and shown.standfirst else []
    return "\n".join([shown.title, *standfirst, *lines])


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE / "layouts"), keep_trailing_newline=True)
    environment.filters |= {"plain": _plain, "rich": _rich}
    return environment


def _plain(text: str) -> str:
    return _BOLD.sub(r"\1", _LINK.sub(r"\1", text))


def _rich(text: str) -> Markup:
    """The text as HTML: links and bold words marked up."""
    linked = _LINK.sub(r'<a href="/x">\1</a>', str(escape(text)))
    return Markup(_BOLD.sub(r"<strong>\1</strong>", linked))
