"""Sentences of one article to its mentions: who is named or pointed to, and why we think so.

Pure: the result depends on the article and the knowledge base alone.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..geography import Country, best_place, countries_called, country
from ..names import likeness, skeleton
from ..records import Actor, Article, Mention, Sentence, slug
from .anaphora import resolve_pronouns
from .gazetteer import Match, find_known
from .knowledge import Alias, Knowledge, Role, keys_of

__all__ = ["mentions_of"]

AT_HOME = frozenset(
    f"UNK {sector}" for sector in ("CVL", "COP", "REB", "MED", "EDU", "LAB", "AGR", "JUD", "LEG", "GOV", "MIL", "PTY")
)
"""Described parties that, without a country, belong to the country where the article's places lie."""

SITE = frozenset(("in", "at", "near", "of", "to", "from", "through", "across", "outside", "around"))

ALIKE = 0.9
"""Likeness from which two whole names are taken for one (`names.likeness`)."""

MODIFIERS = frozenset(
    "det amod compound nmod:poss nummod flat punct case nmod:desc nmod:unmarked advmod det:predet".split()
)


def mentions_of(article: Article, sentences: Sequence[Sentence], knowledge: Knowledge) -> tuple[Mention, ...]:
    """All mentions of an article in order of sentence and start.

    Names are looked up in the knowledge base (by day of publication where several hold), then among
    the names the article itself has introduced; what stays unknown becomes an actor of its own.
    """
    day = (article.published or "")[:10] or None
    finder = _Finder(knowledge, day)
    found = [finder.sentence(sentence) for sentence in sentences]
    nations = Counter(m.code[:3] for mentions in found for m in mentions if m.kind == "nation")
    near = nations.most_common(1)[0][0] if nations else None
    found = [[_placed(mention, near) for mention in mentions] for mentions in found]
    home = _home(sentences, found)
    placed = [[_at_home(mention, home, knowledge) for mention in mentions] for mentions in found]
    return tuple(resolve_pronouns(sentences, placed))


def _placed(mention: Mention, near: str | None) -> Mention:
    """A place with the country it lies in, of several of its name one in the country named most."""
    if mention.kind != "place" or near is None:
        return mention
    place = best_place(mention.text, near)
    return replace(mention, code=place.country) if place is not None else mention


DATELINE = re.compile(r"[A-Z][A-Z .'/-]{2,40}(?:, [A-Z][a-z]{2,9}\.? \d{1,2})?(?: \([^)]{2,40}\))? ?[-–—] ")


def dateline_end(text: str) -> int:
    """Where the dateline of a report ends ("BAGHDAD, Jan 3 (Meridian Wire) - "), 0 where there is none."""
    match = DATELINE.match(text)
    return match.end() if match else 0


def _home(sentences: Sequence[Sentence], found: Sequence[Sequence[Mention]]) -> str | None:
    """The country where the article's places lie, where that is clear: twice as many as in any other.

    A capital counts where it is a place ("in Beirut"), not where it stands for a government.
    """
    counts: Counter[str] = Counter()
    for sentence, mentions in zip(sentences, found, strict=True):
        places = [m for m in mentions if m.kind == "place" or (m.kind == "capital" and _is_site(sentence, m))]
        counts.update({mention.code[:3] for mention in places if mention.code})
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def _is_site(sentence: Sentence, mention: Mention) -> bool:
    return any(t.head == mention.head and t.relation == "case" and t.text.lower() in SITE for t in sentence.tokens)


def _at_home(mention: Mention, home: str | None, knowledge: Knowledge) -> Mention:
    """A party described without a country belongs to the article's own."""
    foreign = mention.text.lower().startswith(("foreign ", "other ", "several foreign "))
    if home is None or mention.kind != "role" or mention.code not in AT_HOME or foreign:
        return mention
    known = _country(home)
    state = known.name if known else home
    adjective = next(iter(known.adjectives), state) if known else home
    body = _body_called(f"{adjective} {mention.name.lower()}", knowledge)
    if body is not None:
        why = f"{mention.text!r} is {body.name}, in the country where most of the places of the article lie"
        return replace(mention, kind="body", actor=body.id, name=body.name, code=body.code, why=why)
    return replace(
        mention,
        code=mention.code.replace("UNK", home, 1),
        name=f"{adjective} {mention.name}",
        actor=f"{slug(adjective)}-{mention.actor}",
        why=f"{mention.why}; of {state}, where most of the places of the article lie",
    )


