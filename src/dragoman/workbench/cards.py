"""The records of an article as cards, in the order of the text, and the marks that they leave in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .. import library
from ..deciding import on_article
from ..evaluation import corrected, judged
from ..records import Cause, Decision, Event, Party, Sentence, Shift, Tie
from ..telling import Highlight, Told, wording
from .editing import FIELDS, as_text

__all__ = ["Card", "cards_of", "marks_of"]

Record = Event | Tie | Shift | Cause


@dataclass(frozen=True)
class Card:
    """A record as its card shows it.

    `facts` are what it says (label, words); `why` how it was found; `changes` what people say instead (label, before,
    after, who). `told` is there for the machine's events; one that a person added has only its facts.
    """

    id: str
    kind: str
    start: int
    end: int
    sentence: int
    head: str
    said: str
    facts: tuple[tuple[str, str], ...]
    why: tuple[tuple[str, str], ...]
    decisions: tuple[Decision, ...]
    record: Mapping[str, object]
    told: Told | None = None
    confidence: float | None = None

    @property
    def changes(self) -> list[tuple[str, str, str, str]]:
        """What people say instead of the machine: field, before, after, who."""
        return [
            (words, as_text(widget, self.record.get(name)), as_text(widget, value), decision.who)
            for decision in self.decisions
            if decision.judgement == "corrected"
            for name, value in corrected(decision).items()
            for words, widget in (FIELDS[self.kind][name],)
        ]

    @property
    def quad(self) -> int | None:
        """The quad category of an event."""
        return self.told.quad if self.told else None

    @property
    def judgement(self) -> str:
        """One word for how it stands."""
        said = {one.judgement for one in self.decisions}
        return said.pop() if len(said) == 1 else "disagreed" if said else "nobody"

    def of(self, who: str) -> Decision | None:
        """What one person decided."""
        return next((one for one in reversed(self.decisions) if one.who == who), None)


def cards_of(
    archive: library.Archive, article: str, sentences: Sequence[Sentence]
) -> tuple[list[Card], list[Decision]]:
    """The cards of an article, and the decisions on it whose record is coded no more."""
    store = archive.store
    decided, lost = on_article(store, article)
    text = store.article(article)
    events = list(store.events(article=article))
    ties, shifts = list(store.ties(article=article)), list(store.shifts(article=article))
    causes = list(store.causes(article=article))
    parties = [party for event in events for party in (*event.actor, *event.recipient)]
    parties += [party for tie in ties for party in (tie.source, tie.target)]
    parties += [party for shift in shifts for party in (shift.who, shift.away_from, shift.toward) if party]
    names = store.called(party.id for party in parties if party.id)
    by_index = {sentence.index: sentence for sentence in sentences}
    triggers = {event.id: event.trigger or "" for event in events}
    found = [_event(Told(event, text, by_index.get(event.sentence or 0), names), decided) for event in events]
    found += [_tie(tie, names, decided) for tie in ties]
    found += [_shift(shift, names, triggers, decided) for shift in shifts]
    found += [_cause(cause, triggers, decided) for cause in causes]
    found += _added(decided)
    return sorted(found, key=lambda card: (card.start, card.end, card.kind, card.id)), lost


def _name(party: Party, names: Mapping[str, str]) -> str:
    return names.get(party.id or "", "") or party.name or party.text


def _known(party: Party, names: Mapping[str, str]) -> tuple[str, str]:
    """How it is known whom the words of a party mean."""
    code = f", {party.code}" if party.code else ""
    return f"“{party.text}”", f"{_name(party, names)}{code}: {party.why}"


def _event(told: Told, decided: Mapping[str, list[Decision]]) -> Card:
    event = told.event
    when, where = event.when, event.where
    facts = [("When", told.date if when else ""), ("Where", where.name if where else ""), ("Figures", told.counts)]
    facts += [("Said by", event.said_by.name if event.said_by else ""), ("Context", ", ".join(event.contexts))]
    why = [("Found by", event.frame), ("Certainty", f"{event.confidence:.2f} of 1")]
    why += [_known(party, told.names) for party in (*event.actor, *event.recipient)]
    if when:
        why.append(("Date", f"“{when.text}”, from {when.basis}" if when.text else f"from {when.basis}"))
    if where:
        country = f", {where.country}" if where.country else ""
        why.append(("Place", f"“{where.text}”, known to the {where.precision}{country}"))
    return Card(
        event.id, "event", event.trigger_start or 0, event.trigger_end or 0, event.sentence or 0, told.what, "",
        tuple((label, words) for label, words in facts if words), tuple(why), tuple(decided.get(event.id, ())),
        judged(event, told.article, told.sentence), told, event.confidence,
    )  # fmt: skip


def _placed(record: Tie | Shift | Cause) -> tuple[int, int, int]:
    return record.start, record.end, record.sentence


def _tie(tie: Tie, names: Mapping[str, str], decided: Mapping[str, list[Decision]]) -> Card:
    denied = "not so: " if tie.polarity == "-" else ""
    said = f"{_name(tie.source, names)} {denied}{wording.KIND_WORDS.get(tie.kind, tie.kind)} {_name(tie.target, names)}"
    why = (("Found by", tie.pattern), _known(tie.source, names), _known(tie.target, names))
    facts = (("When", tie.time),) if tie.time else ()
    return Card(
        tie.id, "tie", *_placed(tie), "Tie", said, facts, why, tuple(decided.get(tie.id, ())), judged(tie, None, None)
    )


def _shift(
    shift: Shift, names: Mapping[str, str], triggers: Mapping[str, str], decided: Mapping[str, list[Decision]]
) -> Card:
    parties = {"who": shift.who, "away": shift.away_from, "toward": shift.toward}
    said = wording.shift(shift, {role: wording.the(_name(party, names)) for role, party in parties.items() if party})
    facts = [("When", wording.when(shift.when) if shift.when else "")]
    facts.append(("After", f"“{triggers.get(shift.after, shift.after)}”" if shift.after else ""))
    why = (("Found by", shift.pattern), *(_known(party, names) for party in parties.values() if party))
    return Card(
        shift.id, "shift", *_placed(shift), "Change of side", said, tuple(fact for fact in facts if fact[1]), why,
        tuple(decided.get(shift.id, ())), judged(shift, None, None),
    )  # fmt: skip


def _cause(cause: Cause, triggers: Mapping[str, str], decided: Mapping[str, list[Decision]]) -> Card:
    first, second = (triggers.get(one, one) for one in (cause.cause, cause.effect))
    return Card(
        cause.id, "cause", *_placed(cause), "Cause", f"“{first}” led to “{second}”", (),
        (("Found by", cause.pattern),), tuple(decided.get(cause.id, ())), judged(cause, None, None),
    )  # fmt: skip


def _added(decided: Mapping[str, list[Decision]]) -> Iterator[Card]:
    """Events that people added; each stands on the decision that says so."""
    for record, decisions in decided.items():
        first = decisions[0]
        if first.judgement != "added":
            continue
        place, fields = json.loads(first.judged or "{}"), corrected(first)
        sides = [as_text("parties", fields.get(side)) for side in ("actor", "recipient")]
        facts = [
            (words, as_text(widget, fields.get(name)))
            for name, (words, widget) in FIELDS["event"].items()
            if name not in ("type", "mode", "actor", "recipient") and fields.get(name) not in (None, {}, "actual")
        ]
        head = ", ".join(str(part) for part in (fields.get("type"), fields.get("mode")) if part)
        said = " → ".join(side for side in (sides[0] or "unnamed", sides[1]) if side)
        yield Card(
            record, "event", place["start"], place["end"], place["sent"], head, said, tuple(facts), (),
            tuple(decisions), {**place, **fields},
        )  # fmt: skip


def marks_of(cards: Iterable[Card]) -> list[Highlight]:
    """The marks of cards in the text: what a record rests on, its parties, and the words of its date and place."""
    found = []
    for card in cards:
        css = f"trigger k{card.quad or 0}" if card.kind == "event" else card.kind
        if card.judgement == "rejected":
            css += " rejected"
        found.append(Highlight(card.start, card.end, css, card.head, 2 if card.kind == "event" else 0, card.id))
        if card.told is None:
            continue
        event, sentence = card.told.event, card.told.sentence
        for role, parties in (("actor", event.actor), ("recipient", event.recipient)):
            for party in parties:
                title = f"{role}: {card.told.name(party)}"
                found.append(Highlight(party.start, party.end, f"side {role}", title, 1, card.id))
        found += _details(event, sentence, card.id) if sentence else []
    return found


def _details(event: Event, sentence: Sentence, card: str) -> Iterator[Highlight]:
    said = (
        ("date", event.when.text if event.when else None),
        ("place", event.where.text if event.where else None),
        ("said by", event.said_by.text if event.said_by else None),
        *(("figure", count.text) for count in event.counts),
    )
    for title, words in said:
        at = sentence.text.find(words) if words else -1
        if words and at >= 0:
            yield Highlight(sentence.start + at, sentence.start + at + len(words), "detail", title, -1, card)
