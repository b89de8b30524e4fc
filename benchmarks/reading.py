"""How well and how fast the shipped model reads: `python -m benchmarks.reading --data DIR [--model DIR]`."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from pathlib import Path

from benchmarks.arguments import at_hand
from benchmarks.peers import our_row
from benchmarks.peers import show as show_peers
from benchmarks.reading_time import show as time_spent
from dragoman.encoder import MODEL_FOLDER, Encoder
from dragoman.reading import read_with_vectors
from dragoman.reading.parse import parse
from dragoman.reading.sentences import sentences_of
from dragoman.records import Article
from training.raw_text import raw_text
from training.treebanks import Sentence, join_names, read_conllu


def gold_words(sentences: list[Sentence], model: Encoder) -> dict[str, float]:
    """UPOS, lemma, UAS, LAS (universal labels) and names F1 on gold words, in percent.

    Attachment is of words that are no punctuation, and again ("all") of all words, as CoNLL 2018 counts it.
    """
    right: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for sentence in sentences:
        parsed = parse(sentence.words, model)
        for i in range(len(sentence.words)):
            right["words"] += 1
            right["upos"] += parsed.upos[i] == sentence.upos[i]
            right["lemma"] += parsed.lemmas[i] == sentence.lemmas[i]
            right["features"] += (parsed.features[i] or "_") == sentence.features[i]
            attached = parsed.heads[i] + 1 == sentence.heads[i]
            labelled = attached and universal(parsed.relations[i]) == universal(sentence.relations[i])
            right["uas all"] += attached
            right["las all"] += labelled
            if sentence.upos[i] != "PUNCT":
                right["scored"] += 1
                right["uas"] += attached
                right["las"] += labelled
        if sentence.names is not None:
            gold, found = spans(sentence.names), set(parsed.names)
            for kind in ("PER", "ORG", "LOC"):
                g, f = {x for x in gold if x[2] == kind}, {x for x in found if x[2] == kind}
                names[f"{kind} right"] += len(g & f)
                names[f"{kind} gold"] += len(g)
                names[f"{kind} found"] += len(f)
    result = {k: 100 * right[k] / right["words"] for k in ("upos", "lemma", "features", "uas all", "las all")}
    result |= {k: 100 * right[k] / right["scored"] for k in ("uas", "las")}
    if names:
        for kind in ("PER", "ORG", "LOC"):
            result[f"names {kind}"] = (
                200 * names[f"{kind} right"] / max(1, names[f"{kind} gold"] + names[f"{kind} found"])
            )
        total = [sum(n for k, n in names.items() if k.endswith(what)) for what in ("right", "gold", "found")]
        result["names"] = 200 * total[0] / max(1, total[1] + total[2])
    return {k: round(v, 2) for k, v in result.items()}


def universal(relation: str) -> str:
    """A relation without its subtype."""
    return relation.split(":")[0]


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """Name spans of IOB2 tags, (first, last, kind)."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag[0] == "B":
            found.append((i, i, tag[2:]))
        elif tag[0] == "I" and found:
            found[-1] = (found[-1][0], i, tag[2:])
    return set(found)


Word = tuple[int, int]
"""Where a word stands in the raw text."""


def raw_figures(sentences: list[Sentence], model: Encoder) -> dict[str, float]:
    """Sentences, words, UPOS, UAS and LAS F1 on raw text, the CoNLL 2018 way (punctuation counts), in percent."""
    text, gold_sentences, places = raw_text(sentences)
    gold: dict[Word, tuple[str, Word | None, str]] = {}
    for sentence, words in zip(sentences, places, strict=True):
        for i, word in enumerate(words):
            head = words[sentence.heads[i] - 1] if sentence.heads[i] else None
            gold[word] = (sentence.upos[i], head, universal(sentence.relations[i]))
    found: dict[Word, tuple[str, Word | None, str]] = {}
    for read_sentence, _ in read_with_vectors(Article("", text, ""), model):
        words = [(token.start, token.end) for token in read_sentence.tokens]
        for word, token in zip(words, read_sentence.tokens, strict=True):
            found[word] = (token.upos, words[token.head] if token.head >= 0 else None, universal(token.relation))
    both = gold.keys() & found.keys()
    right = {
        "raw upos": sum(gold[word][0] == found[word][0] for word in both),
        "raw uas": sum(gold[word][1] == found[word][1] for word in both),
        "raw las": sum(gold[word][1:] == found[word][1:] for word in both),
    }
    return {
        "sentences": f1(set(gold_sentences), set(sentences_of(text))),
        "words": f1(set(gold), set(found)),
        **{name: round(200 * count / (len(gold) + len(found)), 2) for name, count in right.items()},
    }


def f1(gold: set[tuple[int, int]], found: set[tuple[int, int]]) -> float:
    """F1 of two sets of spans, in percent."""
    return round(200 * len(gold & found) / max(1, len(gold) + len(found)), 2)


def speed(sentences: list[Sentence], model: Encoder) -> float:
    """Sentences a second, raw text to parsed sentences, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    text = raw_text(sentences)[0]
    list(read_with_vectors(Article("", text[:5000], ""), model))
    started = time.perf_counter()
    read = list(read_with_vectors(Article("", text, ""), model))
    return round(len(read) / (time.perf_counter() - started), 1)


def rows(file: str, table: dict[str, float]) -> list[dict[str, str]]:
    """Our figures on a file as rows like those of `peers.csv`: on gold words and on raw text, punctuation counted."""
    gold = {"upos": table["upos"], "uas": table["uas all"], "las": table["las all"]}
    if "names" in table:
        gold["names"] = table["names"]
    raw = {name: table[f"raw {name}"] for name in ("upos", "uas", "las")}
    raw |= {"sentences": table["sentences"], "words_f1": table["words"]}
    return [our_row(file, "gold", gold), our_row(file, "raw", raw)]


def main() -> None:
    """Print the table; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=at_hand, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    given = parser.parse_args()
    started = time.perf_counter()
    model = Encoder(given.model)
    model.score(["Hello", "."])
    figures: dict[str, float] = {"load_seconds": round(time.perf_counter() - started, 2)}
    names = {"en_ewt-test": "ewt", "en_gum-test": "gum", "en_pud-test": "pud", "en_political-heldout": "political"}
    words = []
    ours = []
    for file, short in names.items():
        sentences = read_conllu(given.data / "ud" / f"{file}.conllu.gz")
        annotated = given.data / "ner" / f"{file}.iob2.gz"
        for sentence in sentences:
            sentence.names = None
        if annotated.exists():
            join_names(sentences, annotated)
        table = gold_words(sentences, model) | raw_figures(sentences, model)
        print(f"{file:22}", "  ".join(f"{key} {value:.2f}" for key, value in table.items()), flush=True)
        figures |= {f"{short}_{key}": table[key] for key in ("upos", "uas", "las")}
        if "names" in table:
            figures[f"names_{short}_f1"] = table["names"]
        if short == "pud":
            figures["sentences_pud_f1"] = table["sentences"]
            figures["sentences_per_second"] = speed(sentences, model)
            figures |= time_spent(raw_text(sentences)[0], given.model)
        words.append(table["words"])
        ours += rows(file, table)
    figures["words_f1"] = min(words)
    figures["model_mb"] = round(sum(path.stat().st_size for path in given.model.iterdir()) / 1e6, 1)
    show_peers(ours)
    print(f"loads in {figures['load_seconds']} s; {figures['sentences_per_second']} sentences a second")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
