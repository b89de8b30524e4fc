"""Text that nobody edited: whatever stands in it, reading neither fails nor moves an offset nor loses a character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.encoder import encoder
from dragoman.reading import read_sentence, read_with_vectors
from dragoman.records import LONGEST_SENTENCE, Article, Sentence

NEWS = st.sampled_from(
    [
        "Police in Basra arrested 12 protesters on Monday. ",
        "“We will not go,” Mr. al-Sha'abi said. ",
        "POLICE FIRED TEAR GAS IN U.S. CITIES ",
        "the army went on and the rebels fled ",
        "Maj. Gen. Smith (No. 2) didn't speak; ",
    ]
)
CONTROL = st.text(st.characters(categories=["Cc"]), min_size=1, max_size=4)
DIRECTION = st.sampled_from("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
RIGHT_TO_LEFT = st.sampled_from(["قال الرئيس ", "שלום. ", "\u202bايران\u202c", "ﷺ"])
EMOJI = st.sampled_from(["🙂", "👩\u200d👩\u200d👧", "👍🏽", "🇮🇶", "❤\ufe0f", "1\ufe0f⃣", "🏴\U000e0067\U000e007f"])
INVISIBLE = st.sampled_from(["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\ufffd", "\ufffe", "\ud800", "\udfff"])
COMBINED = st.sampled_from(["e\u0301", "Z\u0351\u036b\u0343", "İ", "ß", "ﬁ", "Ǆ", "\u1e9e", "ŉ"])
TABLE = st.sampled_from(["| a | 12% |\n", "+----+----+\n", "Total\t1,200\t(3)\n", "a;b;;c\n", "\u2502 x \u2502\r\n"])
MARKS = st.text(st.sampled_from(".,;:!?…-–—/\\|\"'“”‘’«»()[]{}<>@#$%&*_=+~^`"), min_size=1, max_size=8)
BLANK = st.sampled_from([" ", "\n", "\t", "\u00a0", "\u3000", "\u2028", "\u0085", "\x1c", "\v"])
HOSTILE = st.lists(
    st.one_of(NEWS, CONTROL, DIRECTION, RIGHT_TO_LEFT, EMOJI, INVISIBLE, COMBINED, TABLE, MARKS, BLANK), max_size=14
).map("".join)


def read_whole(text: str, title: str | None = None, standfirst: str | None = None) -> list[Sentence]:
    """The sentences of a text, after everything that must hold of them whatever the text is."""
    article = Article("a1", text, "test", title=title, standfirst=standfirst)
    sentences, position = [], 0
    for index, (sentence, vectors) in enumerate(read_with_vectors(article)):
        assert sentence.index == index and sentence.text == text[sentence.start : sentence.end]
        assert 0 < len(sentence.text) <= LONGEST_SENTENCE
        for token in sentence.tokens:
            assert position <= token.start < token.end <= sentence.end
            assert token.text == text[token.start : token.end] and token.lemma
            assert not text[position : token.start].strip()
            position = token.end
        check_tree([token.head for token in sentence.tokens])
        assert all(0 <= entity.first <= entity.last < len(sentence.tokens) for entity in sentence.entities)
        scores = encoder().events(vectors)
        assert len(scores.events) == len(scores.as_party) == len(sentence.tokens)
        sentences.append(sentence)
    assert not text[position:].strip()
    return sentences


def check_tree(heads: list[int]) -> None:
    """Exactly one root, and every word under it."""
    assert heads.count(-1) == 1
    reached: set[int] = {-1}
    for word in range(len(heads)):
        path = []
        while word not in reached:
            assert word not in path
            path.append(word)
            word = heads[word]
        reached.update(path)


@settings(max_examples=40, deadline=None)
@given(HOSTILE)
def test_whatever_stands_in_a_text_it_is_read_whole(text: str) -> None:
    read_whole(text)


@settings(max_examples=15, deadline=None)
@given(HOSTILE, HOSTILE)
def test_whatever_stands_in_title_and_standfirst(title: str, standfirst: str) -> None:
    read_whole(f"{title}\n{standfirst}\nPolice fired.", title, standfirst)


@settings(max_examples=20, deadline=None)
@given(HOSTILE)
def test_a_hostile_sentence_reads_the_same_alone(text: str) -> None:
    for sentence in read_whole(text)[:3]:
        alone, _ = read_sentence(sentence.text)
        assert [(t.text, t.lemma, t.upos, t.features, t.head, t.relation) for t in alone.tokens] == [
            (t.text, t.lemma, t.upos, t.features, t.head, t.relation) for t in sentence.tokens
        ]
        assert alone.entities == sentence.entities


@settings(max_examples=15, deadline=None)
@given(HOSTILE, st.sampled_from(["\u200f", "\x07", "🙂", "👩\u200d👧"]))
def test_offsets_are_moved_by_just_what_stands_before(text: str, before: str) -> None:
    plain = [(t.start, t.end) for s in read_whole(f"x\n{text}") for t in s.tokens]
    moved = [(t.start, t.end) for s in read_whole(f"{before}\n{text}") for t in s.tokens]
    shift = len(before) - 1
    after = [(start + shift, end + shift) for start, end in plain if start > 1]
    assert [span for span in moved if span[0] > len(before)] == after


@pytest.mark.parametrize(("piece", "length"), [("Ж", 50_000), ("ﷺ", 50_000), ("“", 1300), ("x\x00", 1300)])
@pytest.mark.parametrize("before", ["", "Police fired. "])
def test_a_text_without_an_end(before: str, piece: str, length: int) -> None:
    read_whole((before + piece * length)[:length])


@pytest.mark.parametrize(
    "piece", ["\u202eسلام ", "👩\u200d👧", "POLICE FIRED ", "| 12 | a ", "the army went on ", "a,", "\ud800"]
)
def test_one_thing_over_and_over(piece: str) -> None:
    read_whole((piece * 1300)[:1300])
