"""Sentences and mentions of one article to events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ..records import Article, DatedFact, Event, Mention, Party, Sentence, Status, Trace, When, event_id
from .confidence import LEAST, confidence_of
from .counts import counts_of, undated_numbers
from .dating import dated_events
from .frames import Frame, Frames
from .judgement import Judgement
from .lexicons import ending_verbs, sport_words
from .matching import Fit, fits_of
from .merging import Coded, merged_events
from .numbers import Number
from .parties import UNRESOLVED, PartyFinder, by_sentence
from .quotations import with_quoted
from .speakers import speaker_of, tellers
from .status import is_demanded, status_of
from .syntax import Tree
from .weighing import is_learned, weighed
from .when import Times, times_of, when_of
from .where import Site, sites_of, where_of

__all__ = ["across_sentences", "code_article", "code_sentence", "coded_fits"]

Place = tuple[int | None, int, int]
"""Sentence, start and end of a mention."""

CONTENT = frozenset(("REQUEST", "THREATEN", "AGREE", "REJECT", "CONCEDE"))
"""Types whose content is not coded again (codebook, "Event")."""

VIOLENT = frozenset(("ASSAULT",))
"""Types whose victims need not be political where the article tells of a conflict (of a crime it does not)."""

STANDING = frozenset(("SUPPORT", "AID", "COOPERATE"))
"""Types whose participles describe how parties stand ("militias backed by Iran"), not what happened."""

POLITICAL_BY_ITSELF = frozenset(("PROTEST",))
"""Types that make a political party of whoever does them."""

ENOUGH_CONFLICT = 2
"""Violent events between political parties from which on an article tells of a conflict."""

TOLD = frozenset(("CONSULT", "AGREE", "REQUEST", "SUPPORT", "COOPERATE", "CONCEDE"))
"""Types that talking to the press is not ("told Reuters", "spoke to AFP")."""

ARMED = frozenset(("ASSAULT", "MOBILIZE"))
"""Types that a state does by its armed forces: "Iran fired missiles" is by IRN MIL."""

HAPPENINGS = frozenset(("ASSAULT", "PROTEST", "REQUEST"))
"""Types whose nouns deep in a demand report what happened ("an inquiry into the killing of protesters")."""

SURE_OF_STATUS = 0.95
"""From this probability on the network's status stands against the rules'."""

NOT = frozenset(("not", "n't", "n’t", "never"))

FUTURE_TYPE = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}
"""PLOVER, "Auxiliary modes": when a type and its future equal another type, the other is used."""


@dataclass(frozen=True, slots=True)
class _Particulars:
    """What a sentence tells that may belong to any of its events: its time expressions, places and numbers."""

    times: Times
    sites: Sequence[Site]
    numbers: Sequence[Number]


def code_article(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    frames: Frames,
    judgements: Sequence[Judgement] = (),
    facts: Sequence[DatedFact] = (),
) -> Iterator[Event]:
    """The events of an article, in order of sentence and trigger.

    `judgements` are the network's, one a sentence; where the reader gives none, the frames code alone. `facts` are what
    the knowledge base knows of the parties.
    """
    named = by_sentence(mentions)
    found: list[Event] = []
    for sentence, judgement in zip_longest(sentences, judgements):
        events, _ = code_sentence(article, sentence, named[sentence.index], frames, judgement)
        found += events
    political = _political(mentions)
    conflict = sum(event.type in VIOLENT and _is_political(event, political) for event in found)
    kept = [e for e in found if e.type not in VIOLENT or conflict >= ENOUGH_CONFLICT or _is_political(e, political)]
    yield from across_sentences(article, sentences, mentions, kept, facts)


def across_sentences(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    events: Sequence[Event],
    facts: Sequence[DatedFact] = (),
) -> list[Event]:
    """The events of sentences with what only the article tells of them: who is quoted, and when they happened."""
    return dated_events(article, sentences, with_quoted(sentences, mentions, events), facts)


def _political(mentions: Sequence[Mention]) -> set[Place]:
    """Where political parties are named; a place or capital may stand for one."""
    return {(m.sentence, m.start, m.end) for m in mentions if m.political or m.kind in ("place", "capital")}


def _is_political(event: Event, political: set[Place]) -> bool:
    """Whether a political party takes part; an event that names nobody is judged by its frame alone."""
    parties = (*event.actor, *event.recipient)
    return not parties or any((event.sentence, p.start, p.end) in political for p in parties)


def code_sentence(
    article: Article,
    sentence: Sentence,
    mentions: Sequence[Mention],
    frames: Frames,
    judgement: Judgement | None = None,
) -> tuple[list[Event], list[Trace]]:
    """The events of one sentence, and what was tried on the way."""
    coded, traces = coded_fits(article, sentence, mentions, frames, judgement)
    unsure = [event for event, _ in coded if event.confidence < LEAST]
    traces += [Trace(e.trigger or "", e.frame or "", False, f"too unsure ({e.confidence:.2f})") for e in unsure]
    return [event for event, _ in coded if event.confidence >= LEAST], traces


def coded_fits(
    article: Article, sentence: Sentence, mentions: Sequence[Mention], frames: Frames, judgement: Judgement | None
) -> tuple[list[Coded], list[Trace]]:
    """As `code_sentence`, each event with the fit that it comes from."""
    tree = Tree(sentence)
    finder = PartyFinder(tree, mentions)
    fits, traces = fits_of(tree, finder, frames)
    if judgement is not None:
        fits, changed = weighed(tree, finder, fits, judgement)
        traces += changed
    kept, dropped = _without_content(tree, fits)
    traces += dropped
    if not kept:
        return [], traces
    times = times_of(tree, sentence)
    told = _Particulars(times, list(sites_of(tree, mentions)), list(undated_numbers(tree, times)))
    events: list[Coded] = []
    triggers = {fit.trigger[0] for fit in kept}
    for fit in kept:
        if is_learned(fit.frame):
            fit = replace(fit, frame=replace(fit.frame, mode=_mode(tree, frames, fit)))
        event, why_not = _event(article, tree, finder, mentions, fit, told, triggers - {fit.trigger[0]})
        if event is None:
            traces.append(Trace(tree[fit.trigger[0]].text, fit.frame.name, False, why_not))
        else:
            events.append((event, fit))
    merged, dropped = merged_events(tree, events)
    return merged, traces + dropped


def _mode(tree: Tree, frames: Frames, fit: Fit) -> str | None:
    """The mode of what the network proposes: that of the frames of its type that know the word, where they agree."""
    word = tree.lemma(fit.trigger[0])
    phrase = f"{word} {tree.particle(fit.trigger[0])}".strip()
    return frames.modes.get((fit.frame.type, phrase)) or frames.modes.get((fit.frame.type, word))


def _without_content(tree: Tree, fits: list[Fit]) -> tuple[list[Fit], list[Trace]]:
    """Fits outside the content of threats, demands and promises.

    Verbs below the content are dropped, and the event noun that is itself the content; a noun
    deeper down ("an inquiry into the killing") reports something that happened. Where both words tell one act
    ("passed a motion demanding ..."), it is as sure as the surer of them.
    """
    kept, dropped = [], []
    told: dict[int, Fit] = {}
    for fit in fits:
        holder = next((other for other in fits if other is not fit and _is_content(tree, fit, other)), None)
        if holder is None:
            kept.append(fit)
        else:
            if holder.frame.type == fit.frame.type and _sure(fit) > _sure(told.get(holder.trigger[0], holder)):
                told[holder.trigger[0]] = fit
            word = tree[holder.trigger[0]].text
            dropped.append(
                Trace(tree[fit.trigger[0]].text, fit.frame.name, False, f"content of {word!r} ({holder.frame.type})")
            )
    return [replace(f, chances=told[f.trigger[0]].chances) if f.trigger[0] in told else f for f in kept], dropped


def _sure(fit: Fit) -> float:
    """How likely the network takes the type of a fit; 0 where it was not asked."""
    return fit.chances.type if fit.chances else 0.0


def _is_content(tree: Tree, fit: Fit, other: Fit) -> bool:
    up = tree.path_up(fit.trigger[0])
    if other.trigger[0] not in up[1:]:
        return False
    depth = up.index(other.trigger[0])
    top = up[depth - 1]
    if other.frame.type == "ACCUSE" and other.verbal:
        return _is_charge(tree, top)
    if other.frame.type not in CONTENT:
        return False
    relation = tree[top].relation.split(":")[0]
    markers = {tree.lemma(c) for c in tree.related(top, "mark")}
    if relation == "advcl" and fit.verbal and ("to" in markers or (other.frame.type == "REQUEST" and "for" in markers)):
        return True
    if relation not in ("xcomp", "ccomp", "obj", "obl", "nmod", "acl", "nsubj") or (
        relation == "nsubj" and not tree.is_passive(other.trigger[0])
    ):
        return False
    if relation in ("obl", "nmod") and tree.case(top) in (
        "after",
        "following",
        "over",
        "because of",
        "in",
        "during",
        "since",
        "before",
        "despite",
        "amid",
    ):
        return False
    return fit.verbal or depth == 1 or fit.frame.type not in HAPPENINGS


def _is_charge(tree: Tree, top: int) -> bool:
    """Whether a phrase is what somebody is accused of: "of plotting attacks", "for killing them"."""
    markers = {tree.lemma(c) for c in tree.related(top, "mark", "case")}
    return tree.is_verb(top) and bool(markers & {"of", "for"})


def _event(
    article: Article,
    tree: Tree,
    finder: PartyFinder,
    mentions: Sequence[Mention],
    fit: Fit,
    told: _Particulars,
    others: set[int],
) -> tuple[Event | None, str]:
    """The event of a fit, or None and why it is none."""
    frame, trigger = fit.frame, fit.trigger[0]
    if not fit.verbal:
        told_by = tellers(tree, trigger)
        fit = replace(fit, actor=tuple(token for token in fit.actor if token not in told_by))
    actor, recipient = _sides(finder, fit)
    problem = _no_event(tree, fit) or _game(tree, actor, recipient) or _lacking(tree, mentions, frame, actor, recipient)
    if problem:
        return None, problem
    status = _status(article, tree, fit)
    when = when_of(tree, trigger, told.times, article.published, status, others)
    if status is Status.HISTORICAL and when is not None and _is_recent(when, article.published):
        status = Status.ACTUAL
    kind, mode = frame.type, frame.mode
    if status is Status.FUTURE and kind in FUTURE_TYPE and not is_learned(frame):
        kind, mode, status = FUTURE_TYPE[kind], None, Status.ACTUAL
    if kind in ARMED:
        actor = [_in_arms(party) for party in actor]
    start, end = tree[min(fit.trigger)].start, tree[max(fit.trigger)].end
    speaker = speaker_of(tree, finder, trigger, fit.actor)
    counts = counts_of(tree, finder, trigger, kind, {*fit.actor, *fit.recipient}, told.numbers, others)
    return Event(
        event_id(article.id, start, end, kind),
        article.id,
        tree.sentence.index,
        tree.text(start, end),
        start,
        end,
        kind,
        mode,
        tuple(actor),
        tuple(recipient),
        status,
        when,
        where_of(tree, trigger, told.sites, (*actor, *recipient), recipient if kind in VIOLENT else ()),
        tuple(replace(count, said_by=None) if count.said_by == speaker else count for count in counts),
        speaker,
        frame.name,
        confidence_of(fit, actor, recipient),
    ), ""


def _in_arms(party: Party) -> Party:
    """A state as its armed forces; any other party as it is."""
    country, _, sector = party.code.partition(" ")
    return replace(party, code=f"{country} MIL") if sector == "GOV" and party.id == country.lower() else party


def _status(article: Article, tree: Tree, fit: Fit) -> Status:
    """By the rules; by the network for its own proposals ("will not send": it judged type and status together)."""
    chances = fit.chances
    judged = chances and (is_learned(fit.frame) or chances.of_status >= SURE_OF_STATUS)
    if chances and judged and not is_demanded(tree, fit.trigger[0]):
        status = chances.status
    else:
        status = status_of(tree, fit.trigger, int(article.published[:4]) if article.published else None)
    denied = any(tree.lemma(c) in NOT for c in tree.related(fit.trigger[0], "advmod"))
    if fit.frame.type == "REJECT" and status is Status.NEGATED and not denied:
        return Status.ACTUAL  # a refusal says no ("has no intention"): that is not what was not done
    return status


def _is_recent(when: When, published: str | None) -> bool:
    """Whether a date lies less than two years before publication, which the network does not know."""
    return bool(published and when.start) and int(str(when.start)[:4]) >= int(str(published)[:4]) - 1


def _sides(finder: PartyFinder, fit: Fit) -> tuple[list[Party], list[Party]]:
    """Actors and recipients; nobody is both, and a protest that names nobody is by the sentence's crowd."""
    actor, recipient = (_parties(finder, tokens) for tokens in (fit.actor, fit.recipient))
    if fit.frame.type == "PROTEST" and not actor:
        actor = [party for mention in finder.crowd()[:1] for party in finder.parties([mention.head])]
    taken = {(party.start, party.end) for party in actor}
    doers = {party.id for party in actor if party.id}
    return actor, [party for party in recipient if (party.start, party.end) not in taken and party.id not in doers]


