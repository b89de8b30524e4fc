"""The archive: what goes in comes out, in one order, whatever happens in between."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_samples import DECISION, coded, imported, incident

from dragoman.archive import Archive, Imported, database, open_archive
from dragoman.archive.parses import pack, unpack
from dragoman.archive.queries import full_text
from dragoman.archive.tables import APPLICATION_ID, COUNTED, UPGRADES, VERSION
from dragoman.archive.writing import merged
from dragoman.errors import ArchiveError, UsageError
from dragoman.records import Actor, Article, Entity, Part, Sentence, SourceRow, Token, Unread


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case #1?.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as opened:
        yield opened


def sql(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows


# In and out


def test_all_records_come_back_as_they_were(archive: Archive) -> None:
    one = coded()
    assert archive.keep([one]) == 1
    identity = one.article.id
    assert archive.article(identity) == one.article
    assert list(archive.articles()) == [one.article]
    assert archive.sentences(identity) == one.sentences
    assert archive.sentence(identity, 2) == one.sentences[2]
    assert archive.mentions(identity) == one.mentions
    assert sorted(archive.actors(), key=lambda actor: actor.name) == list(one.actors)
    assert tuple(archive.events()) == one.events
    assert tuple(archive.ties()) == one.ties
    assert tuple(archive.shifts()) == one.shifts
    assert tuple(archive.causes()) == one.causes


def test_shifts_keep_the_side_left(archive: Archive) -> None:
    one = coded()
    shift = replace(one.shifts[0], away_from=one.shifts[0].who, toward=None, when=None, after=None)
    archive.keep([replace(one, shifts=(shift,))])
    assert list(archive.shifts(article=one.article.id)) == [shift]
    assert list(archive.shifts(article="other")) == []


def test_an_article_is_kept_once(archive: Archive) -> None:
    one, two = coded(1), coded(2)
    assert archive.keep([one, one]) == 1
    assert archive.keep([one, two]) == 1
    assert archive.has_article(two.article.id)
    assert not archive.has_article("other")
    assert archive.counts()["events"] == 6


def test_a_batch_is_kept_whole_or_not_at_all(archive: Archive) -> None:
    good, bad = coded(1), coded(2)
    bad = replace(bad, events=(bad.events[0], bad.events[0]))
    with pytest.raises(ArchiveError, match="do not fit together") as caught:
        archive.keep([good, bad])
    assert bad.article.id in caught.value.message
    assert not archive.has_article(good.article.id)
    assert archive.keep([good]) == 1


def test_a_record_in_no_sentence_is_refused(archive: Archive) -> None:
    one = coded()
    with pytest.raises(ArchiveError, match="do not fit together"):
        archive.keep([replace(one, ties=(replace(one.ties[0], sentence=99),))])


def test_a_number_too_large_is_told(archive: Archive) -> None:
    event = replace(imported(10**30))
    with pytest.raises(ArchiveError, match="cannot be stored"):
        archive.keep_imported("gdelt.csv", [event])
    assert archive.counts()["events"] == 0


def test_imported_events_stand_in_no_article(archive: Archive) -> None:
    events = [imported(line) for line in (3, 1, 2)]
    assert archive.keep_imported("gdelt.csv", events) == Imported(3, 0, 0)
    assert archive.keep_imported("gdelt.csv", [*events, imported(4)]) == Imported(1, 3, 0)
    archive.keep([coded()])
    found = list(archive.events())
    assert [event.source_row.line for event in found[3:] if event.source_row] == [1, 2, 3, 4]
    assert found[4] == events[2]
    assert next(archive.evidence(found[3:])) == (found[3], None, None)


def test_an_article_without_sentences_is_an_article(archive: Archive) -> None:
    one = coded()
    archive.keep([replace(one, sentences=(), mentions=(), events=(), ties=(), shifts=(), causes=())])
    assert archive.sentences(one.article.id) == ()


def test_what_is_not_there_is_told(archive: Archive) -> None:
    archive.keep([coded()])
    with pytest.raises(ArchiveError, match="no article x") as caught:
        archive.article("x")
    assert caught.value.code == "A004"
    with pytest.raises(ArchiveError, match="no sentence 9"):
        archive.sentence(coded().article.id, 9)
    assert archive.sentences("x") == ()


# Order


def test_articles_come_by_date_then_id_undated_last(archive: Archive) -> None:
    dates = [None, "2020-02-01", "2020-01-01", "2020-01-01", "2020-01-01T09:00Z"]
    every = [coded(number, published=date) for number, date in enumerate(dates)]
    archive.keep(every)
    expected = sorted(
        (one.article for one in every), key=lambda article: (article.published is None, article.published, article.id)
    )
    assert list(archive.articles()) == expected


def test_any_order_of_reading_gives_the_same(tmp_path: Path) -> None:
    every = [coded(number, published=f"2020-01-{3 - number % 2:02}") for number in range(4)]
    actor = every[0].actors[0]
    every[2] = replace(every[2], actors=(replace(actor, aliases=("Fredonia",), gender="none"),))
    seen = set()
    for place, order in enumerate(permutations(every)):
        with open_archive(tmp_path / f"{place}.db") as archive:
            archive.keep(order[:2])
            archive.keep(order[2:])
            everything = [
                list(found)
                for found in (
                    *(archive.articles(), archive.actors(), archive.events(), archive.ties(), archive.shifts()),
                    archive.causes(),
                )
            ]
            seen.add(repr(everything))
    assert len(seen) == 1
    assert "Fredonia" in seen.pop()


NAMES = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3).map(tuple)
ACTORS = st.builds(
    Actor,
    st.just("x"),
    st.sampled_from(["X", "Ex"]),
    st.just("state"),
    st.sampled_from(["", "USA"]),
    sectors=NAMES,
    aliases=NAMES,
    start=st.none() | st.just("2020"),
)


@given(st.lists(ACTORS, min_size=1, max_size=4), st.randoms())
def test_accounts_of_an_actor_merge_in_any_order(accounts: list[Actor], random: object) -> None:
    def together(some: list[Actor]) -> Actor:
        first, *rest = some
        for other in rest:
            first = merged(first, other)
        return first

    shuffled = list(accounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert together(accounts) == together(shuffled)
    assert merged(accounts[0], accounts[0]) == accounts[0]


# Asking


KEPT = ((0, "The Courier"), (1, "Die Zeitung"), (2, None))


@pytest.fixture(scope="module")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("crisis") / "crisis.db") as archive:
        archive.keep([coded(number, outlet=outlet) for number, outlet in KEPT])
        yield archive


@pytest.mark.parametrize(
    ("asked", "triggers"),
    [
        ({}, "bombs killed turned"),
        ({"actor": "freedonia"}, "bombs killed turned"),
        ({"actor": "FREEDONIA"}, "bombs killed turned"),
        ({"actor": "Republic of Freedonia"}, "bombs killed turned"),
        ({"actor": "army"}, "bombs killed turned"),
        ({"actor": "freedon"}, ""),
        ({"actor": ""}, ""),
        ({"actor": "FRE MIL"}, "bombs killed turned"),
        ({"by": "fre"}, "bombs killed"),
        ({"by": "Sylvania"}, "turned"),
        ({"toward": "army of sylvania"}, "bombs killed"),
        ({"by": "Sylvania", "toward": "Sylvania"}, ""),
        ({"type": "assault"}, "bombs killed"),
        ({"status": "future"}, "bombs"),
        ({"since": "2020-01-03", "until": "2020-01-03"}, "killed"),
        ({"since": "2020", "until": "2020"}, "killed"),
        ({"since": "2020-01", "until": "2020-01"}, "killed"),
        ({"since": "2020-01-04"}, ""),
        ({"until": "2020-01-02"}, ""),
        ({"place": "citta alta"}, "killed"),
        ({"place": "Alta"}, "killed"),
        ({"place": "syl"}, "killed"),
        ({"place": "Rome"}, ""),
        ({"outlet": "courier"}, "bombs killed turned"),
        ({"outlet": "The Gazette"}, ""),
    ],
)
def test_events_are_found(crisis: Archive, asked: dict[str, str], triggers: str) -> None:
    found = crisis.events(article=coded(0).article.id, **asked)
    assert " ".join(event.trigger or "" for event in found) == triggers


def test_outlets_are_told_apart(crisis: Archive) -> None:
    assert {event.article for event in crisis.events(outlet="zeitung")} == {coded(1, outlet="Die Zeitung").article.id}


@pytest.mark.parametrize("asked", [{"status": "maybe"}, {"since": "last week"}, {"until": "2020-13"}])
def test_what_cannot_be_asked_is_told_at_once(crisis: Archive, asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        crisis.events(**asked)


def test_an_open_interval_reaches_as_far_as_it_must(archive: Archive) -> None:
    one = coded()
    when = one.events[1].when
    assert when is not None
    archive.keep([replace(one, events=(replace(one.events[1], when=replace(when, end=None)),))])
    assert len(list(archive.events(since="2021"))) == 1
    assert list(archive.events(until="2019")) == []


def test_long_streams_are_complete_and_need_few_queries(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    every = [coded(number) for number in range(400)]
    archive.keep(every)
    asked = []
    rows = database.Database.rows
    monkeypatch.setattr(database.Database, "rows", lambda *given: asked.append(given) or rows(*given))
    found = list(archive.evidence(archive.events()))
    assert len(found) == 1200
    assert len(asked) < 30
    for event, article, sentence in found:
        assert article is not None and sentence is not None
        assert article.id == event.article
        assert (event.trigger or "?") in sentence.text
    assert {event for event, _, _ in found} == {event for one in every for event in one.events}


def test_a_stream_goes_on_while_more_is_written(archive: Archive) -> None:
    archive.keep([coded(number) for number in range(200)])
    stream = archive.events()
    first = next(stream)
    archive.keep([coded(number) for number in range(200, 210)])
    assert first not in (rest := list(stream))
    assert len(rest) == 599


def test_words_are_found_in_any_inflection(crisis: Archive) -> None:
    def found(text: str) -> int:
        return len(list(crisis.search(text)))

    assert found("retaliate") == 3
    assert found("citta") == 3
    assert found('"killed 25 soldiers"') == 3
    assert found('"25 killed"') == 0
    assert found("parlia*") == 3
    assert found("soldiers parliament") == 0
    assert found("didn't") == 3
    titles = {replace(coded(number, outlet=outlet).sentences[0], tokens=(), entities=()) for number, outlet in KEPT}
    assert set(crisis.search("bombs")) == titles


@given(st.text(st.characters(codec="utf-8")))
@settings(max_examples=50)
def test_no_text_is_wrong_to_search_for(crisis: Archive, text: str) -> None:
    list(crisis.search(text))


def test_syntax_is_taken_as_text() -> None:
    assert full_text("NEAR(a-b) ^x: OR") == '"NEAR(a-b)" "^x:" "OR"'
    assert full_text('" - "" *') == ""


# What is concluded and decided


def test_incidents_are_replaced(archive: Archive) -> None:
    one, two = coded(1, published="2020-01-02"), coded(2, published="2020-01-01")
    archive.keep([one, two])
    late, early = incident(*one.events[:2]), incident(two.events[1], one.events[2])
    archive.replace_incidents([late, early])
    assert list(archive.incidents()) == [early, late]
    assert set(archive.events(incident=early.id)) == {two.events[1], one.events[2]}
    archive.replace_incidents(iter([late]))
    assert list(archive.incidents()) == [late]
    with pytest.raises(ArchiveError, match="cannot be used"):
        archive.replace_incidents([incident(imported(5))])
    assert list(archive.incidents()) == [late]


def test_actors_are_replaced_while_they_are_asked_for(archive: Archive) -> None:
    archive.keep([coded()])
    archive.replace_actors(replace(actor, gender="x") for actor in archive.actors())
    assert {actor.gender for actor in archive.actors()} == {"x"}
    assert archive.mentions(coded().article.id)[0].actor == "freedonia"


def test_decisions_are_only_added_and_undone(archive: Archive, path: Path) -> None:
    archive.decide(DECISION)
    archive.decide(replace(DECISION, id="d0", record="e2"))
    assert [decision.id for decision in archive.decisions()] == ["d1", "d0"]
    archive.undo("d1", "2026-02-01")
    archive.undo("d1", "2026-03-01")
    assert list(archive.decisions(record="e1")) == [replace(DECISION, undone="2026-02-01")]
    with pytest.raises(ArchiveError, match="no decision d9"):
        archive.undo("d9", "2026-02-01")
    with pytest.raises(ArchiveError):
        archive.decide(DECISION)
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        sql(path, "DELETE FROM decisions")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        sql(path, "UPDATE decisions SET judgement = 'accepted'")


def test_unread_and_manifest_are_kept(archive: Archive) -> None:
    notes = [Unread("b.txt", "S003", "no"), Unread("a.txt", "S001", "no")]
    archive.keep_unread(notes)
    archive.keep_unread(iter(notes))
    assert list(archive.unread()) == notes[::-1]
    archive.set_manifest({"version": "1", "model": "abc"})
    archive.set_manifest({"version": "2"})
    assert archive.manifest() == {"version": "2"}


def test_counts_name_every_kind(archive: Archive) -> None:
    archive.keep([coded()])
    assert tuple(archive.counts()) == COUNTED
    assert archive.counts()["sentences"] == 3


# Parses

TOKENS = st.lists(
    st.builds(
        Token,
        *(st.integers(-5, 300), st.integers(-5, 300), st.text(max_size=5), st.sampled_from(["", "be", "0", "1"])),
        *(st.text(max_size=3), st.text(max_size=3), st.integers(-1, 40), st.text(max_size=3)),
    ),
    max_size=4,
).map(tuple)
SENTENCES = st.lists(
    st.builds(
        Sentence,
        *(st.just("a"), st.integers(0, 9), st.just(Part.BODY), st.integers(0, 200), st.integers(0, 200)),
        *(st.text(max_size=20), TOKENS),
        st.lists(st.builds(Entity, st.integers(-1, 9), st.integers(), st.text(max_size=3)), max_size=2).map(tuple),
    ),
    max_size=4,
)


@given(SENTENCES)
def test_parses_come_back_exactly(sentences: list[Sentence]) -> None:
    stretches = [(sentence.start, sentence.text) for sentence in sentences]
    assert list(unpack(pack(sentences), stretches)) == [(one.tokens, one.entities) for one in sentences]


def test_a_parse_is_small() -> None:
    sentences = coded().sentences * 20
    assert len(pack(sentences)) < sum(len(sentence.text) for sentence in sentences)


# The file


def test_the_file_says_what_it_is(archive: Archive, path: Path) -> None:
    assert sql(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert sql(path, "PRAGMA user_version") == [(VERSION,)]
    assert sql(path, "PRAGMA journal_mode") == [("wal",)]
    assert archive.path == path
    assert repr(archive) == f"<Archive {path}>"


def test_the_tables_can_be_read_without_dragoman(archive: Archive, path: Path) -> None:
    archive.keep([coded()])
    [row] = sql(path, "SELECT quad, score, date_from, place_name, lat FROM events WHERE \"trigger\" = 'killed'")
    assert row == ("material conflict", row[1], "2020-01-03", "Città Alta", 45.7)
    assert isinstance(row[1], float)
    assert ("Freedonia", "FRE MIL", "Army of Sylvania", "SYL MIL", 1, 1) in [
        row[:6] for row in sql(path, "SELECT * FROM dyads")
    ]
    assert len(sql(path, "SELECT * FROM dyad_events")) == 3
    assert ("Freedonia", "Army of Sylvania") in sql(path, "SELECT actors, recipients FROM event_list")


def test_what_hangs_on_an_article_goes_with_it(archive: Archive, path: Path) -> None:
    one = coded()
    archive.keep([one])
    archive.replace_incidents([incident(*one.events)])
    sql(path, "DELETE FROM articles")
    left = {table: count for table, count in archive.counts().items() if count}
    assert left == {"actors": 2, "incidents": 1}
    assert list(archive.search("bombs")) == []
    for table in ("parses", "event_parties", "event_counts", "incident_events"):
        assert sql(path, f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    text, other, folder = tmp_path / "text.db", tmp_path / "other.db", tmp_path / "folder.db"
    text.write_text("once upon a time " * 100)
    sql(other, "CREATE TABLE wars (name)")
    folder.mkdir()
    for path in (text, other, folder):
        before = None if path.is_dir() else path.read_bytes()
        with pytest.raises(ArchiveError, match="not a Dragoman archive") as caught:
            open_archive(path)
        assert caught.value.code == "A001"
        assert str(path) in caught.value.message
        assert before is None or path.read_bytes() == before


def test_an_empty_file_becomes_an_archive(path: Path) -> None:
    path.touch()
    with pytest.raises(ArchiveError, match="not a Dragoman archive"):
        open_archive(path, read_only=True)
    with open_archive(path) as archive:
        assert archive.keep([coded()]) == 1


def test_a_newer_archive_is_not_touched(path: Path) -> None:
    open_archive(path).close()
    sql(path, f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(ArchiveError, match="newer version") as caught:
        open_archive(path)
    assert caught.value.code == "A002"


def test_an_archive_that_is_not_there_is_told(path: Path) -> None:
    for how in ({"create": False}, {"read_only": True}):
        with pytest.raises(ArchiveError, match="There is no archive") as caught:
            open_archive(path, **how)
        assert caught.value.code == "A005"
    with pytest.raises(ArchiveError, match="there is no folder"):
        open_archive(path.parent / "nowhere" / "x.db")


def test_a_damaged_archive_is_told(path: Path) -> None:
    with open_archive(path) as archive:
        archive.keep([coded(number) for number in range(20)])
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as caught, open_archive(path) as archive:
        list(archive.articles())
    assert caught.value.code == "A001"
    assert "damaged" in caught.value.message


def test_a_full_disk_keeps_what_was_kept(archive: Archive) -> None:
    archive.keep([coded(0)])
    archive._database.rows("PRAGMA max_page_count = 120")
    with pytest.raises(ArchiveError, match="disk is full") as caught:
        archive.keep([coded(number) for number in range(1, 200)])
    assert caught.value.code == "A003"
    assert archive.counts()["articles"] == 1
    archive._database.rows("PRAGMA max_page_count = 100000")
    assert archive.keep([coded(1)]) == 1


def test_reading_alone_writes_nothing(path: Path) -> None:
    with open_archive(path) as archive:
        archive.keep([coded()])
    before = path.read_bytes()
    with open_archive(path, read_only=True) as archive:
        assert len(list(archive.events(actor="Freedonia"))) == 3
        with pytest.raises(ArchiveError, match="read-only") as caught:
            archive.keep([coded(1)])
        assert caught.value.code == "A003"
    assert path.read_bytes() == before


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder with an archive, both read-only to whoever runs this, root put aside."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    with open_archive(folder / "x.db") as archive:
        archive.keep([coded()])
    (folder / "x.db").chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_cannot_be_written_can_be_read(locked_folder: Path) -> None:
    with open_archive(locked_folder / "x.db", read_only=True) as archive:
        assert len(list(archive.events())) == 3
    for name in ("x.db", "new.db"):
        with pytest.raises(ArchiveError, match="Choose another place") as caught:
            open_archive(locked_folder / name)
        assert caught.value.code == "A003"


def test_an_error_can_travel_between_processes() -> None:
    error = ArchiveError("A001", "x.db is not an archive.")
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "[A001] x.db is not an archive."


def test_many_may_make_an_archive_at_once(path: Path) -> None:
    kept: list[int] = []

    def make(number: int) -> None:
        with open_archive(path) as one:
            kept.append(one.keep([coded(number)]))

    threads = [threading.Thread(target=make, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [1] * 6


def test_a_closed_archive_is_told(path: Path) -> None:
    archive = open_archive(path)
    archive.close()
    archive.close()
    with pytest.raises(ArchiveError, match="closed"):
        archive.counts()


def test_one_writes_while_others_read(archive: Archive, path: Path) -> None:
    archive.keep([coded(0)])
    with open_archive(path, read_only=True) as reader:
        stream = reader.articles()
        next(stream)
        archive.keep([coded(1)])
        assert reader.counts()["articles"] == 2


def test_a_second_writer_waits(archive: Archive, path: Path) -> None:
    kept: list[int] = []

    def write() -> None:
        with open_archive(path) as other:
            kept.append(other.keep([coded(2)]))

    with archive._database.writing():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.2)
        assert kept == []
    thread.join()
    assert kept == [1]


def test_a_writer_that_waits_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    told = pytest.raises(ArchiveError, match="another process")
    with open_archive(path) as one, open_archive(path) as other, one._database.writing(), told:
        other.keep([coded()])


# A kill

DOOMED = """
import os, signal, sys
from record_samples import coded
from dragoman.archive import open_archive

