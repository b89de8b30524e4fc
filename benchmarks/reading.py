"""How well and how fast the shipped model reads: `python -m benchmarks.reading --data DIR [--model DIR]`."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from pathlib import Path

from dragoman.encoder import MODEL_FOLDER, Encoder
from dragoman.reading import read_with_vectors
from dragoman.reading.parse import parse
from dragoman.reading.sentences import sentences_of
from dragoman.reading.words import words_of
from dragoman.records import Article
from training.raw_text import raw_text
from training.treebanks import Sentence, join_names, read_conllu


def gold_words(sentences: list[Sentence], model: Encoder) -> dict[str, float]:
    """UPOS, lemma, UAS, LAS (no punctuation, universal labels) and names F1 on gold words, in percent."""
    right: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for sentence in sentences:
        parsed = parse(sentence.words, model)
        for i in range(len(sentence.words)):
            right["words"] += 1
            right["upos"] += parsed.upos[i] == sentence.upos[i]
            right["lemma"] += parsed.lemmas[i] == sentence.lemmas[i]
            right["features"] += (parsed.features[i] or "_") == sentence.features[i]
            if sentence.upos[i] == "PUNCT":
                continue
            right["scored"] += 1
            attached = parsed.heads[i] + 1 == sentence.heads[i]
            right["uas"] += attached
            same = parsed.relations[i].split(":")[0] == sentence.relations[i].split(":")[0]
            right["las"] += attached and same
        if sentence.names is not None:
            gold, found = spans(sentence.names), set(parsed.names)
            for kind in ("PER", "ORG", "LOC"):
                g, f = {x for x in gold if x[2] == kind}, {x for x in found if x[2] == kind}
                names[f"{kind} right"] += len(g & f)
                names[f"{kind} gold"] += len(g)
                names[f"{kind} found"] += len(f)
    result = {k: 100 * right[k] / right["words"] for k in ("upos", "lemma", "features")}
    result |= {k: 100 * right[k] / right["scored"] for k in ("uas", "las")}
    if names:
        for kind in ("PER", "ORG", "LOC"):
            result[f"names {kind}"] = (
                200 * names[f"{kind} right"] / max(1, names[f"{kind} gold"] + names[f"{kind} found"])
            )
        total = [sum(n for k, n in names.items() if k.endswith(what)) for what in ("right", "gold", "found")]
        result["names"] = 200 * total[0] / max(1, total[1] + total[2])
    return {k: round(v, 2) for k, v in result.items()}


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """Name spans of IOB2 tags, (first, last, kind)."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag[0] == "B":
            found.append((i, i, tag[2:]))
        elif tag[0] == "I" and found:
            found[-1] = (found[-1][0], i, tag[2:])
    return set(found)


def raw_figures(sentences: list[Sentence]) -> dict[str, float]:
    """Sentences and words F1 on raw text, the CoNLL 2018 way, in percent."""
    text, gold_sentences, gold_words_by_sentence = raw_text(sentences)
    found = sentences_of(text)
    words = {(a + start, b + start) for start, end in found for a, b in words_of(text[start:end])}
    return {
        "sentences": f1(set(gold_sentences), set(found)),
        "words": f1({word for inside in gold_words_by_sentence for word in inside}, words),
    }


def f1(gold: set[tuple[int, int]], found: set[tuple[int, int]]) -> float:
    """F1 of two sets of spans, in percent."""
    return round(200 * len(gold & found) / max(1, len(gold) + len(found)), 2)


def speed(sentences: list[Sentence], model: Encoder) -> dict[str, float]:
    """Raw text to parsed sentences on one core: sentences a second, and the share of the encoder."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    text = raw_text(sentences)[0]
    article = Article("bench", text, "bench")
    list(read_with_vectors(Article("warm", text[:5000], "warm"), model))
    started = time.perf_counter()
    read = [sentence for sentence, _ in read_with_vectors(article, model)]
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    for sentence in read:
        model.score([token.text for token in sentence.tokens])
    return {
        "sentences_per_second": round(len(read) / seconds, 1),
        "encoder_share": round((time.perf_counter() - started) / seconds, 3),
    }


def main() -> None:
    """Print the table; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    given = parser.parse_args()
    if not given.data.exists():
        raise SystemExit(f"The treebanks in {given.data} are not here; there is nothing to measure against.")
    started = time.perf_counter()
    model = Encoder(given.model)
    model.score(["Hello", "."])
    figures: dict[str, float] = {"load_seconds": round(time.perf_counter() - started, 2)}
    names = {"en_ewt-test": "ewt", "en_gum-test": "gum", "en_pud-test": "pud", "en_political-heldout": "political"}
    words = []
    for file, short in names.items():
        sentences = read_conllu(given.data / "ud" / f"{file}.conllu.gz")
        annotated = given.data / "ner" / f"{file}.iob2.gz"
        for sentence in sentences:
            sentence.names = None
        if annotated.exists():
            join_names(sentences, annotated)
        table = gold_words(sentences, model) | raw_figures(sentences)
        print(f"{file:22}", "  ".join(f"{key} {value:.2f}" for key, value in table.items()), flush=True)
        figures |= {f"{short}_{key}": table[key] for key in ("upos", "uas", "las")}
        if "names" in table:
            figures[f"names_{short}_f1"] = table["names"]
        if short == "pud":
            figures["sentences_pud_f1"] = table["sentences"]
            figures |= speed(sentences, model)
        words.append(table["words"])
    figures["words_f1"] = min(words)
    figures["model_mb"] = round(sum(path.stat().st_size for path in given.model.iterdir()) / 1e6, 1)
    print(f"loads in {figures['load_seconds']} s; the encoder takes {figures['encoder_share']:.0%} of reading")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
