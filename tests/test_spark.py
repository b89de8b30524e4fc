"""What Spark codes is what one process codes: as Parquet into an archive, the same exports to the byte."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars
import pytest
from click.testing import CliRunner
from record_samples import coded

import dragoman
from dragoman import spark
from dragoman.archive import bundle_of, coded_of
from dragoman.cli import main
from dragoman.errors import SourceError, UsageError
from dragoman.settings import load

ARTICLES: list[dict[str, Any]] = [
    {"text": "Police in Basra arrested 12 protesters on Monday.", "published": "2020-02-04", "outlet": "A"},
    {"text": "Turkish troops shelled Aleppo in Syria.\nRussia condemned the attack.", "published": "2020-02-05"},
    {"text": "Iran threatened to retaliate after US jets bombed militia bases.", "title": "Iran warns", "id": "7"},
    {"text": "Police in Basra arrested 12 protesters on Monday, and 3 died.", "published": "2020-02-06"},
    {"text": ""},
]
KINDS = ("articles", "sentences", "actors", "events", "ties", "shifts", "causes", "incidents")


def java() -> str | None:
    """Why Spark cannot run here, if it cannot."""
    if shutil.which("java") is None:
        return "there is no Java; Spark needs 17 or later"
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    version = said.partition('"')[2].partition(".")[0]
    return (
        None
        if version.isdigit() and int(version) >= 17
        else f"Spark needs Java 17 or later, not {said.splitlines()[:1]}"
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in ARTICLES), encoding="utf-8")
    return path


def records(source: Path) -> list[dict[str, Any]]:
    empty = dict.fromkeys(("id", "title", "outlet", "published"))
    return [empty | one | {"source": str(source), "line": line} for line, one in enumerate(ARTICLES, 1)]


def exported(archive: Path, to: Path) -> dict[str, bytes]:
    found = {}
    with dragoman.open(archive, read_only=True) as opened:
        for kind in KINDS:
            opened.export(kind, to / "one.jsonl")
            found[kind] = (to / "one.jsonl").read_bytes()
    return found


def check_the_same(parquet: Path, source: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["import", str(parquet), "--archive", str(tmp_path / "imported.db")])
    assert result.exit_code == 3 and "4 new" in result.output and "1 malformed" in result.output
    with dragoman.open(tmp_path / "read.db") as opened:
        assert opened.read([source]).read == 4
        unread = opened.unread()
    assert exported(tmp_path / "imported.db", tmp_path) == exported(tmp_path / "read.db", tmp_path)
    with dragoman.open(tmp_path / "imported.db") as opened:
        assert opened.unread() == unread


def test_a_bundle_holds_all_records() -> None:
    one = coded()
    assert coded_of(bundle_of(one), "x.parquet") == one


def test_a_bundle_of_another_version_is_refused() -> None:
    with pytest.raises(SourceError, match="another version"):
        coded_of({**bundle_of(coded()), "events": [{"id": "a"}]}, "x.parquet")


def test_batches_of_arrow_become_an_archive(source: Path, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    batches = iter(pyarrow.Table.from_pylist(records(source)).to_batches(max_chunksize=2))
    table = pyarrow.Table.from_batches(list(spark._coded_batches(batches, load({}))))
    polars.DataFrame(polars.from_arrow(table)).write_parquet(tmp_path / "coded.parquet")
    check_the_same(tmp_path / "coded.parquet", source, tmp_path)


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 nonsense PAR1")
    result = CliRunner().invoke(main, ["import", str(tmp_path / "bad.parquet"), "--archive", str(tmp_path / "x.db")])
    assert result.exit_code == 3 and "F003" in result.output and "Traceback" not in result.output


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    reason = java()
    if reason:
        pytest.skip(reason)
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    opened = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield opened
    opened.stop()


@pytest.mark.filterwarnings("ignore")
def test_a_local_session_with_several_partitions(session: Any, source: Path, tmp_path: Path) -> None:
    schema = "text string, id string, title string, outlet string, published string, source string, line int"
    articles = session.createDataFrame(records(source), schema).repartition(3)
    with pytest.raises(UsageError):
        spark.code(articles.drop("text"))
    spark.code(articles).write.parquet(str(tmp_path / "coded"))
    assert len(list((tmp_path / "coded").glob("*.parquet"))) > 1
    check_the_same(tmp_path / "coded", source, tmp_path)
