"""The same coding on a cluster: articles of a Spark table in, coded articles with the archive's columns out.

    from dragoman import spark
    spark.code(session.read.json("news/*.jsonl")).write.parquet("coded")

    dragoman import coded --archive year.db

Needs `pip install "dragoman[spark]"` on every machine. Each Python worker of Spark loads the model once. What is
learned across articles (register, near-copies, incidents) is computed when the archive imports them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .archive import LISTED, bundle_of, kinds
from .errors import SourceError, UsageError
from .intake import article_from_json
from .pipeline import coded_as
from .settings import Settings, load

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["code"]

ROWS = 20
"""Coded articles in a batch of Arrow: a few megabytes."""

UNREAD = ("unread_code", "unread_message")
"""Columns of a row that could not be read; its others, but for `source`, are empty."""


def code(articles: DataFrame, settings: Settings | None = None) -> DataFrame:
    """Code the articles of a table: a row each, with the columns of the archive and lists of its other tables' rows.

    `articles` has the column `text`, and any of `id`, `title`, `standfirst`, `author`, `outlet`, `place`, `published`
    (ISO 8601) and `url`; other columns are kept in `other`. `source` and `line`, the file and line of a row, make the
    name of its source; an article without an outlet is known by it. The records are those that reading them gives.

    Raises:
        UsageError: there is no column `text`.
    """
    if "text" not in articles.columns:
        raise UsageError("U001", f'The table has no column "text"; its columns are {", ".join(articles.columns)}.')
    asked = settings or load()

    def coded(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        return _coded_batches(batches, asked)

    return articles.mapInArrow(coded, _spark_schema())


def _coded_batches(batches: Iterable[pyarrow.RecordBatch], settings: Settings) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    schema = _arrow_schema()
    for batch in batches:
        for start in range(0, batch.num_rows, ROWS):
            coded = [_row(record, settings) for record in batch.slice(start, ROWS).to_pylist()]
            yield pyarrow.RecordBatch.from_pylist(coded, schema)


def _row(record: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The row of one article, or what is wrong with it."""
    source, line = str(record.pop("source", None) or "spark"), int(record.pop("line", None) or 1)
    try:
        article = article_from_json(record, source, line)
        if len(article.text) > settings.longest_article:
            raise SourceError("S007", f"Line {line} of {source} has {len(article.text):,} characters, over the limit.")
    except SourceError as error:
        return {"source": f"{source}:{line}", **dict(zip(UNREAD, (error.code, error.message), strict=True))}
    return bundle_of(coded_as(article, settings))


def _arrow_schema() -> pyarrow.Schema:
    import pyarrow

    arrow = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    of = kinds()
    columns = [(name, arrow[kind]) for name, kind in of["articles"].items()]
    columns.append(("parse", pyarrow.binary()))
    for table in LISTED:
        columns.append(
            (table, pyarrow.list_(pyarrow.struct([(name, arrow[kind]) for name, kind in of[table].items()])))
        )
    return pyarrow.schema([*columns, *((name, pyarrow.string()) for name in UNREAD)])


def _spark_schema() -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_arrow_schema())
