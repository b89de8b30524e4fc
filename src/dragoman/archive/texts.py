"""The articles of an archive, their sentences, and who is named in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..records import Article, Mention, Sentence
from . import articles, overview, queries, reading, rows
from .articles import Kin, Listed
from .opened import Opened

__all__ = ["Texts"]


class Texts(Opened):
    """What an archive keeps of the texts."""

    __slots__ = ()

    def has_article(self, article: str) -> bool:
        """Whether the article of that id is kept."""
        return bool(self._database.rows("SELECT 1 FROM articles WHERE id = ?", [article]))

    def article(self, article: str) -> Article:
        """The article of that id; `ArchiveError` where there is none."""
        found = self._database.rows(f"{rows.select('articles')} WHERE id = ?", [article])
        if not found:
            raise self._missing(f"article {article}")
        return rows.article_of(found[0])

    def listed(
        self, *, outlet: str = "", text: str = "", inferred: bool = False, after: str = "", most: int = 50
    ) -> tuple[list[Listed], int]:
        """Articles by date without their texts, those that follow on the article `after`; and how many fit in all."""
        return articles.listed(self._database, outlet=outlet, text=text, inferred=inferred, after=after, most=most)

    def published(self) -> dict[str, dict[date, int]]:
        """How many articles each outlet (or source, where none is named) published on each day."""
        return overview.published(self._database)

    def inferred(self) -> int:
        """How many articles have a date that their own words told."""
        return overview.inferred(self._database)

    def kin(self, article: str) -> list[Kin]:
        """The near-copies and the other versions of an article, by date."""
        return articles.kin(self._database, article)

    def around(self, article: str) -> tuple[str | None, str | None]:
        """The articles before and after one in canonical order."""
        return articles.around(self._database, article)

    def articles(self) -> Iterator[Article]:
        """All articles in canonical order: published, then id; undated ones last."""
        return reading.article_stream(self._database, queries.ARTICLES)

    def sentences(self, article: str) -> tuple[Sentence, ...]:
        """The sentences of an article with their parses, in their order."""
        return reading.parsed(self._database, article)

    def sentence(self, article: str, index: int) -> Sentence:
        """One sentence with its parse; `ArchiveError` where there is none."""
        for sentence in self.sentences(article):
            if sentence.index == index:
                return sentence
        raise self._missing(f"sentence {index} of article {article}")

    def search(self, text: str) -> Iterator[Sentence]:
        """The sentences that hold all the words of `text`, in canonical order, without their parses.

        Words match in any inflection; "a phrase" matches as it stands, begin* what begins so.
        """
        query = queries.full_text(text)
        return reading.sentence_stream(self._database, queries.SEARCHED, [query]) if query else iter(())

    def mentions(self, article: str) -> tuple[Mention, ...]:
        """The mentions of actors in an article, in the order of the text."""
        order = 'WHERE article = ? ORDER BY sentence, start, "end", number'
        found = self._database.rows(f"{rows.select('mentions')} {order}", [article])
        return tuple(rows.mention_of(row) for row in found)

    def every_mention(self) -> Iterator[Mention]:
        """The mentions of actors in all articles, in no order that means anything."""
        return reading.mention_stream(self._database)

    def people_named(self, actors: Iterable[str]) -> list[tuple[str, str, str]]:
        """In which article which person of these ids is called what (article, actor, words), in order of actor."""
        sql = """
            SELECT DISTINCT article, actor, text FROM mentions
            WHERE kind = 'person' AND actor IN (SELECT value FROM json_each(?)) ORDER BY actor, article, text
        """
        return [(article, actor, text) for article, actor, text in self._database.rows(sql, [rows.json_list(actors)])]
