"""Contexts: sentences of our own in, what their events are about out."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook import CONTEXTS, TYPES
from dragoman.coding import context_lexicon, frames, with_contexts
from dragoman.coding.contexts import MOST
from dragoman.errors import DataError
from dragoman.pipeline import code
from dragoman.records import Article, Event


def events(text: str, user_data: str = "") -> tuple[Event, ...]:
    found = code(Article("a", text, "a", published="2020-01-27"), user_data).events
    assert found, f"no event in {text!r}"
    return found


def contexts(text: str) -> set[str]:
    return {context for event in events(text) for context in event.contexts}


@pytest.mark.parametrize(
    ("context", "text"),
    [
        ("military", "The Iraqi army attacked militants near Mosul."),
        ("intelligence", "Russia accused Ukraine of running a spy ring."),
        ("executive", "Crowds in Baghdad protested against the new government."),
        ("legislative", "France condemned the legislation that Poland adopted."),
        ("election", "Belarus arrested activists who disputed the election."),
        ("political_institutions", "Protesters in Santiago demanded that Chile rewrite the constitution."),
        ("pro_democracy", "Hong Kong police arrested three pro-democracy activists."),
        ("pro_autocracy", "Turkey condemned the military coup in Mali."),
        ("economic", "China threatened the United States with new tariffs."),
        ("legal", "Iran rejected the verdict of the tribunal."),
        ("reparations", "Greece demanded war reparations from Germany."),
        ("human_rights", "Canada accused Myanmar of genocide."),
        ("rights_freedoms", "Germany criticised Turkey over press freedom."),
        ("repression", "The United States condemned the crackdown in Belarus."),
        ("human_security", "Turkey sent humanitarian aid to Yemen."),
        ("gender", "Thousands marched in Warsaw against the ban on abortion."),
        ("lgbt", "Russia criticised Ukraine over a gay pride parade."),
        ("religion_ethnicity", "Pakistan condemned India over sectarian violence in Delhi."),
        ("inequality", "Thousands protested in Santiago against inequality."),
        ("diplomatic", "Sweden summoned the ambassador of China."),
        ("territory", "Ukraine condemned the annexation of Crimea by Russia."),
        ("peacekeeping", "Rwanda sent peacekeepers to Mozambique."),
        ("health", "China gave vaccines to Serbia."),
        ("asylum", "Greece accused Turkey of pushing refugees across the river."),
        ("migration", "Mexico rejected American demands on migrants."),
        ("disasters", "Japan sent rescuers to Turkey after the earthquake."),
        ("natural_resource", "Russia threatened to halt natural gas supplies to Ukraine."),
        ("environment", "France criticised Brazil over deforestation."),
        ("technology", "Britain rejected Chinese semiconductor companies."),
        ("terrorism", "India accused Pakistan of harbouring jihadists."),
        ("cbrn", "Israel accused Iran of hiding uranium."),
        ("cyber", "Estonia accused Russia of a cyber-attack on its banks."),
        ("misinformation", "Lithuania accused Belarus of spreading fake news."),
        ("crime", "Honduras asked the United States for help against gangs."),
        ("corruption", "Protesters in Sofia accused the government of corruption."),
        ("illegal_drugs", "Colombia thanked the United States for help against cocaine smugglers."),
        ("trafficking", "Thailand accused Myanmar of tolerating human trafficking."),
    ],
)
def test_a_term_in_the_sentence_is_enough(context: str, text: str) -> None:
    assert context in contexts(text)


@pytest.mark.parametrize(
    ("context", "text"),
    [
        ("military", "The Free Syrian Army attacked a village in Idlib."),
        ("military", "Hezbollah militants attacked Israel."),
        ("legal", "Serbia praised Australia's tennis court diplomacy in Melbourne."),
        ("legal", "Germany thanked Turkey for the clinical trial in Ankara."),
        ("economic", "Turkey and Greece traded accusations over Cyprus, and Turkey threatened Greece."),
        ("health", "Iran accused Israel of planting a computer virus."),
        ("crime", "Ukraine accused Russia of war crimes."),
        ("terrorism", "Iran condemned the reign of terror of Israel."),
        ("executive", "The government of Sudan condemned Egypt."),
        ("election", "Greece elected to threaten Turkey with isolation."),
        ("cbrn", "Poland thanked Germany for receiving nuclear families."),
        ("election", "India threatened Pakistan after a landslide in Kashmir."),
        ("gender", "Rebels in Congo killed 12 women."),
        ("intelligence", "France criticised Britain over a spy novel."),
        ("natural_resource", "Spain threatened Italy in a quarrel over olive oil."),
    ],
)
def test_a_near_miss_is_none(context: str, text: str) -> None:
    assert context not in contexts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran accused Israel of planting a computer virus.", "cyber"),
        ("Ukraine accused Russia of war crimes.", "human_rights"),
        ("Turkey accused Greece of mistreating asylum-seekers.", "asylum"),
        ("France criticised Saudi Arabia over women's rights.", "gender"),
        ("Japan criticised China over missile tests.", "military"),
    ],
)
def test_the_longest_term_counts_alone(text: str, expected: str) -> None:
    assert contexts(text) == {expected}


def test_a_mode_a_sector_and_two_governments_speak_for_themselves() -> None:
    assert "legal" in contexts("Police arrested 12 protesters in Hong Kong.")
    assert "military" in contexts("The Pentagon accused Iran of lying.")
    assert "diplomatic" in contexts("Angela Merkel met Emmanuel Macron in Berlin.")
    assert "diplomatic" not in contexts("Protesters met Emmanuel Macron in Berlin.")


def test_at_most_three_the_nearest_first() -> None:
    text = "Iran accused Israel of espionage, cyberattacks, terrorism, corruption and pollution."
    (event,) = events(text)
    assert event.contexts == ("intelligence", "cyber", "terrorism")
    assert len(event.contexts) == MOST


def test_a_paragraph_gives_its_context_by_two_terms_and_not_by_one() -> None:
    two = "The vaccine is scarce. The pandemic spreads. China accused India of lying.\nRussia accused Ukraine of lying."
    assert [event.contexts for event in events(two)] == [("health",), ()]
    one = "The vaccine is scarce. China accused India of lying."
    assert [event.contexts for event in events(one)] == [()]


def test_a_document_gives_its_context_where_its_words_carry_it_through() -> None:
    about = "The vaccine is scarce.\nThe pandemic spreads.\nA hospital closed for the quarantine.\n"
    claim = "China accused India of lying."
    assert [event.contexts for event in events(about + claim)] == [("health",)]
    diluted = about + "The road is long.\nIt rained.\nThe market was quiet.\nThe bridge is old.\n" + claim
    assert [event.contexts for event in events(diluted)] == [()]


def test_every_context_has_terms_of_its_own() -> None:
    lexicon = context_lexicon()
    named = [context for found in lexicon.phrases.values() for _, context in found] + list(lexicon.verbs.values())
    assert set(named) == {*CONTEXTS, "none"}
    assert all(20 <= named.count(context) <= 65 for context in CONTEXTS)


def test_every_mode_of_the_codebook_is_some_frames() -> None:
    reached = {(frame.type, frame.mode) for frame in frames().all}
    assert {(kind.name, mode) for kind in TYPES.values() for mode in kind.modes} <= reached


def test_an_imported_event_is_left_as_it_is() -> None:
    (event,) = events("Ukraine accused Russia of war crimes.")
    imported = Event(event.id, None, None, None, None, None, *(getattr(event, name) for name in Event.__slots__[6:]))
    assert list(with_contexts(Article("a", "", "a"), [], [imported], context_lexicon())) == [imported]


def test_a_users_term_is_found_and_a_wrong_file_named(tmp_path: Path) -> None:
    (tmp_path / "contexts").mkdir()
    own = tmp_path / "contexts" / "own.toml"

    def write(text: str) -> str:
        own.write_text(text, encoding="utf-8")
        context_lexicon.cache_clear()
        return str(tmp_path)

    user_data = write('[corruption]\nterms = ["lava jato"]\n')
    found = events("Protesters in Brasilia accused the government over Lava Jato.", user_data)
    assert any("corruption" in event.contexts for event in found)
    for text, problem in (
        ('[weather]\nterms = ["rain"]\n', "'weather' is no PLOVER context"),
        ('[crime]\nwords = ["rain"]\n', "unknown key 'words'"),
        ('[crime]\nterms = "rain"\n', "must be a list"),
        ('[crime]\nterms = ["-"]\n', "must be a list of words"),
        ('[crime]\nsectors = ["ARMY"]\n', "'ARMY' under `sectors`"),
        ('[crime]\nterms = ["kickback"]\n', "'kickback' stands under crime and under corruption"),
        ("crime = 1\n", "crime has no table"),
        ("[crime\n", "not a valid TOML file"),
    ):
        with pytest.raises(DataError, match=r"own\.toml") as raised:
            context_lexicon(write(text))
        assert problem in str(raised.value)
    context_lexicon.cache_clear()
