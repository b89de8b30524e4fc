"""How well and how fast the shipped model reads: `python -m benchmarks.reading --data DIR [--model DIR]`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from dragoman.encoder import Encoder
from dragoman.reading.parse import parse
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None)
    given = parser.parse_args()
    model = Encoder(given.model) if given.model else Encoder(Path("src/dragoman/encoder/model"))
    for name in ("en_ewt-dev", "en_ewt-test", "en_gum-test", "en_pud-test", "en_political-heldout"):
        sentences = read_conllu(given.data / "ud" / f"{name}.conllu.gz")
        names = given.data / "ner" / f"{name}.iob2.gz"
        for sentence in sentences:
            sentence.names = None
        if names.exists():
            join_names(sentences, names)
        print(name, gold_words(sentences, model), flush=True)


if __name__ == "__main__":
    main()
