"""How well ties, shifts, causes and incidents are found: `python -m benchmarks.stories`. The last line is JSON.

The sentences (`data/stories`) are our own; each set was divided by the hash of its texts before any
pattern was written, into a half to work with and a half that is only scored. A party agrees with the
gold's where the one's words are among the other's, a happening where its words hold the gold's word.
Incidents: see `benchmarks.incidents`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.pipeline import code
from dragoman.records import Article, Cause, CodedArticle, Party, Shift, Tie, slug

from . import incidents

DATA = Path(__file__).parent / "data" / "stories"

Gold = Mapping[str, Any]


def sentences(kind: str, half: str) -> Iterator[Gold]:
    """The sentences of a set ("ties") and half ("work" or "score"), each with what it asserts."""
    for line in (DATA / f"{kind}-{half}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def is_party(words: str | None, party: Party | None) -> bool:
    """Whether the gold's words and a party mean the same: the words of the one are among the other's."""
    if words is None or party is None:
        return words is None and party is None
    wanted = f"-{slug(words)}-"
    named = [f"-{slug(text)}-" for text in (party.text, party.name)]
    return any(wanted in found or found in wanted for found in named)


def is_tie(gold: Gold, tie: Tie, coded: CodedArticle) -> bool:
    """Ties agree in both parties, kind and polarity; a mutual one either way round."""
    if (gold["kind"], gold["polarity"]) != (tie.kind, tie.polarity):
        return False
    ways = [(tie.source, tie.target)]
    if tie.kind in ("allied_with", "hostile_to", "rival_of"):
        ways.append((tie.target, tie.source))
    return any(is_party(gold["from"], one) and is_party(gold["to"], other) for one, other in ways)


def is_shift(gold: Gold, shift: Shift, coded: CodedArticle) -> bool:
    """Shifts agree in who, away from whom and toward whom."""
    sides = (("who", shift.who), ("away_from", shift.away_from), ("toward", shift.toward))
    return all(is_party(gold[side], party) for side, party in sides)


def is_cause(gold: Gold, cause: Cause, coded: CodedArticle) -> bool:
    """Causes agree in both happenings and in the direction."""
    triggers = {event.id: str(event.trigger) for event in coded.events}
    found = {"cause": triggers.get(cause.cause, cause.cause), "effect": triggers.get(cause.effect, cause.effect)}
    return all(f" {gold[side]} " in f" {words} " for side, words in found.items())


SAME: Mapping[str, Callable[[Gold, Any, CodedArticle], bool]] = {"ties": is_tie, "shifts": is_shift, "causes": is_cause}


def measured(kind: str, half: str, show: bool = False) -> tuple[int, int, int]:
    """Matched, predicted and gold records of a set's half; `show` prints what differs."""
    matched = predicted = wanted = 0
    for number, sentence in enumerate(sentences(kind, half)):
        coded = code(Article(f"{kind}-{number}", sentence["text"], "benchmark", published="2020-01-27"))
        found = list(getattr(coded, kind))
        predicted += len(found)
        wanted += len(sentence[kind])
        for gold in sentence[kind]:
            same = next((record for record in found if SAME[kind](gold, record, coded)), None)
            if same is not None:
                found.remove(same)
                matched += 1
            elif show:
                print("missed", gold, "|", sentence["text"])
        if show:
            for record in found:
                print("extra ", described(kind, record, coded), "|", sentence["text"])
    return matched, predicted, wanted


def described(kind: str, record: Any, coded: CodedArticle) -> str:
    """A record in a line."""
    if kind == "ties":
        return f"{record.source.text} {record.kind}{record.polarity} {record.target.text} [{record.pattern}]"
    if kind == "shifts":
        sides = (record.who, record.away_from, record.toward)
        return " / ".join(side.text if side else "-" for side in sides) + f" [{record.pattern}]"
    triggers = {event.id: str(event.trigger) for event in coded.events}
    names = (triggers.get(record.cause, record.cause), triggers.get(record.effect, record.effect))
    return " > ".join(names) + f" [{record.pattern}]"


def main() -> None:
    """Score both halves and print the table; the figures of the last line are those of the scored halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=(*SAME, "incidents"), help="print what differs in the half to work with")
    given = parser.parse_args()
    if given.show == "incidents":
        print(incidents.measured("work", show=True))
        return
    if given.show:
        print(measured(given.show, "work", show=True))
        return
    figures: dict[str, float] = {}
    print(f"{'set':7} {'half':6} {'P':>6} {'R':>6} {'F1':>6}  matched/predicted/gold")
    for kind in SAME:
        for half in ("work", "score"):
            matched, predicted, wanted = measured(kind, half)
            f1 = 2 * matched / max(1, predicted + wanted)
            numbers = f"{matched / max(1, predicted):6.3f} {matched / wanted:6.3f} {f1:6.3f}"
            print(f"{kind:7} {half:6} {numbers}  {matched}/{predicted}/{wanted}")
            figures[f"{kind}_f1"] = round(f1, 4)
    figures |= incident_figures()
    print(json.dumps(figures))


def incident_figures() -> dict[str, float]:
    """Print how both halves of the stories are linked; the figures are those of the scored half."""
    figures: dict[str, float] = {}
    for half in ("work", "score"):
        found = incidents.measured(half)
        pairwise, b_cubed = incidents.f1(*found.pairwise), incidents.f1(*found.b_cubed)
        right, told, met = found.disputes
        false_disputes = round((told - right) / told, 4) if told else 0.0
        print(f"incidents {half}: {found.found} of {found.marked} marked words with an event; of these:")
        for name, (precision, recall) in (("pairwise", found.pairwise), ("B-cubed", found.b_cubed)):
            print(f"  {name:10} {precision:6.3f} {recall:6.3f} {incidents.f1(precision, recall):6.3f}")
        print(f"  pairwise with what has no event counted as missed: F1 {incidents.f1(*found.pairwise_of_all):.3f}")
        print(f"  disputes: {right} right of {told} told; {met} of {found.wanted[0]} found")
        right, told, met = found.updates
        print(f"  updates: {right} right of {told} told; {met} of {found.wanted[1]} found")
        figures = {
            "incidents_pairwise_f1": round(pairwise, 4),
            "incidents_bcubed_f1": round(b_cubed, 4),
            "false_disputes": false_disputes,
        }
    return figures


if __name__ == "__main__":
    main()