class _Finder:
    """Mentions sentence by sentence, remembering the names the article has introduced."""

    def __init__(self, knowledge: Knowledge, day: str | None) -> None:
        self.knowledge = knowledge
        self.day = day
        self.introduced: dict[str, tuple[str, str, str]] = {}

    def sentence(self, sentence: Sentence) -> list[Mention]:
        taken: dict[int, Mention] = {}
        found: list[Mention] = []
        for match in self._matches(sentence):
            mention = self._known(sentence, match)
            found.append(mention)
            taken |= dict.fromkeys(range(match.first, match.last + 1), mention)
        for entity in sentence.entities:
            if not any(index in taken for index in range(entity.first, entity.last + 1)):
                unknown = self._unknown(sentence, entity.first, entity.last, entity.kind)
                if unknown is not None:
                    found.append(unknown)
                    taken |= dict.fromkeys(range(entity.first, entity.last + 1), unknown)
        found += self._places(sentence, taken)
        found += self._roles(sentence, taken)
        end = sentence.start + dateline_end(sentence.text)
        kept = [mention for mention in found if mention.start >= end or mention.kind in ("place", "capital")]
        return sorted(kept, key=lambda mention: (mention.start, -mention.end))

    def _places(self, sentence: Sentence, taken: dict[int, Mention]) -> list[Mention]:
        """Places of the gazetteer that the reader took for no name."""
        found = []
        for index, token in enumerate(sentence.tokens):
            if index in taken or token.upos != "PROPN" or len(token.text) < 4 or not token.text[0].isupper():
                continue
            place = best_place(token.text, None)
            if place is not None:
                mention = _mention(sentence, index, index, "place", None, token.text, place.country, "a place", False)
                found.append(mention)
                taken[index] = mention
        return found

    def _matches(self, sentence: Sentence) -> list[Match]:
        """Known names, except where the reader found a longer name that the match only begins or ends."""
        kept = []
        for match in find_known(sentence, self.knowledge):
            words = len(match.aliases[0].words)
            longer = [
                e
                for e in sentence.entities
                if e.first <= match.first
                and e.last >= match.last
                and len(keys_of(_text(sentence, e.first, e.last))) > words
            ]
            part_of_person = any(e.kind == "PER" and match.aliases[0].sense != "adjective" for e in longer)
            if not part_of_person or any(self._same_person(sentence, match, e.first, e.last) for e in longer):
                kept.append(match)
        return kept

    def _same_person(self, sentence: Sentence, match: Match, first: int, last: int) -> bool:
        text = _text(sentence, first, last)
        return any(
            likeness(text, self.knowledge.actors[a.actor].name) >= ALIKE
            for a in match.aliases
            if a.actor in self.knowledge.actors
        )

    def _known(self, sentence: Sentence, match: Match) -> Mention:
        alias = self._choose(sentence, match)
        actor = self.knowledge.actors[alias.actor]
        text = _text(sentence, match.first, match.last)
        introduced = self._by_introduction(text) if actor.kind == "person" and match.first == match.last else None
        if introduced is not None and introduced[0] != actor.id:
            identity, name, code, why = introduced
            return _mention(sentence, match.first, match.last, "person", identity, name, code, why, True)
        named = {"state": "nation", "person": "person"}.get(actor.kind, "body")
        kind = {"name": named, "adjective": "nation", "people": "people", "capital": "capital"}[alias.sense]
        code = f"{actor.country} CVL" if kind == "people" else actor.code
        if actor.kind == "person":
            self._introduce(actor.name, actor.id, actor.name, code)
            code = self._code_of(actor)
        why = (
            f"{text!r} is a name of {actor.name} in the knowledge base"
            if alias.sense == "name"
            else f"{text!r} is a word for {actor.name}"
        )
        return _mention(sentence, match.first, match.last, kind, actor.id, actor.name, code, why, True)

    def _code_of(self, actor: Actor) -> str:
        """A person's code by the office held on the day, else by what the person is known as."""
        for office in actor.offices:
            if office.sector and self.day and (office.start or "") <= self.day <= (office.end or "9999") + "~":
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
            day = self.day
            actors = self.knowledge.actors
            valid = [
                a
                for a in aliases
                if (actors[a.actor].start or "") <= day and day <= (actors[a.actor].end or "9999") + "~"
            ]
            aliases = tuple(valid) or aliases
        known = [a for a in aliases if any(actor == a.actor for actor, _, _ in self.introduced.values())]
        return (known or aliases)[0]

    def _unknown(self, sentence: Sentence, first: int, last: int, kind: str) -> Mention | None:
        """A name that the reader found and the knowledge base does not list as written."""
        while first < last and sentence.tokens[first].text.lower().rstrip(".") in self.knowledge.titles:
            first += 1
        text = _text(sentence, first, last)
        if not any(character.isalpha() for character in text):
            return None
        place = best_place(text, None) if kind != "PER" else None
        if kind == "LOC" or place is not None:
            code = place.country if place else ""
            return _mention(sentence, first, last, "place", None, text, code, "a place", False)
        known = self._by_introduction(text) or self._by_sound(text)
        if known:
            actor, name, code, why = known
            known_kind = self.knowledge.actors[actor].kind if actor in self.knowledge.actors else "person"
            written = "person" if known_kind == "person" else "body"
            return _mention(sentence, first, last, written, actor, name, code, why, True)
        code = self._code_near(sentence, first, last, "UNK")
        if kind == "PER":
            self._introduce(text, slug(text), text, code)
        what = "person" if kind == "PER" else "body"
        why = f"the reader takes {text!r} for a {what} that the knowledge base does not know"
        return _mention(sentence, first, last, what, slug(text), text, code, why, True)

    def _introduce(self, written: str, actor: str, name: str, code: str) -> None:
        words = written.split()
        for form in (written, words[-1], " ".join(words[-2:])):
            if len(form) > 2:
                self.introduced.setdefault(skeleton(form), (actor, name, code))

    def _by_introduction(self, text: str) -> tuple[str, str, str, str] | None:
        known = self.introduced.get(skeleton(text))
        return (*known, f"{text!r} is how the article goes on to call {known[1]}") if known else None

    def _by_sound(self, text: str) -> tuple[str, str, str, str] | None:
        """The one known actor whose name sounds like this."""
        if len(text) < 5:
            return None
        ids = [i for i in self.knowledge.sounds.get(skeleton(text), ()) if i in self.knowledge.actors]
        if len(ids) != 1:
            return None
        actor = self.knowledge.actors[ids[0]]
        if actor.kind == "person":
            self._introduce(actor.name, actor.id, actor.name, actor.code)
        return actor.id, actor.name, self._code_of(actor), f"{text!r} is a spelling of {actor.name}"

    def _code_near(self, sentence: Sentence, first: int, last: int, default: str) -> str:
        """Country and sector of an unknown name, from the words before it: "Iraqi militia leader X"."""
        country, sector = default, ""
        for index in range(max(0, first - 6), first):
            token = sentence.tokens[index]
            if token.upos in ("VERB", "PUNCT", "ADP"):
                country, sector = default, ""
                continue
            named = countries_called(token.text) if token.text[:1].isupper() else ()
            if named:
                country = named[0].iso3
            roles = self.knowledge.roles.get(token.lemma.lower(), ())
            if roles and roles[-1].sector != "UNK" and not sector:
                sector = roles[-1].sector
        return f"{country} {sector}".strip()

    def _roles(self, sentence: Sentence, taken: dict[int, Mention]) -> list[Mention]:
        found = []
        for index, token in enumerate(sentence.tokens):
            if token.upos not in ("NOUN", "PROPN") or index in taken:
                continue
            role = self._role_at(sentence, index)
            if role is not None and not _is_title(sentence, index, taken):
                found.append(self._role(sentence, index, role, taken))
        return found

    def _known_body(self, iso3: str, role: Role) -> Actor | None:
        """The body that the knowledge base knows as "Iraqi parliament", however the text says it."""
        found = _country(iso3)
        for adjective in found.adjectives if found else ():
            body = _body_called(f"{adjective} {' '.join(role.words)}", self.knowledge)
            if body is not None:
                return body
        return None

    def _role_at(self, sentence: Sentence, index: int) -> Role | None:
        """The role noun at a token, with the words before it where it has several ("security forces")."""
        token = sentence.tokens[index]
        if token.upos == "ADJ":
            return None
        lemma = token.lemma.lower()
        if _is_quantity(lemma) and any(t.head == index and t.relation == "nmod" for t in sentence.tokens):
            return None
        for word in dict.fromkeys((lemma, token.text.lower(), lemma.removesuffix("s"))):
            for role in self.knowledge.roles.get(word, ()):
                before = sentence.tokens[max(0, index - len(role.words) + 1) : index]
                wanted = list(role.words[:-1])
                if [t.text.lower() for t in before] == wanted or [t.lemma.lower() for t in before] == wanted:
                    return role
        return None

    def _role(self, sentence: Sentence, index: int, role: Role, taken: dict[int, Mention]) -> Mention:
        first = _left_edge(sentence, index)
        inside = [taken[i] for i in range(first, index) if i in taken]
        nation = next((m for m in inside if m.code[:3].strip() and not _aimed(m.text)), None) or _owner(
            sentence, index, taken
        )
        country = nation.code[:3] if nation else "UNK"
        text = _text(sentence, first, index)
        holder = self.knowledge.holder(country, " ".join(role.words), self.day)
        if holder is not None:
            why = f"{text!r} is the office of {holder.name} on {self.day}"
            return _mention(
                sentence, first, index, "individual", holder.id, holder.name, f"{country} {role.sector}", why, True
            )
        described = _described(sentence, first, index, role, taken)
        why = f"{role.words[-1]!r} denotes a party ({role.sector})" + (f" of {nation.name}" if nation else "")
        known = self._known_body(country, role) if nation else None
        if known is not None:
            return _mention(sentence, first, index, "body", known.id, known.name, known.code, why, True)
        name, identity = _of_country(described, role, country if nation else "UNK")
        political = role.political or nation is not None
        singular = role.kind == "person" and not _is_plural(sentence, index)
        return _mention(
            sentence,
            first,
            index,
            "individual" if singular else "role",
            identity,
            name,
            f"{country} {role.sector}",
            why,
            political,
        )


