"""An article: its text with everything that rests on it marked, and beside it the cards to be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import library
from ..codebook import TYPES
from ..records import Article, Part, Sentence, Token
from ..telling import Highlight, Run, runs, safe_link
from .cards import cards_of, marks_of
from .editing import CHOICES, FIELDS, as_text
from .pages import page
from .state import bench_of, person

__all__ = ["ROUTES"]


@dataclass(frozen=True)
class Stretch:
    """A stretch of an article as the page shows it: a sentence (its index) or what stands between, in runs."""

    index: int | None
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or one of the title and the standfirst."""

    part: Part
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Added:
    """The form of a new event: its words and where they stand, as far as known."""

    words: str = ""
    start: int | None = None
    end: int | None = None


def _article(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        article = archive.store.article(request.path_params["id"])
        sentences = archive.store.sentences(article.id)
        cards, lost = cards_of(archive, article.id, sentences)
        at = request.query_params.get("at", "")
        mine = [one for card in cards for one in card.decisions if one.who == person(request)]
        return page(
            request, "article.html.j2", article=article, cards=cards, lost=lost, at=at,
            paragraphs=paragraphs(article, sentences, marks_of(cards)), link=safe_link(article.url),
            edited=request.query_params.get("edit", ""), added=_added(request, article), fields=FIELDS,
            choices=CHOICES, as_text=as_text, modes=sorted({mode for kind in TYPES.values() for mode in kind.modes}),
            named=_named(archive, article.id), kin=archive.store.kin(article.id),
            around=archive.store.around(article.id),
            looked_at=sum(bool(card.decisions) for card in cards),
            latest=max(reversed(mine), key=lambda one: one.when, default=None),
        )  # fmt: skip


def _added(request: Request, article: Article) -> Added | None:
    """What the address says of a new event: "new=120-128", "new=" for a form where the words are typed."""
    asked = request.query_params.get("new")
    if asked is None:
        return None
    first, _, last = asked.partition("-")
    if first.isdecimal() and last.isdecimal() and int(first) < int(last) <= len(article.text):
        return Added(article.text[int(first) : int(last)], int(first), int(last))
    return Added()


def _named(archive: library.Archive, article: str) -> list[str]:
    """The names of who is mentioned in an article, to be offered where a party is typed."""
    return sorted({mention.name for mention in archive.store.mentions(article) if mention.name})


def paragraphs(article: Article, sentences: Sequence[Sentence], marks: Sequence[Highlight]) -> list[Paragraph]:
    """The text of an article without a gap: its runs, put together, are `article.text` but for its blank lines."""
    found: list[tuple[Part, list[Stretch]]] = []
    cursor = 0
    for sentence in sentences:
        start = max(cursor, sentence.start)
        gap = article.text[cursor:start]
        opens = not found or "\n" in gap or found[-1][0] is not sentence.part
        if opens:
            found.append((sentence.part, []))
        if gap and (gap.strip() or not opens):
            found[-1][1].append(Stretch(None, tuple(runs(article.text, cursor, start, marks))))
        cursor = max(start, sentence.end)
        if start < cursor:
            found[-1][1].append(Stretch(sentence.index, tuple(runs(article.text, start, cursor, marks))))
    if article.text[cursor:].strip():
        found.append((Part.BODY, [Stretch(None, tuple(runs(article.text, cursor, len(article.text), marks)))]))
    return [Paragraph(part, tuple(stretches)) for part, stretches in found]


@dataclass(frozen=True)
class Branch:
    """A word of a parse with what hangs on it."""

    token: Token
    under: tuple[Branch, ...]


def _sentence(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        article = archive.store.article(request.path_params["id"])
        sentence = archive.store.sentence(article.id, request.path_params["index"])
        mentions = [one for one in archive.store.mentions(article.id) if one.sentence == sentence.index]
    roots = _branches(sentence.tokens, -1)
    return page(request, "sentence.html.j2", article=article, sentence=sentence, roots=roots, mentions=mentions)


def _branches(tokens: Sequence[Token], head: int) -> tuple[Branch, ...]:
    return tuple(
        Branch(token, _branches(tokens, place)) for place, token in enumerate(tokens) if token.head == head != place
    )


ROUTES = [Route("/article/{id}", _article), Route("/article/{id}/sentence/{index:int}", _sentence)]