def _parties(finder: PartyFinder, tokens: Sequence[int]) -> list[Party]:
    """The parties that tokens name; failing that the places; failing that whoever the nouns describe."""
    described = [party for token in tokens for party in finder.described(token)]
    return finder.parties(tokens) or finder.place_parties(tokens) or described


def _no_event(tree: Tree, fit: Fit) -> str:
    """Why a frame that fits reports no event here, or ""."""
    trigger = fit.trigger[0]
    if not fit.verbal and _ended(tree, trigger):
        return "an event that ends or is called off is not coded again"
    reduced = "VerbForm=Part" in tree[trigger].features and not tree.related(trigger, "aux", "nsubj", "nsubj:pass")
    if fit.frame.type in STANDING and fit.verbal and reduced and tree.is_passive(trigger) and tree[trigger].head >= 0:
        return "a standing relation (a tie), no event"
    return ""


def _game(tree: Tree, actor: list[Party], recipient: list[Party]) -> str:
    """Why what a sentence of sport tells is a game, or ""."""
    players = all(party.id in (None, party.code[:3].lower()) for party in (*actor, *recipient))
    return "a game" if players and sport_words().search(tree.sentence.text.lower()) else ""


def _ended(tree: Tree, trigger: int) -> bool:
    token = tree[trigger]
    if token.relation not in ("obj", "nsubj:pass") or token.head < 0:
        return False
    particle = tree.particle(token.head)
    return f"{tree.lemma(token.head)} {particle}".strip() in ending_verbs()