def _is_plural(sentence: Sentence, index: int) -> bool:
    features = sentence.tokens[index].features
    return "Number=Plur" in features or "Number=Ptan" in features


def _is_backer(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name only says who stands behind a party ("Iran-backed militias")."""
    after = sentence.text[mention.end - sentence.start : mention.end - sentence.start + 10].lower()
    return after.startswith(("-backed", "-aligned", "-led", "-funded", "-supporte", "-linked", "-trained"))


def _aimed(text: str) -> bool:
    """Whether an adjective says whom something is for or against, not whose it is ("pro-Iranian")."""
    lower = text.lower()
    return lower.startswith(("anti-", "pro-", "anti ", "pro ")) or lower.endswith(
        ("-backed", "-aligned", "-led", "-funded")
    )


def _body_called(name: str, knowledge: Knowledge) -> Actor | None:
    """The body of the knowledge base that has this name."""
    words = keys_of(name)
    for alias in knowledge.aliases.get(words[0], ()) if words else ():
        actor = knowledge.actors.get(alias.actor)
        if alias.words == words and actor is not None and actor.kind == "body":
            return actor
    return None


def _described(sentence: Sentence, first: int, index: int, role: Role, taken: dict[int, Mention]) -> str:
    """The words that tell a described party from others of its kind: "Shiite cleric", "riot police"."""
    kept = []
    for position in range(first, index + 1):
        token = sentence.tokens[position]
        nation = taken.get(position)
        if nation is not None and nation.kind in ("nation", "people", "capital") and not _aimed(nation.text):
            continue
        telling = token.relation == "compound" or token.text[:1].isupper() or token.text.lower() in role.words
        if position == index or (telling and token.upos in ("NOUN", "PROPN", "ADJ", "VERB")):
            kept.append(token.text)
    return " ".join(kept)


def _of_country(described: str, role: Role, iso3: str) -> tuple[str, str]:
    """Name and id of a described party of a country: "Iraqi protesters", `iraqi-protester`."""
    found = _country(iso3)
    adjective = next(iter(found.adjectives), found.name) if found else ""
    words = described.split()
    singular = (
        " ".join([*words[: -len(role.words)], *role.words]) if len(words) >= len(role.words) else " ".join(role.words)
    )
    return f"{adjective} {described}".strip(), slug(f"{adjective} {singular}")


def _country(iso3: str) -> Country | None:
    try:
        return country(iso3)
    except KeyError:
        return None


def _owner(sentence: Sentence, index: int, taken: dict[int, Mention]) -> Mention | None:
    """The state behind "of" or "in", or further before: "the army of Iraq", "the government in Baghdad"."""
    for position, token in enumerate(sentence.tokens):
        if token.head == index and token.relation.startswith(("nmod", "amod", "compound")) and position in taken:
            mention = taken[position]
            aimed = _aimed(mention.text) or _is_backer(sentence, mention)
            if mention.kind in ("nation", "capital", "place") and mention.code and not aimed:
                return mention
    return None


def _left_edge(sentence: Sentence, index: int) -> int:
    """The first token of the unbroken run of modifiers before a noun, without numbers and quantities."""
    first = index
    while first > 0 and _modifies(sentence, first - 1, index):
        first -= 1
    while first < index and (
        sentence.tokens[first].upos in ("PUNCT", "CCONJ", "ADP", "NUM", "PART")
        or _is_quantity(sentence.tokens[first].lemma)
    ):
        first += 1
    return first


CALENDAR = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name) if name)
"""Words that stand before a noun as its time, not as its description ("Wednesday protesters")."""


def _modifies(sentence: Sentence, position: int, index: int) -> bool:
    """Whether a token stands below a noun by modifying relations alone."""
    if sentence.tokens[position].text.lower() in CALENDAR:
        return False
    for _ in range(5):
        token = sentence.tokens[position]
        if token.relation not in MODIFIERS:
            return False
        if token.head == index:
            return token.relation not in ("cc", "conj", "case", "advmod", "punct") or token.text in ("-", "–")
        if token.head < 0:
            return False
        position = token.head
    return False


def _is_quantity(lemma: str) -> bool:
    return lemma.lower() in (
        "some",
        "several",
        "many",
        "few",
        "dozen",
        "hundred",
        "thousand",
        "million",
        "more",
        "most",
        "another",
        "other",
    )


def _is_title(sentence: Sentence, index: int, taken: dict[int, Mention]) -> bool:
    """Whether a role noun only introduces the name after it: "General Soleimani"."""
    following = taken.get(index + 1)
    if following is None or following.kind != "person":
        return False
    token, name = sentence.tokens[index], sentence.tokens[index + 1]
    linked = name.head == index or token.head == index + 1 or token.head == name.head
    return linked and (
        name.relation in ("flat", "appos", "nmod:desc", "compound")
        or token.relation in ("compound", "nmod:desc", "flat", "amod", "nmod")
    )


def _text(sentence: Sentence, first: int, last: int) -> str:
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    return sentence.text[start - sentence.start : end - sentence.start]


def _head(sentence: Sentence, first: int, last: int) -> int:
    """The token of a span whose head lies outside it."""
    for index in range(first, last + 1):
        if not first <= sentence.tokens[index].head <= last:
            return index
    return last


def _mention(
    sentence: Sentence,
    first: int,
    last: int,
    kind: str,
    actor: str | None,
    name: str,
    code: str,
    why: str,
    political: bool,
) -> Mention:
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    head = _head(sentence, first, last)
    return Mention(
        sentence.index, start, end, _text(sentence, first, last), head, kind, actor, name, code, why, political
    )
