"""The second reader: what a spaCy pipeline gives becomes our sentences, in Universal Dependencies."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.pipeline import code
from dragoman.reading import pipeline_called, read_with_spacy
from dragoman.reading.spacy_reader import sentence_from
from dragoman.records import Article, Sentence

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
from spacy.tokens import Doc, Span  # noqa: E402


def parsed(words: str, heads: str, relations: str, tags: str, names: tuple[tuple[int, int, str], ...] = ()) -> Sentence:
    """A sentence as a trained pipeline would give it: words, heads (from 0), ClearNLP relations and tags."""
    vocabulary = spacy.blank("en").vocab
    split = words.split()
    numbers = [int(head) for head in heads.split()]
    lemmas = [{"is": "be", "was": "be"}.get(word, word) for word in split]
    document = Doc(vocabulary, split, heads=numbers, deps=relations.split(), pos=tags.split(), lemmas=lemmas)
    document.ents = [Span(document, first, end, label) for first, end, label in names]
    return sentence_from(document, Article("a", document.text, "a"), 0, 0)


def arcs(sentence: Sentence) -> dict[str, tuple[str, str]]:
    tokens = sentence.tokens
    return {t.text: (t.relation, tokens[t.head].text if t.head >= 0 else "") for t in tokens}


def test_preposition_hangs_on_its_noun() -> None:
    found = arcs(
        parsed(
            "Rebels attacked a base in Mosul",
            "1 1 3 1 1 4",
            "nsubj ROOT det dobj prep pobj",
            "NOUN VERB DET NOUN ADP PROPN",
        )
    )
    assert found["Mosul"] == ("obl", "attacked")
    assert found["in"] == ("case", "Mosul")
    assert found["base"] == ("obj", "attacked")
    assert found["attacked"] == ("root", "")


def test_passive_agent() -> None:
    found = arcs(
        parsed(
            "Syria was bombed by Israel", "2 2 2 2 3", "nsubjpass auxpass ROOT agent pobj", "PROPN AUX VERB ADP PROPN"
        )
    )
    assert found["Israel"] == ("obl:agent", "bombed")
    assert found["Syria"] == ("nsubj:pass", "bombed")
    assert found["was"] == ("aux:pass", "bombed")


def test_copula_hangs_on_its_predicate() -> None:
    found = arcs(parsed("Tehran is the capital", "1 1 3 1", "nsubj ROOT det attr", "PROPN AUX DET NOUN"))
    assert found["capital"] == ("root", "")
    assert found["is"] == ("cop", "capital")
    assert found["Tehran"] == ("nsubj", "capital")


def test_conjuncts_hang_on_the_first() -> None:
    found = arcs(
        parsed(
            "France , Italy and Spain protested",
            "5 0 0 2 2 5",
            "nsubj punct conj cc conj ROOT",
            "PROPN PUNCT PROPN CCONJ PROPN VERB",
        )
    )
    assert found["Italy"] == found["Spain"] == ("conj", "France")
    assert found["and"] == ("cc", "Spain")


def test_names() -> None:
    sentence = parsed(
        "Obama met NATO", "1 1 1", "nsubj ROOT dobj", "PROPN VERB PROPN", ((0, 1, "PERSON"), (2, 3, "ORG"))
    )
    assert [(e.first, e.last, e.kind) for e in sentence.entities] == [(0, 0, "PER"), (2, 2, "ORG")]


def test_blank_pipeline_keeps_offsets_and_makes_one_tree() -> None:
    text = "A title\n\nIran's army struck.  It hit \u200fBasra \U0001f600 again."
    article = Article("a", text, "a", title="A title")
    sentences = list(read_with_spacy([article], pipeline_called("blank")))
    assert sentences[0].part == "title"
    for sentence in sentences:
        assert sum(token.head < 0 for token in sentence.tokens) == 1
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text


def test_an_article_is_coded_without_vectors() -> None:
    coded = code(Article("a", "Iran bombed Iraq.", "a"), reader="blank")
    assert coded.sentences and not coded.events


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="no pipeline named 'en_core_nowhere'"):
        pipeline_called("en_core_nowhere")
