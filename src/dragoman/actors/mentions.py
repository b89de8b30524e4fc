"""Sentences of one article to its mentions: who is named or pointed to, and why we think so.

Pure: the result depends on the article and the knowledge base alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..dates import parse_iso
from ..geography import best_place, country_names, listed_places
from ..names import likeness, skeleton
from ..records import Actor, Article, Entity, Mention, Sentence, slug
from .anaphora import resolve_anaphora
from .character import better, character_of
from .compass import compass, sided
from .described import described_parties
from .gazetteer import Match, find_known
from .home import SETTING, at_home, dateline_end, dateline_place_end, home_of, placed, settings_of
from .introduced import Introduced
from .knowledge import Alias, Knowledge, in_force, keys_of
from .lexicon import words
from .namesakes import told_apart
from .same import ALIKE
from .spans import make_mention, text_of

__all__ = ["mentions_of"]

LONGEST = 366
"""Days: who holds an office is not asked of a publication that is only known to a longer interval."""


def mentions_of(article: Article, sentences: Sequence[Sentence], knowledge: Knowledge) -> tuple[Mention, ...]:
    """All mentions of an article in order of sentence and start.

    Names are looked up in the knowledge base (by day of publication where several hold), then among
    the names the article itself has introduced; what stays unknown becomes an actor of its own.
    """
    day = _day_of(article.published)
    finder = _Finder(knowledge, day)
    named = told_apart(article.text, [finder.named(sentence) for sentence in sentences], knowledge)
    about = Counter(m.code[:3] for taken in named for m in set(taken.values()) if m.kind in SETTING and m.code)
    if points := compass(sorted(about)):
        for sentence, taken in zip(sentences, named, strict=True):
            sided(sentence, taken, points)
    settings = settings_of(article, sentences, [list(dict.fromkeys(taken.values())) for taken in named])
    found = [
        finder.described(sentence, {token: placed(mention, setting) for token, mention in taken.items()})
        for sentence, taken, setting in zip(sentences, named, settings, strict=True)
    ]
    home = home_of(sentences, found)
    settled = [
        [at_home(mention, home, knowledge) for mention in mentions] for mentions in _best_codes(found, knowledge)
    ]
    return tuple(resolve_anaphora(sentences, settled, knowledge))


def _day_of(published: str | None) -> str | None:
    """The day on which names and offices are looked up: that of publication, or the last of a short interval."""
    if published is None or "/" not in published:
        return (published or "")[:10] or None
    interval = parse_iso(published)
    known = interval.start and interval.end and (interval.end - interval.start).days <= LONGEST
    return str(interval.end) if known else None


def _outside_dateline(sentence: Sentence, mention: Mention) -> Mention:
    """A mention inside the dateline belongs to it; one that only begins there begins after it."""
    end = sentence.start + dateline_end(sentence.text)
    if mention.end <= end:
        placed_by = mention.end <= sentence.start + dateline_place_end(sentence.text)
        return replace(mention, kind="dateline", code=mention.code if placed_by else "")
    if mention.start < end:
        text = mention.text[end - mention.start :]
        return replace(mention, start=mention.end - len(text), text=text)
    return mention


class _Finder:
    """Mentions sentence by sentence, remembering the names the article has introduced."""

    def __init__(self, knowledge: Knowledge, day: str | None) -> None:
        self.knowledge = knowledge
        self.day = day
        self.introduced = Introduced()

    def named(self, sentence: Sentence) -> dict[int, Mention]:
        """The names of a sentence, by each token that they take."""
        taken: dict[int, Mention] = {}
        entities = [part for entity in sentence.entities for part in self._parted(sentence, entity)]
        for match in self._matches(sentence, entities):
            place = _place_called_after(sentence, match)
            if place is not None:
                taken |= dict.fromkeys(range(match.first, match.last + 2), place)
            elif not _is_view(sentence, match):
                taken |= dict.fromkeys(range(match.first, match.last + 1), self._known(sentence, match))
        for entity in entities:
            if not any(index in taken for index in range(entity.first, entity.last + 1)):
                unknown = self._unknown(sentence, entity.first, entity.last, entity.kind, taken)
                if unknown is not None:
                    taken |= dict.fromkeys(range(entity.first, entity.last + 1), unknown)
        self._places(sentence, taken)
        return taken

    def described(self, sentence: Sentence, taken: dict[int, Mention]) -> list[Mention]:
        """All mentions of a sentence: its names, and the parties that it describes beside them."""
        found = [*dict.fromkeys(taken.values()), *described_parties(sentence, taken, self.knowledge, self.day)]
        kept = [_outside_dateline(sentence, mention) for mention in found]
        return sorted(kept, key=lambda mention: (mention.start, -mention.end))

    def _places(self, sentence: Sentence, taken: dict[int, Mention]) -> None:
        """Add the places of the gazetteer that the reader took for no name."""
        for index, token in enumerate(sentence.tokens):
            if index in taken or token.upos != "PROPN" or len(token.text) < 4 or not token.text[0].isupper():
                continue
            place = next(iter(listed_places(token.text)), None)
            if place is not None:
                taken[index] = make_mention(
                    sentence, index, index, "place", None, token.text, place.country, "a place", False
                )

    def _parted(self, sentence: Sentence, entity: Entity) -> list[Entity]:
        """A name of the reader's, or the two that it ran together for want of a comma ("al-Muhandis Iran")."""
        last = entity.last
        state = country_names().get(sentence.tokens[last].text)
        if state is None or last == entity.first or entity.kind == "LOC":
            return [entity]
        rest = text_of(sentence, entity.first, last - 1)
        if self.introduced.named(rest) is None and self._by_sound(rest) is None:
            return [entity]
        return [replace(entity, last=last - 1), replace(entity, first=last, kind="LOC")]

    def _matches(self, sentence: Sentence, entities: Sequence[Entity]) -> list[Match]:
        """Known names, except where the reader found a longer name that the match only begins or ends."""
        kept = []
        for match in find_known(sentence, self.knowledge):
            length = len(match.aliases[0].words)
            longer = [
                e
                for e in entities
                if e.first <= match.first
                and e.last >= match.last
                and len(keys_of(text_of(sentence, e.first, e.last))) > length
            ]
            part_of_person = any(e.kind == "PER" and match.aliases[0].sense != "adjective" for e in longer)
            if not part_of_person or any(self._same_person(sentence, match, e.first, e.last) for e in longer):
                kept.append(match)
        return kept

    def _same_person(self, sentence: Sentence, match: Match, first: int, last: int) -> bool:
        text = text_of(sentence, first, last)
        return any(
            likeness(text, self.knowledge.actors[a.actor].name) >= ALIKE
            for a in match.aliases
            if a.actor in self.knowledge.actors
        )

    def _known(self, sentence: Sentence, match: Match) -> Mention:
        alias = self._choose(sentence, match)
        actor = self.knowledge.actors[alias.actor]
        text = text_of(sentence, match.first, match.last)
        introduced = self.introduced.named(text) if actor.kind == "person" and match.first == match.last else None
        if introduced is not None and introduced[0] != actor.id:
            identity, name, code, why = introduced
            return make_mention(sentence, match.first, match.last, "person", identity, name, code, why, True)
        named = {"state": "nation", "person": "person"}.get(actor.kind, "body")
        kind = {"name": named, "adjective": "nation", "people": "people", "capital": "capital"}[alias.sense]
        if kind == "people" and _is_whole_people(sentence, match.first):
            kind = "nation"
        code = f"{actor.country} CVL" if kind == "people" else actor.code
        if actor.kind == "person":
            self.introduced.person(actor.id, actor.name, code)
            code = self._code_of(actor)
        elif kind == "body":
            self._introduce_body(sentence, match.last, text, actor.id, actor.name, code)
        why = (
            f"{text!r} is a name of {actor.name} in the knowledge base"
            if alias.sense == "name"
            else f"{text!r} is a word for {actor.name}"
        )
        return make_mention(sentence, match.first, match.last, kind, actor.id, actor.name, code, why, True)

    def _introduce_body(self, sentence: Sentence, last: int, text: str, actor: str, name: str, code: str) -> None:
        self.introduced.body(text, actor, name, code)
        self.introduced.abbreviation(sentence, last, actor, name, code)

    def _code_of(self, actor: Actor) -> str:
        """A person's code by the office held on the day, else by what the person is known as."""
        for office in actor.offices:
            if office.sector and self.day and in_force(office, self.day):
                return f"{actor.country} {office.sector}"
        if any(office.sector for office in actor.offices) and actor.sectors[:1] == ("GOV",) and self.day:
            return f"{actor.country} ELI"
        return actor.code

    def _choose(self, sentence: Sentence, match: Match) -> Alias:
        """Of several bearers of a name, one alive or existing on the day; an adjective where it modifies."""
        aliases = match.aliases
        token = sentence.tokens[match.last]
        if token.relation == "amod" or token.upos == "ADJ":
            aliases = tuple(a for a in aliases if a.sense == "adjective") or aliases
        elif "Number=Plur" in token.features:
            aliases = tuple(a for a in aliases if a.sense == "people") or aliases
        if self.day:
            valid = [a for a in aliases if in_force(self.knowledge.actors[a.actor], self.day)]
            aliases = tuple(valid) or aliases
        introduced = self.introduced.actors()
        known = [a for a in aliases if a.actor in introduced]
        return (known or [a for a in aliases if self._in_office(a)] or aliases)[0]

    def _in_office(self, alias: Alias) -> bool:
        offices = self.knowledge.actors[alias.actor].offices
        return any(office.sector and self.day and in_force(office, self.day) for office in offices)

    def _unknown(
        self, sentence: Sentence, first: int, last: int, kind: str, taken: Mapping[int, Mention]
    ) -> Mention | None:
        """A name that the reader found and the knowledge base does not list as written."""
        while first < last and sentence.tokens[first].text.lower().rstrip(".") in self.knowledge.titles:
            first += 1
        text = text_of(sentence, first, last)
        if not any(character.isalpha() for character in text) or text.islower():
            return None
        listed = next(iter(listed_places(text)), None) if kind != "PER" else None
        place = best_place(text, None) if kind == "LOC" else listed
        if kind == "LOC" or place is not None:
            code = place.country if place else ""
            return make_mention(sentence, first, last, "place", None, text, code, "a place", False)
        written = "person" if kind == "PER" else "body"
        known = self.introduced.named(text) or self.introduced.abbreviated(text) or self._by_sound(text)
        if known is None and written == "body":
            known = self.introduced.shortened(text)
        if known:
            actor, name, code, why = known
            if actor in self.knowledge.actors:
                written = "person" if self.knowledge.actors[actor].kind == "person" else "body"
            return make_mention(sentence, first, last, written, actor, name, code, why, True)
        code = character_of(sentence, first, last, written, taken, self.knowledge)
        if written == "person":
            self.introduced.person(slug(text), text, code)
        else:
            self._introduce_body(sentence, last, text, slug(text), text, code)
        why = f"the reader takes {text!r} for a {written} that the knowledge base does not know"
        return make_mention(sentence, first, last, written, slug(text), text, code, why, True)

    def _by_sound(self, text: str) -> tuple[str, str, str, str] | None:
        """The one known actor whose name sounds like this."""
        if len(text) < 5:
            return None
        ids = [i for i in self.knowledge.sounds.get(skeleton(text), ()) if i in self.knowledge.actors]
        if len(ids) != 1:
            return None
        actor = self.knowledge.actors[ids[0]]
        if actor.kind == "person":
            self.introduced.person(actor.id, actor.name, actor.code)
        return actor.id, actor.name, self._code_of(actor), f"{text!r} is a spelling of {actor.name}"


