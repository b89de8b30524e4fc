"""Where an event happened: the most specific place that is named for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..geography import (
    Place,
    adjectives,
    best_place,
    countries_called,
    country_by_code,
    country_names,
    country_where,
    listed_places,
)
from ..records import Mention, Party, Where
from .lexicons import sites
from .syntax import Tree
from .when import clause_way

__all__ = ["Site", "sites_of", "where_of"]

AT = frozenset("in at near on outside inside around across throughout within between along over by".split())
TOWARD = frozenset("to into from off toward towards through out of".split())
"""Prepositions of a way: where it leads, or begins, is the place only of what hangs on the verb itself."""

OF = frozenset(("of", "in", "on", "against"))
"""How a noun that reports an event names its place: "the invasion of Iraq", "the assault on Fallujah"."""

BESIDE = ("compound", "nmod:poss", "nmod:unmarked", "nmod:desc")
"""How a place stands before such a noun: "the Fallujah fighting"."""

SPECIFIC = {
    "base": 0,
    "district": 0,
    "town": 0,
    "city": 1,
    "capital": 2,
    "region": 3,
    "province": 3,
    "sea": 3,
    "settlement": 1,
    "division": 3,
}
"""How specific the kinds of the gazetteer are, 0 the most; a place that it does not know counts as a city."""

COUNTRY = 4
FARTHEST = 3
"""Steps up from a trigger, within its clause, from which a place still counts."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place that a sentence names: the token that stands for it in the tree, its words, what is known of it.

    `governs` where its name may stand for a government ("the Baghdad government"). An embassy lies `away` from the
    country whose it is.
    """

    head: int
    start: int
    text: str
    name: str
    country: str | None
    place: Place | None
    specific: int
    governs: bool = False
    away: str | None = None


def where_of(
    tree: Tree, trigger: int, known: Sequence[Site], parties: Sequence[Party], hit: Sequence[Party] = ()
) -> Where | None:
    """The place of the event at a trigger, one of the places of its sentence that `sites_of` gives.

    A place of its clause counts that stands under a preposition of place, or before or behind an event noun. The
    event's `parties` are not its place, but for those that were `hit` in an attack.
    """
    way = clause_way(tree, trigger)
    ranked = [(rank, site) for site in known if (rank := _rank(tree, trigger, way, site, parties, hit)) is not None]
    if not ranked:
        return None
    _, chosen = min(ranked, key=lambda pair: pair[0])
    return _where(chosen, _around(chosen, known))


def _around(chosen: Site, known: Sequence[Site]) -> str | None:
    """The country of the other places of the sentence; of an embassy not such as are only named as states."""
    others = (site for site in known if chosen.away is None or site.specific < COUNTRY)
    return next((site.country for site in others if site.country), None)


def _rank(
    tree: Tree, trigger: int, way: list[int], site: Site, parties: Sequence[Party], hit: Sequence[Party]
) -> tuple[int, int, int, int] | None:
    """How well a site fits, lower is better: its class, how specific it is, steps up and down the tree; None: not."""
    head = tree[site.head].start
    attacked = any(party.start <= head < party.end for party in hit)
    attacked = attacked or (site.specific < 3 and any(party.start == site.start for party in hit))
    if site.start in {party.start for party in parties} and not attacked:
        return None
    if _is_where(tree, trigger, site):
        return 0, site.specific, 0, 0
    path, whole = tree.path_up(site.head), tree.path_up(trigger)
    meeting = next((node for node in path if node in whole), None)
    if meeting is None:
        return None
    above, between = whole.index(meeting), path[1 : path.index(meeting)]
    if any(_is_other_clause(tree, node, trigger) for node in between):
        return None
    case, holder = tree.case(site.head), path[1] if len(path) > 1 else -1
    inside = meeting in way and above <= FARTHEST
    if case in AT:
        return (min(above, 1) if inside else 3), site.specific, above, len(between)
    if holder in way[:2] and (case in TOWARD or attacked):
        return (0 if attacked and site.specific < 3 else 1), site.specific, above, len(between)
    beside = tree[site.head].relation in BESIDE
    if holder == trigger and not tree.is_verb(trigger) and (case in OF or beside):
        return 0, site.specific, above, len(between)
    if inside and beside and tree[holder].upos == "NOUN" and tree[holder].head in way and not site.governs:
        return 2, site.specific, above, len(between)  # "the Fallujah fighting has killed"
    return None


def _is_where(tree: Tree, trigger: int, site: Site) -> bool:
    """ "Iraq, where crowds were demonstrating"."""
    clause = next((node for node in tree.path_up(trigger) if tree[node].relation == "acl:relcl"), None)
    if clause is None or tree[clause].head != site.head:
        return False
    return any(tree.lemma(c) == "where" for c in tree.related(clause, "advmod", "mark", "obl"))


def _is_other_clause(tree: Tree, node: int, trigger: int) -> bool:
    relation = tree[node].relation.split(":")[0]
    own = tree[node].head == trigger and relation in ("acl", "advcl", "xcomp")
    stays = tree[node].relation == "acl" and tree.lemma(node) in sites().staying
    return not own and not stays and relation in ("acl", "advcl", "ccomp", "parataxis", "csubj")


def sites_of(tree: Tree, mentions: Sequence[Mention]) -> Iterator[Site]:
    """The places of a sentence: names, with the common noun that says what they are, and described sites."""
    taken: set[int] = set()
    for mention in mentions:
        if mention.kind not in ("place", "capital", "nation"):
            continue
        holder = _holder(tree, mention.head)
        if holder == mention.head and (tree[mention.head].upos == "ADJ" or _is_adjective(mention.text)):
            continue
        taken.add(holder)
        yield _named(tree, mention, holder)
    for index, token in enumerate(tree.tokens):
        described = token.upos == "NOUN" and tree.related(index, "amod", "compound", "nmod:poss")
        if index not in taken and described and tree.lemma(index) in sites().small | sites().large:
            yield _common(tree, index, mentions)


def _is_adjective(words: str) -> bool:
    """Whether words for a nation are never its name: "messages in English"."""
    return words in adjectives() and words not in country_names()


def _holder(tree: Tree, head: int) -> int:
    """The common noun to which a name belongs ("the town of Qaim", "Salikh district"), else the name itself."""
    token = tree[head]
    if token.head < 0 or tree.lemma(token.head) not in sites().small | sites().large:
        return head
    if tree[token.head].relation == "compound":
        return head  # "Iraqi state television"
    if token.relation in (*BESIDE, "amod") or (token.relation == "nmod" and tree.case(head) == "of"):
        return token.head
    return token.head if token.relation == "appos" else head


def _named(tree: Tree, mention: Mention, holder: int) -> Site:
    if mention.kind == "nation":
        return _of_nation(tree, mention, holder)
    place = best_place(mention.text, _country(mention.code))
    specific = SPECIFIC.get(place.kind, 1) if place else 1
    if holder > mention.head and tree.lemma(holder) in sites().small and (place is None or specific > 0):
        text = tree.text(mention.start, tree[holder].end)  # "Salikh district", "the Kandahar airport"
        country = place.country if place else _country(mention.code)
        listed = next((one for one in listed_places(text) if SPECIFIC[one.kind] == 0 and one.country == country), None)
        return Site(holder, mention.start, text, listed.name if listed else text, country, listed, 0)
    name = place.name if place else mention.text
    country = place.country if place else None
    return Site(holder, mention.start, mention.text, name, country, place, specific, mention.kind == "capital")


def _of_nation(tree: Tree, mention: Mention, holder: int) -> Site:
    """A country, or a place of it that its name or adjective tells ("Iraqi cities", "the US embassy")."""
    found = countries_called(mention.text)
    name, code = (found[0].name, found[0].iso3) if found else (mention.name, _country(mention.code))
    if holder == mention.head:
        return Site(holder, mention.start, mention.text, name, code, None, COUNTRY, True)
    start = min(mention.start, tree[holder].start)
    text = tree.text(start, max(mention.end, tree[holder].end))
    if tree.lemma(holder) in sites().abroad:
        return Site(holder, start, text, text, None, None, 3, away=code)
    return Site(holder, start, text, name, code, None, 3, True)


def _common(tree: Tree, index: int, mentions: Sequence[Mention]) -> Site:
    """A site without a name ("the tribal areas", "our street"), in the country that its words name."""
    first = min([index, *(c for c in tree.related(index, "amod", "compound", "nmod:poss") if c < index)])
    text = tree.text(tree[first].start, tree[index].end)
    inside = [_country(m.code) for m in mentions if tree[first].start <= m.start < tree[index].end]
    country = next(filter(None, inside), None) or country_where(text)
    abroad = tree.lemma(index) in sites().abroad
    home, away = (None, country) if abroad else (country, None)
    return Site(index, tree[first].start, text, text, home, None, COUNTRY + 1, away=away)


def _country(code: str) -> str | None:
    return code[:3] if country_by_code(code[:3], "iso3") else None


def _where(site: Site, around: str | None) -> Where:
    """The record of a site; one that the gazetteer does not know lies in the country of the sentence's other places."""
    if site.specific == COUNTRY:
        return Where(site.text, site.name, site.country, None, None, "country")
    if site.place is None:
        return Where(site.text, site.name, site.country or around, None, None, "place")
    precision = "region" if SPECIFIC.get(site.place.kind) == 3 else "place"
    return Where(site.text, site.name, site.place.country, site.place.lat, site.place.lon, precision)
