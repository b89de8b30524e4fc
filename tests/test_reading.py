"""Reading: real text in, parsed sentences out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.encoder import MODEL_FOLDER, SHAPES, encoder, shapes_of
from dragoman.reading import read, read_sentence, read_with_vectors
from dragoman.reading.inflection import base_form
from dragoman.reading.lemmas import apply_script, script_of
from dragoman.reading.names import best_tags, name_spans
from dragoman.reading.trees import best_tree
from dragoman.reading.words import words_of
from dragoman.records import Article, Part, Sentence


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in words_of(text)]


def article(text: str, **fields: str) -> Article:
    return Article("a1", text, "test", **fields)


def token(sentence: Sentence, word: str) -> int:
    return next(i for i, t in enumerate(sentence.tokens) if t.text == word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran's army didn't move.", ["Iran", "'s", "army", "did", "n't", "move", "."]),
        ("Iran’s army", ["Iran", "’s", "army"]),
        ("The U.S. has 5,000 troops.", ["The", "U.S.", "has", "5,000", "troops", "."]),
        ("Maj. Gen. Qasim Soleimani", ["Maj.", "Gen.", "Qasim", "Soleimani"]),
        ("by 170-0", ["by", "170", "-", "0"]),
        ("al-Hashd al-Sha'abi", ["al", "-", "Hashd", "al", "-", "Sha'abi"]),
        ("an anti-government rally", ["an", "anti-government", "rally"]),
        ("$25 million (20%)", ["$", "25", "million", "(", "20", "%", ")"]),
        ("at 10:30 a.m. sharp", ["at", "10:30", "a.m.", "sharp"]),
        ("They cannot stay...", ["They", "can", "not", "stay", "..."]),
    ],
)
def test_words_are_those_of_the_treebanks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("form", "upos", "features", "lemma"),
    [
        ("killed", "VERB", "Tense=Past|VerbForm=Fin", "kill"),
        ("shot", "VERB", "Tense=Past|VerbForm=Part|Voice=Pass", "shoot"),
        ("demonstrating", "VERB", "Tense=Pres|VerbForm=Part", "demonstrate"),
        ("planned", "VERB", "Tense=Past|VerbForm=Fin", "plan"),
        ("denies", "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "deny"),
        ("parties", "NOUN", "Number=Plur", "party"),
        ("gunmen", "NOUN", "Number=Plur", "gunman"),
        ("clashes", "NOUN", "Number=Plur", "clash"),
    ],
)
def test_lemmas_of_inflected_words(form: str, upos: str, features: str, lemma: str) -> None:
    model = encoder()
    known = model.lemmas[upos].__contains__
    assert base_form(form, upos, features, known, model.subwords.is_word) == lemma


@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_an_edit_script_can_always_be_applied(form: str, lemma: str) -> None:
    apply_script(form, script_of(form, lemma))


@pytest.mark.parametrize(("form", "lemma"), [("Studies", "study"), ("was", "be"), ("Baghdad", "Baghdad"), ("US", "US")])
def test_an_edit_script_turns_form_into_lemma(form: str, lemma: str) -> None:
    assert apply_script(form, script_of(form, lemma)) == lemma


def test_a_passive_with_its_agent() -> None:
    sentence, _ = read_sentence("The embassy was stormed by protesters.")
    stormed = sentence.tokens[token(sentence, "stormed")]
    assert stormed.lemma == "storm" and stormed.head == -1
    assert sentence.tokens[token(sentence, "embassy")].relation == "nsubj:pass"
    assert sentence.tokens[token(sentence, "protesters")].head == token(sentence, "stormed")


def test_names_are_found_with_their_kinds() -> None:
    sentence, _ = read_sentence("Emmanuel Macron met officials of the World Bank in Berlin.")
    found = {(" ".join(t.text for t in sentence.tokens[e.first : e.last + 1]), e.kind) for e in sentence.entities}
    assert {("Emmanuel Macron", "PER"), ("World Bank", "ORG"), ("Berlin", "LOC")} <= found


def test_the_shape_of_a_word_tells_us_from_the_us() -> None:
    assert shapes_of(["the", "US"]) != shapes_of(["the", "us"])
    assert len(set(SHAPES)) == len(SHAPES)


def test_title_and_standfirst_are_parts() -> None:
    text = "Protests spread\nThousands marched in three cities\nPolice watched from the bridges. Nobody was hurt."
    parsed = list(read([article(text, title="Protests spread", standfirst="Thousands marched in three cities")]))
    assert [s.part for s in parsed] == [Part.TITLE, Part.STANDFIRST, Part.BODY, Part.BODY]


def test_a_sentence_is_parsed_the_same_alone_and_in_company() -> None:
    first = "Turkish jets bombed Kurdish positions near Afrin on Sunday."
    second = "The parliament rejected the budget."
    alone = next(iter(read([article(first)])))
    together = list(read([article(f"{second}\n{first}\n{second}")]))[1]
    shift = len(second) + 1
    assert [(t.start + shift, t.lemma, t.head, t.relation, t.features) for t in alone.tokens] == [
        (t.start, t.lemma, t.head, t.relation, t.features) for t in together.tokens
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=160))
def test_any_text_is_read_without_a_shifted_offset(text: str) -> None:
    end = 0
    for sentence, vectors in read_with_vectors(article(text)):
        assert sentence.start >= end and sentence.text == text[sentence.start : sentence.end]
        end = sentence.end
        assert all(t.text == text[t.start : t.end] and t.text for t in sentence.tokens)
        assert sum(t.head < 0 for t in sentence.tokens) == 1
        assert len(encoder().events(vectors).events) == len(sentence.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 50_000,
        "word " * 10_000,
        "\u202eسلام " * 200,
        "🙂" * 500,
        "| a | b |\n" * 300,
        "STOP NOW " * 300,
        "\x00\x07 x",
        "." * 3000,
    ],
)
def test_monsters_are_read_in_pieces(text: str) -> None:
    sentences = list(read([article(text)]))
    assert all(s.text == text[s.start : s.end] for s in sentences)
    assert "".join(s.text for s in sentences).replace(" ", "").replace("\n", "") == "".join(text.split())


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.floats(-9, 9, width=32), min_size=n * (n + 1), max_size=n * (n + 1)).map(lambda x: (n, x))
    )
)
def test_the_best_tree_is_a_tree_with_one_root(drawn: tuple[int, list[float]]) -> None:
    import numpy as np

    size, values = drawn
    heads = best_tree(np.array(values, np.float32).reshape(size, size + 1))
    assert heads.count(0) == 1
    for word in range(1, size + 1):
        seen = set()
        while word:
            assert word not in seen
            seen.add(word)
            word = heads[word - 1]


@given(st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_no_tree_is_better_than_the_best(size: int, seed: int) -> None:
    import numpy as np

    arcs = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    arcs[:, 0] = [50, *[-50] * (size - 1)]  # the first word is the root, so that every other tree can be tried

    def is_tree(heads: tuple[int, ...]) -> bool:
        reached = {0}
        for _ in heads:
            reached |= {word for word, head in enumerate(heads, 1) if head in reached}
        return len(reached) == size + 1

    every = (heads for rest in product(range(1, size + 1), repeat=size - 1) if is_tree(heads := (0, *rest)))
    best = max(every, key=lambda heads: sum(float(arcs[word, head]) for word, head in enumerate(heads)))
    assert best_tree(arcs) == list(best)


def test_no_name_begins_in_its_middle() -> None:
    import numpy as np

    labels = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
    scores = np.array([[0, 0, 5, 0, 0], [0, 0, 0, 0, 5], [5, 0, 0, 0, 0]], np.float32)
    tags = best_tags(scores, labels)
    assert all(not (t[0] == "I" and (i == 0 or tags[i - 1][1:] != t[1:])) for i, t in enumerate(tags))
    assert name_spans(["B-ORG", "I-ORG", "O", "B-PER"]) == [(0, 1, "ORG"), (3, 3, "PER")]


def test_products_of_the_model_are_the_same_on_every_processor() -> None:
    """Without VNNI two products of 8 bits are summed in 16 bits, which overflow: weights of 7 bits never do."""
    onnx = pytest.importorskip("onnx")
    model = onnx.load(MODEL_FOLDER / "model.onnx")
    constants = {constant.name: onnx.numpy_helper.to_array(constant) for constant in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "DynamicQuantizeMatMul"]
    largest = max(int(abs(constants[node.input[1]].astype(int)).max()) for node in products)
    assert len(products) > 20
    assert 2 * 255 * largest <= 2**15 - 1