class Doomed(list):
    passes = 0
    def __iter__(self):
        self.passes += 1  # parses are packed in the first pass, all is written in the second
        for place, one in enumerate(super().__iter__()):
            if self.passes == 2 and place == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
            yield one

archive = open_archive(sys.argv[1])
archive.keep([coded(number) for number in range(50)])
archive.keep(Doomed(coded(number) for number in range(50, 1050)))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL")
@pytest.mark.parametrize("place", [1, 900])
def test_a_kill_in_the_middle_loses_nothing_that_was_kept(path: Path, place: int) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", DOOMED, str(path), str(place)]
    killed = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    if place > 500:
        assert path.with_name(path.name + "-wal").stat().st_size > 1_000_000, (
            "the kill came before anything was written"
        )
    with open_archive(path) as archive:
        assert archive.counts()["articles"] == 50
        assert set(archive.articles()) == {coded(number).article for number in range(50)}
        assert archive.keep([coded(number) for number in range(60)]) == 10
    assert sql(path, "PRAGMA integrity_check") == [("ok",)]
    assert sql(path, "PRAGMA foreign_key_check") == []
    sql(path, "INSERT INTO sentences_fts (sentences_fts) VALUES ('integrity-check')")


def test_an_archive_of_the_first_version_is_brought_up_to_date(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in UPGRADES[0]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        columns = "id, status, frame, confidence, contexts, source_file, source_line, source_id"
        row = "'old', 'actual', 'x', 1.0, '[]', 'a.csv', 2, '7'"
        connection.execute(f"INSERT INTO events ({columns}) VALUES ({row})")
        columns, row = "id, text, furniture, flags, source", "'a', 'T', '[]', '[]', 'f'"
        connection.execute(f"INSERT INTO articles ({columns}) VALUES ({row})")
        connection.commit()
    with open_archive(path) as archive:
        assert list(archive.articles()) == [Article("a", "T", "f")]
        [event] = archive.events()
        assert event.source_row == SourceRow("a.csv", 2, "7", None)
        assert archive.keep_imported("gdelt.csv", [imported(1)]) == Imported(1, 0, 0)
    assert sql(path, "SELECT count(*) FROM event_table") == [(2,)]


KILLED_IMPORT = """
import os, signal, sys
from pathlib import Path
from record_samples import imported
from dragoman.archive import open_archive

def rows():
    for line in range(1, 30_000):
        if line == 25_000:
            os.kill(os.getpid(), signal.SIGKILL)
        yield imported(line)

with open_archive(sys.argv[1]) as archive:
    archive.keep_imported("first.csv", [imported(0)])
    archive.keep_imported("gdelt.csv", rows())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL")
def test_an_import_that_is_killed_leaves_no_half_of_a_file(path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED_IMPORT, str(path)]
    killed = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with open_archive(path) as archive:
        assert [event.id for event in archive.events()] == ["imported00000000"]
    indexes = sql(path, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event_parties'")
    assert indexes == [(3,)]
