"""Actors: who is named or pointed to, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.actors import entries_of, knowledge, mentions_of, register, spellings, toml_of
from dragoman.actors.introduced import Introduced
from dragoman.codebook import SECTORS
from dragoman.errors import DataError
from dragoman.reading import read
from dragoman.records import Article, Mention


def mentions(text: str, published: str | None = "2020-01-27") -> tuple[Mention, ...]:
    article = Article("a", text, "t", published=published)
    return mentions_of(article, list(read([article])), knowledge())


def named(text: str, words: str, published: str | None = "2020-01-27") -> Mention:
    found = [mention for mention in mentions(text, published) if mention.text == words]
    assert found, [(m.text, m.name) for m in mentions(text, published)]
    return found[0]


@pytest.mark.parametrize("name", ["Qassem Soleimani", "Qasem Soleimani", "Qasim Suleimani", "Qassim Soleymani"])
def test_spellings_of_one_name_meet(name: str) -> None:
    assert named(f"The funeral of {name} drew crowds in Tehran.", name).name == "Qassem Soleimani"


@pytest.mark.parametrize("name", ["Hashd al-Shaabi", "al-Hashd al-Sha’abi", "Popular Mobilization Forces", "PMF"])
def test_names_of_one_group_meet(name: str) -> None:
    found = [m for m in mentions(f"Fighters of the {name} left the base.") if m.actor == "popular-mobilization-forces"]
    assert found


@pytest.mark.parametrize(
    ("text", "words", "name", "code"),
    [
        ("American diplomats left Baghdad.", "American", "United States", "USA GOV"),
        ("The US imposed sanctions.", "US", "United States", "USA GOV"),
        ("Iranians protested.", "Iranians", "Iran", "IRN CVL"),
        ("Donald Trump spoke.", "Donald Trump", "Donald Trump", "USA GOV"),
        ("The Iraqi police fired.", "Iraqi police", "Iraqi Police", "IRQ COP"),
        ("French farmers blocked roads.", "French farmers", "French farmers", "FRA AGR"),
    ],
)
def test_names_and_codes(text: str, words: str, name: str, code: str) -> None:
    mention = named(text, words)
    assert (mention.name, mention.code) == (name, code)
    assert mention.why


def test_us_the_pronoun_is_not_the_us() -> None:
    assert all(mention.actor != "usa" for mention in mentions("He told us that nothing had changed."))


def test_an_office_is_held_by_whoever_held_it_on_the_day() -> None:
    text = "The Iraqi prime minister resigned."
    assert named(text, "The Iraqi prime minister", "2019-11-30").name == "Adel Abdul-Mahdi"
    assert named(text, "The Iraqi prime minister", "2015-06-01").name == "Haider al-Abadi"


def test_a_former_holder_is_no_longer_the_state() -> None:
    assert named("Barack Obama gave a talk.", "Barack Obama", "2012-05-01").code == "USA GOV"
    assert named("Barack Obama gave a talk.", "Barack Obama", "2020-05-01").code == "USA ELI"


def test_a_surname_goes_on_with_the_person_introduced() -> None:
    text = "Mohammed Tawfiq Allawi was named on Saturday.\nAllawi promised early elections."
    allawi = [mention for mention in mentions(text, "2020-02-02") if mention.text == "Allawi"]
    assert allawi and allawi[0].name.startswith("Mohammed")


def test_pronouns_stand_for_the_nearest_fitting_party() -> None:
    text = "Angela Merkel met protesters in Berlin.\nShe promised them a new law."
    found = {m.text: m.name for m in mentions(text) if m.kind == "pronoun"}
    assert found["She"] == "Angela Merkel"
    assert "protesters" in found["them"]


def test_an_object_pronoun_is_not_the_subject_of_its_clause() -> None:
    text = "Guards stood at the gate.\nProtesters attacked them."
    them = next(m for m in mentions(text) if m.text == "them")
    assert "rotesters" not in them.name


def test_an_unknown_person_becomes_an_actor_with_a_code_from_the_words_before() -> None:
    mention = named("Iraqi militia leader Jabbar Mutashar gave a speech.", "Jabbar Mutashar")
    assert mention.code == "IRQ REB"
    assert mention.actor == "jabbar-mutashar"


def test_a_crowd_belongs_to_the_country_of_the_places() -> None:
    text = "Protesters filled the streets of Beirut and Tripoli.\nIn Sidon protesters burned tyres."
    found = [m for m in mentions(text) if m.text.lower() == "protesters"]
    assert found and {m.code for m in found} == {"LBN CVL"}


def test_a_president_without_a_country_is_nobodys() -> None:
    text = "Iran was the topic of the evening in Tehran.\nThe president said no."
    assert all(m.code.startswith("UNK") or "president" not in m.text for m in mentions(text))


def test_he_is_whom_the_article_is_about_not_who_was_just_killed() -> None:
    text = (
        "Moqtada al-Sadr demanded early elections in Baghdad.\nHis followers joined the sit-ins.\n"
        "After a US drone killed Qassem Soleimani and Abu Mahdi al-Muhandis, he called for a march."
    )
    found = {m.text: m.name for m in mentions(text) if m.kind == "pronoun"}
    assert found["he"] == "Muqtada al-Sadr"


def test_a_description_is_the_party_that_it_describes() -> None:
    text = (
        "Moqtada al-Sadr spoke in Najaf.\nThe Shiite cleric asked his supporters to leave.\n"
        "Kataib Hezbollah fired rockets.\nThe group denied it."
    )
    assert named(text, "The Shiite cleric").actor == "muqtada-al-sadr"
    assert named(text, "his supporters").name == "supporters of Muqtada al-Sadr"
    assert named(text, "The group").actor == "kataib-hezbollah"
    assert "stands for" in named(text, "The group").why


def test_both_countries_are_two_parties() -> None:
    text = "North Korea fired shells at South Korea.\nThe South fired back.\nBoth countries denied that they began."
    found = mentions(text)
    assert {m.actor for m in found if m.text == "Both countries"} == {"prk", "kor"}
    assert next(m for m in found if m.text == "South").actor == "kor"


def test_names_without_a_comma_are_two() -> None:
    text = (
        "Abu Mahdi al-Muhandis died in Baghdad.\nAfter the killing of Soleimani and al-Muhandis Iran closed the border."
    )
    found = [m.actor for m in mentions(text) if m.sentence == 1 and m.kind in ("person", "nation")]
    assert "irn" in found and "abu-mahdi-al-muhandis" in found


def test_a_point_of_view_is_no_party() -> None:
    text = "Iran fired missiles.\nNot all is fine from an American point of view."
    assert all(m.actor != "usa" for m in mentions(text))


def test_a_name_is_coded_by_its_title_its_apposition_and_all_that_the_article_says() -> None:
    text = "Guerrillas in Tikrit killed Asi Ali, a lawmaker.\nShaikh Hamid Akkab spoke in Tikrit.\nAkkab blamed Ali."
    assert named(text, "Asi Ali").code == "IRQ LEG"
    assert named(text, "Hamid Akkab").code == "IRQ REL"
    assert named(text, "Akkab").code == "IRQ REL"


def test_a_body_goes_on_by_the_last_words_of_its_name() -> None:
    introduced = Introduced()
    introduced.body("High Relief Commission of Kut", "kut", "High Relief Commission of Kut", "IRQ GOV")
    introduced.body("High Electoral Commission", "electoral", "High Electoral Commission", "IRQ GOV")
    assert (introduced.shortened("Electoral Commission") or "")[0] == "electoral"
    assert introduced.shortened("Truth Commission") is None


def test_a_body_goes_on_by_its_initials_or_what_stands_in_brackets() -> None:
    introduced = Introduced()
    introduced.body("Iraqi High Electoral Commission", "ihec", "Iraqi High Electoral Commission", "IRQ GOV")
    [sentence] = read([Article("a", "The Free Army of Kut (FAK) protested.", "t")])
    last = next(index for index, token in enumerate(sentence.tokens) if token.text == "Kut")
    introduced.abbreviation(sentence, last, "free-army", "Free Army of Kut", "IRQ REB")
    assert (introduced.abbreviated("IHEC") or "")[0] == "ihec"
    assert (introduced.abbreviated("FAK") or "")[0] == "free-army"
    assert introduced.abbreviated("UNHCR") is None


def test_of_two_bushes_the_one_in_office() -> None:
    assert named("Bush flew to London.", "Bush", "2004-10-16").actor == "george-w-bush"
    assert named("Bush flew to London.", "Bush", "1990-10-16").actor != "george-w-bush"


def test_ministries_are_the_government_and_security_forces_are_police() -> None:
    assert named("The French defence ministry denied it.", "The French defence ministry").code == "FRA GOV"
    assert named("The Iraqi security forces opened fire.", "Iraqi security forces").code == "IRQ COP"


def test_spellings_of_an_unknown_name_are_one_actor_across_articles() -> None:
    met = [
        ("jabar-mutasher", "Jabar Mutasher", "IRQ REB", 1),
        ("jabbar-mutashar", "Jabbar Mutashar", "IRQ REB", 3),
        ("anders-holm", "Anders Holm", "SWE", 2),
        ("us-armed-forces", "United States Armed Forces", "USA MIL", 5),
    ]
    found = spellings(met, knowledge())
    assert found["Jabar Mutasher"] == found["Jabbar Mutashar"] == "jabbar-mutashar"
    assert found["Anders Holm"] == "anders-holm"
    assert "United States Armed Forces" not in found
    joined = [("jabbar-mutashar", *met[0][1:]), *met[1:]]
    assert spellings(reversed(joined), knowledge()) == found


def test_entities_of_wikidata_and_followthemoney_become_actors(tmp_path: Path) -> None:
    wikidata = (
        '{"entities": {"Q1": {"id": "Q1", "labels": {"en": {"value": "Jabbar Mutashar"}}, '
        '"descriptions": {"en": {"value": "Iraqi militia leader (born 1954)"}}, '
        '"aliases": {"en": [{"value": "Abu X"}]}, '
        '"claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}], '
        '"P569": [{"mainsnak": {"datavalue": {"value": {"time": "+1954-00-00T00:00:00Z"}}}}]}}}}'
    )
    followthemoney = (
        '{"id": "a", "schema": "Person", "properties": {"name": ["Lena Orlova"], "nationality": ["ru"], '
        '"position": ["diplomat"], "gender": ["female"]}}\n{"id": "b", "schema": "Vessel", "properties": {}}'
    )
    known = knowledge()
    (first,), none = entries_of(wikidata, "w.json", known)
    (second,), left = entries_of(followthemoney, "f.jsonl", known)
    assert (first["country"], first["sectors"], first["from"]) == ("IRQ", ["REB"], "1954") and not none
    assert (second["country"], second["sectors"], second["gender"]) == ("RUS", ["GOV"], "f")
    assert len(left) == 1 and "b" in left[0]
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "own.toml").write_text(toml_of([first, second]), encoding="utf-8")
    assert {"jabbar-mutashar", "lena-orlova"} <= set(knowledge(str(tmp_path)).actors)
    knowledge.cache_clear()


def test_a_file_of_entities_that_is_no_json_is_named() -> None:
    with pytest.raises(DataError, match=r"f\.jsonl, line 2 is not JSON"):
        entries_of('{"id": "a"}\nnonsense', "f.jsonl", knowledge())


def test_the_register_does_not_depend_on_order() -> None:
    found = mentions("Iraqi police beat protesters in Basra. The Iraqi police denied it. Asaad Rahim was hurt.")
    known = knowledge()
    assert register(found, known) == register(reversed(found), known)


def test_the_knowledge_base_is_sound() -> None:
    known = knowledge()
    assert len(known.actors) > 3000
    codes = set(SECTORS) | {"UNK"}
    assert all(sector in codes for actor in known.actors.values() for sector in actor.sectors)
    for actor in known.actors.values():
        assert all(whole in known.actors for whole in actor.part_of), actor.id


def test_a_users_actor_is_found_and_a_wrong_one_named(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    folder.mkdir()
    entry = (
        '[[actor]]\nid = "blue-hats"\nname = "Blue Hats of Kut"\nkind = "group"\ncountry = "IRQ"\nsectors = ["PRM"]\n'
    )
    (folder / "own.toml").write_text(entry, encoding="utf-8")
    assert "blue-hats" in knowledge(str(tmp_path)).actors
    (folder / "own.toml").write_text('[[actor]]\nid = "x"\nname = "X"\n', encoding="utf-8")
    knowledge.cache_clear()
    with pytest.raises(DataError, match=r"own\.toml: actor 1 lacks 'kind'"):
        knowledge(str(tmp_path))
    knowledge.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "BAGHDAD, Jan 8 (Meridian Wire) - Iran fired missiles at two bases.",
        "ALEPPO, Syria - Rebels shelled an army base.",
        "PARIS (Example Wire) — Police arrested two men.",
    ],
)
def test_a_dateline_names_no_party(text: str) -> None:
    end = text.replace("—", "-").index(" - ")
    assert all(mention.kind == "dateline" for mention in mentions(text) if mention.start < end)


def test_the_agency_of_a_dateline_lies_nowhere() -> None:
    found = mentions("AMMAN, Jan 4 (Meridian Wire) - Teachers marched through Amman on Saturday.")
    datelines = [(mention.text, mention.code[:3]) for mention in found if mention.kind == "dateline"]
    assert ("AMMAN", "JOR") in datelines
    assert {code for text, code in datelines if text != "AMMAN"} <= {""}


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        (
            "Georgia's president met Russian officials in Tbilisi. Georgia accused Russia of shelling it.",
            "Georgia",
            "GEO GOV",
        ),
        (
            "Georgia's governor Brian Kemp signed the bill in Atlanta. Georgia sued the federal government.",
            "Georgia",
            "USA",
        ),
        ("Rebels attacked Goma in eastern Congo. Congo accused Rwanda of backing them.", "Congo", "COD GOV"),
        ("Denis Sassou Nguesso of Congo met Macron. Police in Brazzaville held his foes.", "Congo", "COG GOV"),
        ("Korea's Kim Jong Un met Trump in Singapore.", "Korea", "PRK GOV"),
        ("Korea's Moon Jae-in met Trump in Seoul.", "Korea", "KOR GOV"),
    ],
)
def test_namesakes_are_told_apart_by_what_else_the_article_names(text: str, name: str, code: str) -> None:
    found = mentions(text)
    assert {mention.code for mention in found if mention.text == name} == {code}


def test_whom_a_namesake_s_name_described_moves_with_it() -> None:
    text = "Georgia's governor Brian Kemp signed the bill in Atlanta. Georgia sued the federal government."
    assert {mention.code[:3] for mention in mentions(text) if mention.text == "Brian Kemp"} == {"USA"}


def test_a_place_that_is_called_after_somebody_is_no_person() -> None:
    found = {mention.text: mention.kind for mention in mentions("Protesters in Sadr City clashed with police.")}
    assert found["Sadr City"] == "place" and "Sadr" not in found
