"""From a token that fills a slot to the parties it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..records import Mention, Party, slug
from .lexicons import happening_nouns
from .syntax import Tree

__all__ = ["UNRESOLVED", "PartyFinder", "by_sentence"]

INSIDE = ("nmod:poss", "amod", "compound", "nmod:desc", "nmod:unmarked")
"""Where a party stands inside a phrase that is none itself: "Iran's attempts", "the American strike"."""

DESCRIBING = ("amod", "compound", "nmod:desc", "nmod:unmarked", "nummod", "punct")
"""What belongs to the words of a described party."""

OF = frozenset(("of", "by", "from", "against", "on", "belonging to"))
TOWARD = frozenset(("to", "for", "toward", "towards", "with", "at"))
AIMS = TOWARD | {"against", "from", "out of", "on", "in"}
CROWDS = ("protesters", "demonstrators", "protestors", "marchers", "rioters", "crowd", "crowds", "mob")
NAMED = frozenset(("person", "body"))
UNRESOLVED = frozenset("he she they them him her we us their his our".split())


def by_sentence(mentions: Iterable[Mention]) -> defaultdict[int, list[Mention]]:
    """The mentions of an article by the index of their sentence; none where a sentence has none."""
    found: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.sentence].append(mention)
    return found


class PartyFinder:
    """The parties of one sentence, looked up by token."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        self.tree = tree
        self.by_token: dict[int, list[Mention]] = {}
        self.dateline: set[int] = set()
        for mention in mentions:
            for index, token in enumerate(tree.tokens):
                if token.start < mention.start or token.end > mention.end:
                    continue
                if mention.kind == "dateline":
                    self.dateline.add(index)
                else:
                    self.by_token.setdefault(index, []).append(mention)

    def mentions_of(self, party: Party) -> list[Mention]:
        """The mentions that stand where a party stands, once for each of their tokens."""
        every = (mention for found in self.by_token.values() for mention in found)
        return [mention for mention in every if (mention.start, mention.end) == (party.start, party.end)]

    def mention_at(self, index: int) -> Mention | None:
        """The mention that a token carries: one whose head it is, else one that holds it."""
        mentions = self.by_token.get(index, [])
        heads = [m for m in mentions if m.head == index]
        if heads:
            return max(heads, key=lambda m: m.end - m.start)
        return None

    def in_name(self, index: int) -> bool:
        """Whether a token belongs to a name ("Congress" in "Indian National Congress")."""
        return any(mention.kind in NAMED for mention in self.by_token.get(index, []))

    def crowd(self) -> list[Mention]:
        """Described crowds of the sentence ("the protesters"), in order: by whom a protest is, if by nobody named."""
        mentions = {id(m): m for found in self.by_token.values() for m in found}
        crowds = [m for m in mentions.values() if m.kind == "role" and m.political and m.code.endswith("CVL")]
        return sorted(crowds, key=lambda mention: (not mention.text.lower().endswith(CROWDS), mention.start))

    def named(self, index: int) -> Mention | None:
        """The mention of a token, or of the name that it introduces as a title ("General Soleimani")."""
        mention = self.mention_at(index)
        if mention is not None and mention.kind in NAMED:
            return mention
        for child in self.tree.related(index, "flat", "appos", "nmod:desc", "compound"):
            below = self.mention_at(child)
            if below is not None and below.kind in NAMED and self._introduced(index, child):
                return below
        if mention is None:
            held = [m for m in self.by_token.get(index, []) if m.kind in NAMED]
            if held:
                return held[0]
        return mention

    def _introduced(self, index: int, child: int) -> bool:
        """Whether a name stands directly behind its title, or in apposition to it."""
        relation = self.tree[child].relation
        if relation == "appos":
            title = self.mention_at(index)
            return title is None or not title.political or title.kind == "individual"
        return child > index and relation != "compound"

    def is_place(self, index: int) -> bool:
        """Whether a token names a place that is no state: before an event noun it is where or what was hit."""
        mention = self.named(index)
        return mention is not None and mention.kind == "place"

    def is_party(self, index: int) -> bool:
        """Whether a token names a political party (the "party" of a frame's requirements)."""
        mention = self.named(index)
        return mention is not None and (mention.political or mention.kind in ("role", "individual", "capital", "place"))

    def described(self, index: int) -> list[Party]:
        """A party that only a common noun describes ("pockets of resistance"), where we know that it is one."""
        token = self.tree[index]
        if token.upos not in ("NOUN", "PROPN", "ADJ", "NUM") or index in self.dateline:
            return []
        if self.tree.lemma(index) in happening_nouns():
            return []
        first = index
        while first > 0 and self.tree[first - 1].relation in DESCRIBING and self._below(first - 1, index):
            first -= 1
        while self.tree[first].upos == "PUNCT":
            first += 1
        nations = [m.code[:3] for i in range(first, index) for m in self.by_token.get(i, []) if m.kind == "nation"]
        start, end = self.tree[first].start, token.end
        text = self.tree.text(start, end)
        why = "a noun that names nobody, in the place of a party"
        return [Party(text, start, end, None, text, f"{nations[0]} UNK" if nations else "UNK", why)]

    def _below(self, index: int, above: int) -> bool:
        return above in self.tree.path_up(index)[:3]

    def parties(self, tokens: Sequence[int], depth: int = 0) -> list[Party]:
        """The parties that tokens name, in order, each once."""
        if len(tokens) > 1:
            named = [t for t in tokens if self.named(t) is not None or self.tree[t].upos == "PRON"]
            tokens = named or tokens
        found: dict[str | tuple[int, int], Party] = {}
        for index in tokens:
            for party in self._of_token(index, depth):
                found.setdefault(party.id or (party.start, party.end), party)
        return list(found.values())

    def words_of(self, index: int) -> list[int]:
        """The words of the parties that a token leads to."""
        tokens = enumerate(self.tree.tokens)
        found = [(party.start, party.end) for party in self.parties([index])]
        return [i for i, token in tokens if any(start <= token.start < end for start, end in found)]

    def _of_token(self, index: int, depth: int) -> list[Party]:
        mention = self.named(index)
        if mention is not None and mention.kind != "place":
            whole = self._whole(index, mention, depth)
            return whole or [_party(each) for each in self._together(mention)]
        token = self.tree[index]
        if token.upos == "PRON":
            word = token.text.lower()
            if word in UNRESOLVED:
                return [
                    Party(
                        token.text,
                        token.start,
                        token.end,
                        None,
                        token.text,
                        "UNK",
                        "a pronoun whose meaning was not found",
                    )
                ]
            return []
        if mention is not None:
            return [_party(mention)]
        if (
            token.upos == "PROPN"
            and depth == 0
            and token.relation in ("obj", "nsubj", "nsubj:pass", "obl:agent", "conj", "appos")
        ):
            return self._unlisted(index)
        if self.tree.is_verb(index) and depth < 2:
            return self.parties(self.tree.objects(index), depth + 1) or self.parties(self._aims(index), depth + 1)
        return self._inside(index, depth) if depth < 3 else []

    def _aims(self, verb: int) -> list[int]:
        """At whom a verb is aimed besides its object: "to pull its troops out of Lebanon", "to strike at Iran"; a
        place is one only where it is a state."""
        aims = [c for c in self.tree.related(verb, "obl") if self.tree.case(c) in AIMS]
        return [c for aim in aims for c in self.tree.conjuncts(aim) if not self.is_place(c)]

    def _together(self, mention: Mention) -> list[Mention]:
        """The mention, or all that one pronoun or description stands for ("they", "both countries")."""
        if mention.kind != "pronoun":
            return [mention]
        same = (m for m in self.by_token.get(mention.head, []) if (m.start, m.end) == (mention.start, mention.end))
        return list(same)

    def _unlisted(self, index: int) -> list[Party]:
        """A proper name that neither the reader nor the knowledge base knows for one."""
        last = max([index, *(c for c in self.tree.related(index, "flat") if c > index)])
        start, end = self.tree[index].start, self.tree[last].end
        text = self.tree.text(start, end)
        if not text[:1].isupper() or index in self.dateline:
            return []
        return [Party(text, start, end, slug(text), text, "UNK", "a proper noun that nothing is known of")]

    def _whole(self, index: int, mention: Mention, depth: int) -> list[Party]:
        """The party of which a noun names only a part: "members of the security forces"."""
        if mention.kind not in ("role", "individual") or mention.political or depth > 2:
            return []
        of = [c for c in self.tree.related(index, "nmod") if self.tree.case(c) == "of"]
        return [p for p in self.parties(of, depth + 1) if p.id is not None]

    def _inside(self, index: int, depth: int) -> list[Party]:
        """Parties inside a phrase whose head names none: before the noun, else behind "of"."""
        tree = self.tree
        for relation in INSIDE:
            parties = [
                p for child in tree.related(index, relation) for c in tree.conjuncts(child) for p in self._modifier(c)
            ]
            if parties:
                return parties
        for child in tree.related(index, "nmod"):
            if tree.case(child) in OF:
                parties = self.parties(tree.conjuncts(child), depth + 1)
                if parties:
                    return parties
        for child in tree.related(index, "nmod"):
            if tree.case(child) in TOWARD:
                parties = self.parties([child], depth + 1)
                if parties:
                    return parties
        return []

    def _modifier(self, index: int) -> list[Party]:
        mention = self.named(index) or next(iter(self.by_token.get(index, [])), None)
        if mention is not None and mention.kind != "place":
            return [_party(mention)]
        if self.tree[index].upos == "PRON" and self.tree[index].text.lower() in UNRESOLVED:
            return self._of_token(index, 2)
        return []

    def place_parties(self, tokens: Sequence[int]) -> list[Party]:
        """Places in the slots, for recipients that are cities or sites ("shelled Aleppo")."""
        return [
            _party(m) for index in tokens if (m := self.named(index)) is not None and m.kind in ("place", "capital")
        ]


def _party(mention: Mention) -> Party:
    return Party(mention.text, mention.start, mention.end, mention.actor, mention.name, mention.code, mention.why)
