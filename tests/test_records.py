"""The exported shapes, their schemas, and identities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from record_samples import DECISION, coded, imported, incident

from dragoman.records import exported, normalise, shapes, slug
from dragoman.records.schema import main, schema, schema_files, write_schemas

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"

SAMPLE = coded()
ARTICLE, SENTENCES = SAMPLE.article, SAMPLE.sentences


def every_kind() -> Mapping[str, list[Any]]:
    """Every exported kind with some records of it."""
    tie, shift, cause = SAMPLE.ties[0], SAMPLE.shifts[0], SAMPLE.causes[0]
    return {
        "articles": [exported.exported_article(ARTICLE), exported.exported_article(replace(ARTICLE, title=None))],
        "sentences": [exported.exported_sentence(sentence, ARTICLE) for sentence in SENTENCES],
        "actors": [exported.exported_actor(actor) for actor in SAMPLE.actors],
        "events": [
            *(
                exported.exported_event(event, ARTICLE, SENTENCES[event.sentence or 0], "material conflict", -9.0, "19")
                for event in SAMPLE.events
            ),
            exported.exported_event(imported(7), None, None, None, None, None),
        ],
        "ties": [exported.exported_tie(tie, ARTICLE, SENTENCES[2])],
        "shifts": [
            exported.exported_shift(shift, ARTICLE, SENTENCES[2]),
            exported.exported_shift(replace(shift, away_from=shift.who, toward=None, when=None), ARTICLE, SENTENCES[2]),
        ],
        "causes": [exported.exported_cause(cause, ARTICLE, SENTENCES[2])],
        "incidents": [exported.exported_incident(incident(*SAMPLE.events))],
        "decisions": [exported.exported_decision(DECISION)],
    }


RECORDS = every_kind()
EVENT_KEYS = (
    "id article sentence trigger type mode quad score contexts cameo actor recipient status date place counts said_by "
    "frame confidence"
)


def test_every_exported_kind_is_tried_here() -> None:
    assert RECORDS.keys() == shapes.EXPORTED.keys()


@pytest.mark.parametrize("kind", shapes.EXPORTED)
def test_exported_records_have_their_shape(kind: str) -> None:
    adapter = TypeAdapter(shapes.EXPORTED[kind])
    for record in RECORDS[kind]:
        adapter.validate_python(record, strict=True)
        assert adapter.validate_json(json.dumps(record)) == record


@pytest.mark.parametrize("kind", shapes.EXPORTED)
def test_keys_come_in_the_order_of_the_shape(kind: str) -> None:
    promised = [key for key in shapes.EXPORTED[kind].__annotations__ if key != "source_row"]
    assert list(RECORDS[kind][0]) == promised


def test_an_event_has_the_documented_keys() -> None:
    event = RECORDS["events"][1]
    assert list(event) == EVENT_KEYS.split()
    assert list(event["article"]) == ["id", "user_id", "title", "outlet", "published", "url"]
    assert list(event["sentence"]) == ["index", "part", "start", "end", "text"]
    assert list(event["trigger"]) == ["text", "start", "end"]
    assert list(event["actor"][0]) == ["text", "start", "end", "id", "name", "code", "why"]
    assert list(event["date"]) == ["from", "to", "precision", "text", "basis"]
    assert list(event["place"]) == ["text", "name", "country", "lat", "lon", "precision"]
    assert list(event["counts"][0]) == ["what", "low", "high", "text", "said_by"]
    assert list(event["said_by"]) == ["text", "name"]


def test_an_article_has_the_documented_keys() -> None:
    keys = (
        "id user_id title standfirst author outlet place published published_basis url text furniture language "
        "near_copy_of version_of flags source other bases"
    )
    assert list(RECORDS["articles"][0]) == keys.split()


def test_offsets_lead_to_the_quoted_text() -> None:
    quoted = 0
    stack: list[Any] = [RECORDS["events"][:-1], RECORDS["ties"], RECORDS["shifts"], RECORDS["causes"]]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            stack.extend(node.values())
            if "start" in node:
                assert ARTICLE.text[node["start"] : node["end"]] == node["text"]
                quoted += 1
    assert quoted > 15


def test_an_imported_event_names_its_row_and_nothing_else_does() -> None:
    *own, foreign = RECORDS["events"]
    assert foreign["source_row"] == {"file": "gdelt.csv", "line": 7, "id": "row7", "text": None}
    assert foreign["article"] is foreign["sentence"] is foreign["trigger"] is foreign["type"] is None
    assert all("source_row" not in event for event in own)


def test_a_date_says_from_and_to() -> None:
    assert RECORDS["shifts"][0]["when"]["from"] == "2020-01-03"
    assert RECORDS["actors"][1]["offices"][0] == {
        "title": "President",
        "of": "freedonia",
        "from": "2018",
        "to": None,
        "sector": "GOV",
    }


def test_schemas_in_docs_are_those_generated() -> None:
    standing = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert standing == schema_files(), "run: python -m dragoman.records.schema docs/schema"


def test_schemas_close_every_object() -> None:
    event = schema("events")
    assert event["additionalProperties"] is False
    assert all(part["additionalProperties"] is False for part in event["$defs"].values() if part["type"] == "object")
    assert "source_row" not in event["required"]
    assert event["$defs"]["Status"]["enum"] == ["actual", "future", "hypothetical", "negated", "historical"]


def test_schemas_are_written_by_the_module(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert sorted(path.name for path in write_schemas(tmp_path)) == sorted(schema_files())


def test_a_record_of_another_shape_is_refused() -> None:
    record = dict(RECORDS["ties"][0])
    del record["polarity"]
    with pytest.raises(ValidationError):
        TypeAdapter(shapes.ExportedTie).validate_python(record)


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(min_size=1))
def test_a_slug_is_its_own_slug(name: str) -> None:
    assert slug(slug(name)) == slug(name)
