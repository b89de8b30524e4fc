"""Who is meant: country and sector of parties, and what pronouns and described parties resolve to.

`python -m benchmarks.anaphora --gold DIR`. Measured on the events that match the gold at dyad level. Country and sector
count for each gold party that has a partner by its words, where the gold knows them. A gold party that is a pronoun or
a description is resolved where the partner's name is the gold's, by its words or as the same actor of the knowledge
base; one without a partner is not resolved.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from benchmarks import coding
from benchmarks.arguments import at_hand
from dragoman.actors import certain, knowledge
from dragoman.actors import same_party as same_actor
from dragoman.evaluation import dyad_matches, same_party
from dragoman.records import Actor

Record = dict[str, Any]
SIDES = ("actor", "recipient")
PRONOUNS = frozenset(
    "i me my he him his she her hers it its they them their theirs we us our this that these those both".split()
)
PHRASE_END = re.compile(r" (?:of|on|in|from|wearing|between|and) ")


def kind_of(party: Record, sentence: str) -> str:
    """Whether a gold party is a "pronoun", a "nominal" (its head is a common noun) or a "name"."""
    text = party["text"]
    if text.lower() in PRONOUNS and text != "US":
        return "pronoun"
    head = PHRASE_END.split(text)[0].split()[-1]
    opens = sentence.startswith(text) and head == text and head not in party["name"].split()
    return "nominal" if opens or (head[:1].islower() and not head.startswith("al-")) else "name"


def partner(party: Record, ours: Record, side: str) -> Record | None:
    """Our party for a gold one: of its words on its side, else on the other (in mutual acts all are actors)."""
    other = SIDES[1 - SIDES.index(side)]
    every = [*ours[side], *ours[other]]
    same_words = [mine for mine in every if mine["text"].lower() == party["text"].lower()]
    able = [*same_words, *(mine for mine in every if same_party(mine, party))]
    return next((mine for mine in able if is_resolved(party, mine)), next(iter(able), None))


def partners(pairs: Sequence[tuple[Any, Any]]) -> Iterator[tuple[Record, Record | None, str]]:
    """Each gold party of the matched events, its partner, and its kind."""
    for ours, gold in pairs:
        for side in SIDES:
            for party in gold[side]:
                yield party, partner(party, ours, side), kind_of(party, gold["sent_text"])


def is_resolved(party: Record, mine: Record | None) -> bool:
    """Whether our party names whom the gold names."""
    if mine is None:
        return False
    name = {"text": mine["name"], "name": mine["name"]}
    return same_party(name, {"text": party["name"]}) or same_actor(mine["name"], party["name"], _known())


@cache
def _known() -> Callable[[str, str], Actor | None]:
    return certain(knowledge())


def share(right: int, of: int) -> float:
    """A share, 0 of nothing."""
    return right / max(1, of)


def measured(pairs: Sequence[tuple[Any, Any]]) -> dict[str, float]:
    """Shares of matched events' parties (0 to 1); `pairs` are (predicted, gold) as `evaluation.dyad_matches` has them.

    `actor_country` and `actor_sector` of the codes, `anaphora` of pronouns and nominals resolved, and both of these.
    """
    every = list(partners(pairs))
    codes = [(mine["code"].split(), party["code"].split()) for party, mine, _ in every if mine]
    countries = [(ours[:1], gold[:1]) for ours, gold in codes if gold[:1] not in ([], ["UNK"])]
    sectors = [(ours[1:], gold[1]) for ours, gold in codes if len(gold) > 1 and gold[1] != "UNK"]
    pointing = [(kind, is_resolved(party, mine)) for party, mine, kind in every if kind != "name"]
    found = {
        "actor_country": share(sum(ours == gold for ours, gold in countries), len(countries)),
        "actor_sector": share(sum(gold in ours for ours, gold in sectors), len(sectors)),
        "anaphora": share(sum(right for _, right in pointing), len(pointing)),
    }
    for kind in ("pronoun", "nominal"):
        some = [right for found_kind, right in pointing if found_kind == kind]
        found[f"{kind}s"] = share(sum(some), len(some))
    return found


def main() -> None:
    """Measure both parts, list what fails in the one that may be read; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=at_hand, required=True)
    given = parser.parse_args()
    figures: dict[str, float] = {}
    for part in ("read", "score"):
        documents = coding.documents(given.gold, part)
        pairs = [pair for article, events in documents for pair in dyad_matches(events, coding.coded(article))]
        found = measured(pairs)
        figures |= {f"{'read_' if part == 'read' else ''}{name}": round(value, 4) for name, value in found.items()}
        if part == "read":
            for party, mine, kind in partners(pairs):
                ours = f"{mine['text']} = {mine['name']} ({mine['code']})" if mine else "nobody"
                right = is_resolved(party, mine) if kind != "name" else True
                if not right or (mine and mine["code"] != party["code"]):
                    print(f"{kind:8} {party['text']} = {party['name']} ({party['code']}): {ours}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