def _place_called_after(sentence: Sentence, match: Match) -> Mention | None:
    """The place that bears a known name and one word more, as the gazetteer has it ("Sadr City")."""
    following = match.last + 1
    if following >= len(sentence.tokens) or not sentence.tokens[following].text[:1].isupper():
        return None
    text = text_of(sentence, match.first, following)
    place = next(iter(listed_places(text)), None)
    if place is None:
        return None
    return make_mention(sentence, match.first, following, "place", None, text, place.country, "a place", False)


def _is_view(sentence: Sentence, match: Match) -> bool:
    """Whether an adjective of a nation names no party: "from an American point of view", "Iranian cuisine"."""
    head = sentence.tokens[match.last].head
    if match.aliases[0].sense != "adjective" or head <= match.last:
        return False
    noun = " ".join(token.lemma.lower() for token in sentence.tokens[head : head + 3])
    return any(noun == view or noun.startswith(f"{view} ") for view in words("view", "nouns"))


def _is_whole_people(sentence: Sentence, index: int) -> bool:
    """Whether a people is spoken of as one party: "the Americans", not "Americans" or "the Americans in Basra"."""
    article = index > 0 and sentence.tokens[index - 1].text.lower() == "the"
    return article and not any(t.head == index and t.relation in ("nmod", "acl:relcl", "amod") for t in sentence.tokens)


def _best_codes(found: Sequence[Sequence[Mention]], knowledge: Knowledge) -> list[list[Mention]]:
    """Mentions of unknown persons and bodies with all that the article tells of them anywhere."""
    codes: dict[str, str] = {}
    for mention in (mention for mentions in found for mention in mentions):
        if mention.actor is not None and mention.kind in ("person", "body") and mention.actor not in knowledge.actors:
            codes[mention.actor] = better(codes.get(mention.actor, "UNK"), mention.code)
    return [
        [
            replace(mention, code=codes[mention.actor])
            if mention.actor in codes and mention.kind in ("person", "body")
            else mention
            for mention in mentions
        ]
        for mentions in found
    ]