def _is_nobody(party: Party) -> bool:
    """Whether a party is a pronoun of which nothing is known."""
    return party.id is None and party.text.lower() in UNRESOLVED


def _lacking(tree: Tree, mentions: Sequence[Mention], frame: Frame, actor: list[Party], recipient: list[Party]) -> str:
    """Which party an event would need and does not have, in words, or "".

    In a mutual event all parties are actors, so both sides are there when two parties are.
    """
    needs, kind = frame.needs, frame.type
    if kind in TOLD and recipient and all(party.code.endswith("JRN") for party in recipient):
        return "told to the press"
    if frame.mutual and needs in ("recipient", "both") and len(actor) < 2:
        return "no second party found"
    if needs in ("actor", "both") and not actor:
        return "no actor found"
    if needs in ("recipient", "both") and not recipient and not frame.mutual:
        return "no recipient found"
    if needs == "either" and not actor and not recipient:
        return "neither actor nor recipient found"
    parties = (*actor, *recipient)
    if kind not in VIOLENT and parties and is_learned(frame) and all(map(_is_nobody, parties)):
        return "nobody is known who takes part"
    if kind in VIOLENT or kind in POLITICAL_BY_ITSELF or not parties or any(p.id is None for p in parties):
        return ""
    political = _political(mentions)
    if not any((tree.sentence.index, p.start, p.end) in political for p in parties):
        return "no political party takes part"
    return ""
