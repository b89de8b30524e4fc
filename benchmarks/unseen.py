"""Text that nobody coded: false alarms where there is no politics, and how much of politics the frames know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.actors import knowledge, mentions_of
from dragoman.coding import frames
from dragoman.pipeline import code
from dragoman.reading import read
from dragoman.records import Article, Event, Status
from training.treebanks import Sentence, read_conllu

QUIET = ("GUM_vlog", "GUM_voyage", "GUM_academic")
SENTENCES = 2000
SENTENCES_AN_ARTICLE = 40


def articles(sentences: Sequence[Sentence]) -> Iterator[Article]:
    """The sentences as articles of forty, a sentence a line."""
    for start in range(0, len(sentences), SENTENCES_AN_ARTICLE):
        text = "\n".join(s.text for s in sentences[start : start + SENTENCES_AN_ARTICLE])
        yield Article(f"quiet-{start}", text, f"quiet-{start}", published="2018-06-01")


def false_alarms(data: Path) -> list[tuple[Event, str]]:
    """Events, historical ones apart, in the first 2,000 quiet sentences of GUM's train file, with their sentences."""
    quiet = [s for s in read_conllu(data / "ud" / "en_gum-train.conllu.gz") if s.identity.startswith(QUIET)]
    found = []
    for article in articles(quiet[:SENTENCES]):
        coded = code(article)
        found += [
            (event, coded.sentences[int(event.sentence or 0)].text)
            for event in coded.events
            if event.status is not Status.HISTORICAL
        ]
    return found


def coverage(data: Path) -> float:
    """The share of verbs between political parties that some frame knows, in political text that nobody looked at.

    A verb counts where its subject and its object, or an oblique, are mentions of political parties.
    """
    known = frames().verbs
    seen = held = 0
    for article in articles(read_conllu(data / "ud" / "en_political-heldout.conllu.gz")):
        sentences = list(read([article]))
        mentions = mentions_of(article, sentences, knowledge())
        for sentence in sentences:
            heads = {m.head for m in mentions if m.sentence == sentence.index and m.political}
            for index, token in enumerate(sentence.tokens):
                below = {
                    t.relation.split(":")[0] for i, t in enumerate(sentence.tokens) if t.head == index and i in heads
                }
                if token.upos == "VERB" and "nsubj" in below and below & {"obj", "obl", "iobj"}:
                    seen += 1
                    held += token.lemma.lower() in known
    return held / max(1, seen)
