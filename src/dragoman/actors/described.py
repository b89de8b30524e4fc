"""Described parties: nouns that denote a party without naming it ("Iraqi security forces")."""

from __future__ import annotations

import calendar

from ..geography import Country, country
from ..records import Actor, Mention, Sentence, slug
from .knowledge import Knowledge, Role, keys_of
from .lexicon import words
from .spans import make_mention, text_of

__all__ = ["body_called", "described_parties", "of_country", "role_at", "state_of"]

MODIFIERS = frozenset(
    "det amod compound nmod:poss nummod flat punct case nmod:desc nmod:unmarked obl:unmarked advmod det:predet".split()
)

MEMBERS = frozenset(("UNK", "GOV", "MIL", "REB", "SPY", "PTY"))
"""Sectors of nouns for members of any body: "member", "official", "commander", "fighter", "agent"."""

LEADER = "leader"
QUANTITIES = frozenset("some several many few dozen hundred thousand million more most another other".split())
BACKED = ("-backed", "-aligned", "-led", "-funded", "-supported", "-linked", "-trained", "-allied")

CALENDAR = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name) if name)
"""Words that stand before a noun as its time, not as its description ("Wednesday protesters")."""


def described_parties(
    sentence: Sentence, taken: dict[int, Mention], knowledge: Knowledge, day: str | None
) -> list[Mention]:
    """The described parties of a sentence, outside the tokens that names have taken.

    `day` is the ISO day of publication: an office stands for whoever held it then.
    """
    found = []
    for index, token in enumerate(sentence.tokens):
        if token.upos not in ("NOUN", "PROPN") or index in taken:
            continue
        role = role_at(sentence, index, knowledge)
        if role is not None and not _is_title(sentence, index, taken):
            found.append(_role(sentence, index, role, taken, knowledge, day))
    return found


def _known_body(iso3: str, role: Role, knowledge: Knowledge, plural: bool) -> Actor | None:
    """The body that the knowledge base knows as "Iraqi parliament", however the text says it.

    Troops of a state, whatever they are called, are its armed forces.
    """
    found = state_of(iso3)
    names = [" ".join(role.words)]
    if plural and role.words[-1] in words("forces", "troops"):
        names += words("forces", "armed_forces")
    for adjective in found.adjectives if found else ():
        for name in names:
            body = body_called(f"{adjective} {name}", knowledge)
            if body is not None:
                return body
    return None


def role_at(sentence: Sentence, index: int, knowledge: Knowledge) -> Role | None:
    """The role noun at a token, with the words before it where it has several ("security forces")."""
    token = sentence.tokens[index]
    if token.upos == "ADJ":
        return None
    lemma = token.lemma.lower()
    if _is_quantity(lemma) and any(t.head == index and t.relation == "nmod" for t in sentence.tokens):
        return None
    for word in dict.fromkeys((lemma, token.text.lower(), lemma.removesuffix("s"))):
        for role in knowledge.roles.get(word, ()):
            before = sentence.tokens[max(0, index - len(role.words) + 1) : index]
            wanted = list(role.words[:-1])
            if [t.text.lower() for t in before] == wanted or [t.lemma.lower() for t in before] == wanted:
                return role
    return None


def _may_own(mention: Mention) -> bool:
    """Whether a name in a phrase says whose its party is; the agency that reports of it does not."""
    return bool(mention.code[:3].strip()) and not mention.code.endswith("JRN")


def _nation(sentence: Sentence, first: int, index: int, taken: dict[int, Mention]) -> Mention | None:
    """Whose a described party is, by the nearest word inside its phrase or behind it, or by what it is coordinated
    with ("US diplomats and military officials")."""
    for position in range(index - 1, first - 1, -1):
        mention = taken.get(position)
        if mention is not None and _may_own(mention) and not _only_backs(sentence, mention):
            return mention
    owner, token = _owner(sentence, index, taken), sentence.tokens[index]
    if owner is not None or token.relation != "conj" or sentence.tokens[first].upos == "DET":
        return owner
    before = _left_edge(sentence, token.head)
    return _nation(sentence, before, token.head, taken) if before < token.head < first else None


def _role(
    sentence: Sentence, index: int, role: Role, taken: dict[int, Mention], knowledge: Knowledge, day: str | None
) -> Mention:
    first = _left_edge(sentence, index)
    nation = _nation(sentence, first, index, taken)
    country = nation.code[:3] if nation else "UNK"
    code = f"{country} {_sector(role, nation)}"
    text = text_of(sentence, first, index)
    holder = knowledge.holder(country, " ".join(role.words), day)
    if holder is not None:
        why = f"{text!r} is the office of {holder.name} on {day}"
        return make_mention(sentence, first, index, "individual", holder.id, holder.name, code, why, True)
    why = f"{role.words[-1]!r} denotes a party ({role.sector})" + (f" of {nation.name}" if nation else "")
    plural = _is_plural(sentence, index)
    if nation is not None and plural and nation.kind == "body" and first <= nation.head < index and _are_it(role):
        return make_mention(sentence, first, index, "body", nation.actor, nation.name, nation.code, why, True)
    known = _known_body(country, role, knowledge, plural) if nation else None
    if known is not None:
        return make_mention(sentence, first, index, "body", known.id, known.name, known.code, why, True)
    name, identity = _named(_described(sentence, first, index, role, taken), role, country if nation else "UNK")
    political = role.political or nation is not None
    kind = "individual" if role.kind == "person" and not plural else "role"
    return make_mention(sentence, first, index, kind, identity, name, code, why, political)


