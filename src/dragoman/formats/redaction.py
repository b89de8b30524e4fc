"""Names of people without a public role, taken out of what leaves the archive.

A name's letters become blocks, one for one, so every offset still holds; the ids of such actors become numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from ..records import Actor

__all__ = ["is_private", "redacted", "redaction"]

BLOCK = "█"

WITHOUT_ROLE = frozenset(("AGR", "CRM", "CVL", "EDU", "LAB", "MED", "REF", "UNK"))
"""Sectors that give a person no public role: farmers, suspects, civilians, pupils, workers, carers, refugees."""


def is_private(actor: Actor) -> bool:
    """Whether an actor is a person of whom no office is known, and no sector but such as give no public role."""
    return actor.kind == "person" and not actor.offices and not set(actor.sectors) - WITHOUT_ROLE


def redacted(
    kind: str, records: Iterable[Mapping[str, Any]], named: Iterable[tuple[str, str, str]]
) -> Iterator[Mapping[str, Any]]:
    """Exported records of a kind without the names of private people, and without those people themselves.

    `named` says in which article which private actor is called what (article, actor, words). A record that stands in
    an article loses the names of that article; any other those of all articles that are more than one word, for one
    word alone may be a place elsewhere.
    """
    by_article: dict[str, set[str]] = {}
    ids: dict[str, str] = {}
    for article, actor, words in named:
        by_article.setdefault(article, set()).add(words)
        ids.setdefault(actor, f"withheld-{len(ids) + 1}")
    everywhere = redaction({name for name in chain(*by_article.values()) if len(name.split()) > 1}, ids)
    redactions = {article: redaction(names, ids) for article, names in by_article.items()}
    for record in records:
        if not (kind == "actors" and record["id"] in ids):
            withheld = redactions.get(_article(kind, record) or "", everywhere)(record)
            yield _word_by_word(withheld) if kind == "sentences" else withheld


def _word_by_word(sentence: Mapping[str, Any]) -> Mapping[str, Any]:
    """A sentence whose words are as its text has them: each is part of a name only."""
    words = []
    for token in sentence["tokens"]:
        text = sentence["text"][token["start"] - sentence["start"] : token["end"] - sentence["start"]]
        lemma = re.sub(r"\w", BLOCK, token["lemma"]) if BLOCK in text else token["lemma"]
        words.append({**token, "text": text, "lemma": lemma})
    return {**sentence, "tokens": words}


def _article(kind: str, record: Mapping[str, Any]) -> str | None:
    """The id of the article that a record stands in, or is."""
    article: Any
    if kind == "decisions":
        article = json.loads(record["judged"] or "{}").get("article")
    else:
        article = record.get({"articles": "id", "gold": "doc"}.get(kind, "article"))
    return str(article["id"]) if isinstance(article, Mapping) else article and str(article)


def redaction(names: Iterable[str], ids: Mapping[str, str]) -> Callable[[Any], Any]:
    """A function that takes names out of all texts in an exported record, and puts other ids for ids.

    A name is found whole, in any case, whatever stands between its words (in an address: hyphens); possessives too.

    >>> redaction(["Ali Hassan"], {"ali-hassan": "withheld-1"})({"id": "ali-hassan", "text": "Ali Hassan's house"})
    {'id': 'withheld-1', 'text': "███ ██████'s house"}
    """
    words = sorted({_pattern(name) for name in names if any(map(str.isalnum, name))}, key=lambda one: (-len(one), one))
    found = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if words else None

    def redact(value: Any) -> Any:
        if isinstance(value, str):
            if value in ids:
                return ids[value]
            return found.sub(_blocks, value) if found else value
        if isinstance(value, Mapping):
            return {key: redact(inside) for key, inside in value.items()}
        if isinstance(value, list):
            return [redact(inside) for inside in value]
        return value

    return redact


def _pattern(name: str) -> str:
    return r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", re.sub(r"['’]s$", "", name))))


def _blocks(match: re.Match[str]) -> str:
    return re.sub(r"\w", BLOCK, match[0])
