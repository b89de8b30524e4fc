"""Dragoman beside its peers on one text: `python -m benchmarks.side_by_side --gold DIR [--part read]`.

Sentences a second on one core, peak memory and accuracy by the codebook's rules, each in a process of its own:

- Dragoman with its own model;
- Dragoman reading with each spaCy pipeline that is installed (`python -m spacy download en_core_web_sm`);
- Universal PETRARCH over UDPipe's parses, where `UNIVERSAL_PETRARCH` is the folder that holds its `petrarch_ud.py`,
  `UDPIPE_MODEL` a model file, and `pip install ufal.udpipe` was run (`PETRARCH_PYTHON`: the Python that runs it).

A peer that is not installed is skipped with a line (docs/peers.md says how to install them). The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from benchmarks.arguments import at_hand
from benchmarks.coding import documents, exported
from dragoman.codebook import from_cameo
from dragoman.evaluation import score
from dragoman.pipeline import code
from dragoman.records import Article

Found = tuple[list[dict[str, Any]], int]
"""The events found, in the shape that is scored, and the number of sentences read."""


def with_reader(reader: str) -> Callable[[list[Article]], Found]:
    """What codes articles with our own model (an empty name) or a spaCy pipeline."""

    def run(articles: list[Article]) -> Found:
        found: list[dict[str, Any]] = []
        number = 0
        for article in articles:
            coded = code(article, reader=reader)
            sentences = {sentence.index: sentence for sentence in coded.sentences}
            number += len(coded.sentences)
            found += [exported(event, article, sentences[int(event.sentence or 0)]) for event in coded.events]
        return found, number

    return run


def petrarch(articles: list[Article]) -> Found:
    """What Universal PETRARCH codes on UDPipe's parses of the sentences; it gives codes of parties, not their words."""
    sentences = [(article, index, text) for article in articles for index, text in enumerate(article.text.split("\n"))]
    home = Path(os.environ["UNIVERSAL_PETRARCH"]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "parsed.xml", Path(folder) / "events.txt"
        parse = _udpipe(os.environ["UDPIPE_MODEL"])
        given.write_text(_xml(sentences, parse), encoding="utf-8")
        python = os.environ.get("PETRARCH_PYTHON", sys.executable)
        call = [python, "petrarch_ud.py", "batch", "-i", str(given), "-o", str(made)]
        subprocess.run(call, cwd=home, check=True, capture_output=True)
        lines = made.read_text(encoding="utf-8").splitlines()
    return list(petrarch_events(lines, sentences)), len(sentences)


def _udpipe(model: str) -> Callable[[str], str]:
    from ufal.udpipe import Model, Pipeline

    loaded = Model.load(model)
    if loaded is None:
        raise SystemExit(f"UDPipe cannot load the model {model}.")
    pipeline = Pipeline(loaded, "tokenize", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")

    def parse(text: str) -> str:
        rows = [line.split("\t") for line in pipeline.process(text).splitlines() if line[:1].isdigit()]
        return "".join("\t".join(row[:8]) + "\n" for row in rows if row[0].isdigit())

    return parse


def _xml(sentences: list[tuple[Article, int, str]], parse: Callable[[str], str]) -> str:
    """Sentences as Universal PETRARCH reads them: each a story of its own, numbered, with its parse."""
    parts = ["<?xml version='1.0' encoding='utf-8'?>\n<Sentences>\n"]
    for number, (article, _, text) in enumerate(sentences):
        day = (article.published or "2020-01-01")[:10].replace("-", "")
        head = f"<Sentence date={quoteattr(day)} id='S{number}_1' sentence='True' source='X'>"
        parts.append(f"{head}\n<Text>\n{escape(text)}\n</Text>\n<Parse>{escape(parse(text))}</Parse></Sentence>\n")
    return "".join([*parts, "</Sentences>\n"])


def petrarch_events(lines: list[str], sentences: list[tuple[Article, int, str]]) -> Iterator[dict[str, Any]]:
    """The events of its output, a line each: day, source, target, CAMEO code, issues, ids of sentences, outlet."""
    for line in lines:
        cells = line.split("\t")
        if len(cells) < 6:
            continue
        for identity in cells[5].split(";"):
            article, index, text = sentences[int(identity[1:].partition("_")[0])]
            kind = from_cameo(cells[3])
            if kind is not None:
                parties = [
                    [{"text": code, "name": code, "code": code}] if code.strip("-") else [] for code in cells[1:3]
                ]
                yield {
                    "id": f"{identity} {line}",
                    "article": {"id": article.id, "source": article.source},
                    "sentence": {"index": index, "text": text},
                    "type": kind.type,
                    "mode": kind.mode,
                    "actor": parties[0],
                    "recipient": parties[1],
                    "status": "actual",
                    "counts": [],
                    "date": None,
                    "place": None,
                    "said_by": None,
                    "confidence": 1.0,
                }


def peers() -> dict[str, Callable[[list[Article]], Found] | str]:
    """Each peer and what runs it, or why it is skipped."""
    found: dict[str, Callable[[list[Article]], Found] | str] = {"Dragoman": with_reader("")}
    try:
        import spacy

        pipelines = sorted(name for name in spacy.util.get_installed_models() if name.startswith("en_"))
    except ImportError:
        pipelines = []
    for name in pipelines:
        found[f"Dragoman over {name}"] = with_reader(name)
    if not pipelines:
        found["Dragoman over a spaCy pipeline"] = "no English pipeline of spaCy is installed"
    found["Universal PETRARCH"] = _why_not() or petrarch
    return found


def _why_not() -> str | None:
    for name in ("UNIVERSAL_PETRARCH", "UDPIPE_MODEL"):
        if not os.environ.get(name):
            return f"{name} is not set"
    try:
        import ufal.udpipe  # noqa: F401
    except ImportError:
        return "ufal.udpipe is not installed"
    return None


def measured(name: str, gold: Path, part: str) -> dict[str, float]:
    """Speed, memory and accuracy of one peer, in this process on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    given = list(documents(gold, part))
    articles, wanted = [article for article, _ in given], [event for _, events in given for event in events]
    run = peers()[name]
    assert not isinstance(run, str)
    run(articles[:1])  # what it loads is not measured
    started = _seconds()
    found, sentences = run(articles)
    seconds = _seconds() - started
    levels = score(wanted, found).levels
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    f1 = {f"{level}_f1": round(level_found.f1, 3) for level, level_found in levels.items()}
    return {"sentences_per_second": round(sentences / seconds, 1), "peak_mb": round(memory), **f1}


def _seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Run every peer that is installed; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=at_hand, required=True)
    parser.add_argument("--part", default="read")
    parser.add_argument("--one", default=None, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one, given.gold, given.part)))
        return
    figures: dict[str, Mapping[str, float]] = {}
    for name, run in peers().items():
        if isinstance(run, str):
            print(f"{name}: skipped, {run}")
            continue
        call = [
            sys.executable,
            "-m",
            "benchmarks.side_by_side",
            "--gold",
            str(given.gold),
            "--part",
            given.part,
            "--one",
            name,
        ]
        figures[name] = json.loads(
            subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]
        )
        print(f"{name}: " + ", ".join(f"{what} {value:g}" for what, value in figures[name].items()))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