def _sector(role: Role, whose: Mention | None) -> str:
    """The sector of a described party: that of the body whose member it is, where the noun tells no other.

    Leaders of a nation are its government.
    """
    if whose is not None and whose.kind == "nation" and role.words == (LEADER,):
        return "GOV"
    sectors = whose.code.split()[1:] if whose is not None and whose.kind == "body" else []
    return sectors[0] if sectors and role.sector in MEMBERS else role.sector


def _are_it(role: Role) -> bool:
    """Whether people of a body, so called, act as the body: "Taliban fighters"; "Hamas supporters" do not."""
    return role.kind != "body" and role.sector in MEMBERS


def of_country(noun: str, role: Role, iso3: str, knowledge: Knowledge) -> tuple[str, str, str]:
    """Name, id and code of a described party of a country: the body that is known there, else its own."""
    known = _known_body(iso3, role, knowledge, noun.lower().split()[-1:] != [role.words[-1]])
    if known is not None:
        return known.name, known.id, known.code
    return *_named(noun, role, iso3), f"{iso3} {role.sector}"


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


def _left_edge(sentence: Sentence, index: int) -> int:
    """The first token of the unbroken run of modifiers before a noun, without numbers and quantities."""
    first = index
    while first > 0 and sentence.tokens[first - 1].text != ":" and _modifies(sentence, first - 1, index):
        first -= 1
    while first < index and (
        sentence.tokens[first].upos in ("PUNCT", "CCONJ", "ADP", "NUM", "PART")
        or _is_quantity(sentence.tokens[first].lemma)
    ):
        first += 1
    return first


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
    return lemma.lower() in QUANTITIES


def _is_plural(sentence: Sentence, index: int) -> bool:
    features = sentence.tokens[index].features
    return "Number=Plur" in features or "Number=Ptan" in features


def _owner(sentence: Sentence, index: int, taken: dict[int, Mention]) -> Mention | None:
    """The state behind "of" or "in", or further before: "the army of Iraq", "the government in Baghdad".

    Foreign troops in Iraq are not Iraq's.
    """
    if any(token.head == index and token.lemma.lower() == "foreign" for token in sentence.tokens):
        return None
    for position, token in enumerate(sentence.tokens):
        if token.head == index and token.relation.startswith(("nmod", "amod", "compound")) and position in taken:
            mention = taken[position]
            whose = mention.kind in ("nation", "capital", "place", "body") and mention.code[:3].strip()
            if whose and not _only_backs(sentence, mention):
                return mention
    return None


def _only_backs(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name says whom a party is for, against or backed by, not whose it is ("pro-Iranian", "Iran-backed")."""
    if mention.text.lower().startswith(("anti-", "pro-")):
        return True
    end = mention.end - sentence.start
    return sentence.text[end : end + 10].lower().startswith(BACKED)


def _backed(sentence: Sentence, mention: Mention) -> str:
    """A name with the participle that a hyphen ties to it ("Iran-backed"), or ""."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    participle = next((word for word in BACKED if sentence.text[end:].lower().startswith(word)), "")
    return sentence.text[start : end + len(participle)] if participle else ""


def _described(sentence: Sentence, first: int, index: int, role: Role, taken: dict[int, Mention]) -> str:
    """The words that tell a described party from others of its kind: "Shiite cleric", "riot police"."""
    kept = []
    for position in range(first, index + 1):
        token = sentence.tokens[position]
        nation = taken.get(position)
        if nation is not None and nation.kind in ("nation", "people", "capital") and not _only_backs(sentence, nation):
            continue
        backed = _backed(sentence, nation) if nation is not None and position == nation.head else ""
        if backed:
            kept.append(backed)
            continue
        telling = token.relation == "compound" or token.text[:1].isupper() or token.text.lower() in role.words
        if position == index or (telling and token.upos in ("NOUN", "PROPN", "ADJ", "VERB")):
            kept.append(token.text)
    return " ".join(kept)


def _named(described: str, role: Role, iso3: str) -> tuple[str, str]:
    """Name and id of a described party of a country: "Iraqi protesters", `iraqi-protester`."""
    found = state_of(iso3)
    adjective = next(iter(found.adjectives), found.name) if found else ""
    telling = described.split()[: -len(role.words)]
    singular = " ".join([*telling, *role.words])
    if adjective and described.lower().startswith(adjective.lower()):
        adjective = ""
    return f"{adjective} {described}".strip(), slug(f"{adjective} {singular}")


def body_called(name: str, knowledge: Knowledge) -> Actor | None:
    """The body of the knowledge base that has this name."""
    keys = keys_of(name)
    for alias in knowledge.aliases.get(keys[0], ()) if keys else ():
        actor = knowledge.actors.get(alias.actor)
        if alias.words == keys and actor is not None and actor.kind == "body":
            return actor
    return None


def state_of(iso3: str) -> Country | None:
    """The country of a code, None where there is none."""
    try:
        return country(iso3)
    except KeyError:
        return None
