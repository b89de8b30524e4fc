"""The commands on other people's event data, panels, and samples to judge by hand."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from .. import library
from ..alignment import BY, RULES, UNITS
from ..errors import UsageError
from ..evaluation import STRATA, methods
from ..formats import FORMATS, write_datasette
from ..pipeline import import_into
from ..settings import load
from . import analysing, tables
from .common import (
    EXIT_SOME_UNREAD,
    ROWS_LISTED,
    archive_option,
    console,
    existing,
    path_of,
    told,
    unread_line,
)
from .progress import counting

__all__ = ["datasette", "import_files", "match", "panel", "sample", "validate"]


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@archive_option
@click.option("--format", type=click.Choice(FORMATS), default=None, help="The format.  [default: known by the header]")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@told
def import_files(files: tuple[Path, ...], archive: Path | None, format: str | None, as_json: bool) -> None:
    """Import event FILES of GDELT, ICEWS, POLECAT, ACLED or UCDP GED (text, .gz or .zip) into an archive.

    Each file goes in whole or not at all; malformed rows are listed with their lines, and the rest goes in. Parquet, a
    file or a folder, is what dragoman.spark has coded: articles with their records.
    """
    path = path_of(archive)
    with library.open(path) as opened, counting("rows imported") as progress:
        done = import_into(opened.store, files, load(), format, progress)
        # A row's source is its file, or the table in it where the file packs several.
        listed = [
            item for item in opened.unread() if any((item.source + "/").startswith(f"{file}/") for file in done.files)
        ]
    if as_json:
        figures = {name: asdict(found) for name, found in done.files.items()}
        unread = [asdict(item) for item in (*done.unread, *listed)]
        click.echo(json.dumps({"files": figures, "unread": unread}, ensure_ascii=False))
    else:
        for name, found in done.files.items():
            click.echo(tables.plain(f"{name}: {found.new} new, {found.replaced} replaced, {found.unread} malformed"))
        for item in done.unread:
            click.echo(f"  not imported: {unread_line(item)}")
        for item in listed[:ROWS_LISTED]:
            click.echo(f"  left out: {unread_line(item)}")
        if len(listed) > ROWS_LISTED:
            click.echo(f"  and {len(listed) - ROWS_LISTED} more: dragoman show unread --archive {path}")
    if not done.complete:
        sys.exit(EXIT_SOME_UNREAD)


@click.command()
@archive_option
@click.option(
    "--to", type=click.Path(path_type=Path), default=Path("metadata.json"), help="The file.  [default: metadata.json]"
)
@told
def datasette(archive: Path | None, to: Path) -> None:
    """Write the metadata with which Datasette shows an archive: datasette ARCHIVE --metadata metadata.json."""
    with existing(archive):
        write_datasette(path_of(archive), to)
    click.echo(f"Metadata written to {to}. See it with: datasette {path_of(archive)} --metadata {to}")


@click.command()
@archive_option
@click.option("--unit", type=click.Choice(UNITS), default="dyad", show_default=True, help="What a row is of.")
@click.option("--by", type=click.Choice(BY), default="week", show_default=True, help="The period.")
@click.option("--of", "units", multiple=True, help="A party or country (ISO alpha-3) to be in it; repeat it for more.")
@click.option("--since", default=None, help="First day of the span (ISO).  [default: of the first event]")
@click.option("--until", default=None, help="Last day of the span (ISO).  [default: of the last event]")
@click.option("--rule", type=click.Choice(RULES), default="every-event", show_default=True, help="What counts once.")
@click.option(
    "--near-copies/--no-near-copies", default=False, show_default=True, help="Count articles that copy another."
)
@click.option("--to", type=click.Path(path_type=Path), default=Path("panel.csv"), help="A .csv or .parquet file.")
@told
def panel(archive: Path | None, to: Path, near_copies: bool, **options: Any) -> None:
    """Write a panel: counts and scores of every unit in every period, zeros too, and a codebook beside it."""
    for name in ("since", "until"):
        _check_day(name, options[name])
    with existing(archive) as opened:
        count, notes = analysing.write_panel(opened, to, near_copies=near_copies, **options)
    click.echo(f"{count} rows written to {to}, their columns explained in {to.with_suffix('.codebook.md')}")
    for note in notes:
        click.echo(f"  {note}")


def _check_day(name: str, given: str | None) -> None:
    try:
        date.fromisoformat(given or "2020-01-01")
    except ValueError:
        raise UsageError("U001", f"--{name} must be a day such as 2020-01-03, not {given!r}.") from None


@click.command()
@archive_option
@click.option("--by", type=click.Choice(STRATA), default="type", show_default=True, help="The strata.")
@click.option("--n", "number", type=click.IntRange(min=1), default=200, show_default=True, help="Events to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed draws others.")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    default=Path("sample.csv"),
    help="A .csv file, or .jsonl for the workbench.",
)
@told
def sample(archive: Path | None, by: str, number: int, seed: int, to: Path) -> None:
    """Draw a stratified sample of events with their sentences, to be judged by hand and given to validate."""
    with existing(archive) as opened:
        count = analysing.write_sample(opened, by, number, seed, to)
    click.echo(f"{count} events written to {to} (strata: {by}, seed {seed}). Fill in 'judgement' with yes or no, then:")
    click.echo(f"  dragoman validate {to}")


@click.command()
@click.argument("judged", type=click.Path(path_type=Path))
@click.option(
    "--archive", type=click.Path(path_type=Path), default=None, help="The archive with the decisions (.jsonl)."
)
@click.option("--by", type=click.Choice(STRATA), default="type", show_default=True, help="What the strata were.")
@click.option("--who", default=None, help="Whose decisions, where several people judged.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@told
def validate(judged: Path, archive: Path | None, by: str, who: str | None, as_json: bool) -> None:
    """Precision with 95% intervals from a JUDGED sample, as a table and in the words of a methods section."""
    with existing(archive) if archive else nullcontext() as opened:
        found = analysing.precisions(judged, opened, by, who)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
    else:
        tables.print_precision(console, found)
        click.echo(methods(found, by))


@click.command()
@archive_option
@click.option(
    "--with", "other", type=click.Path(path_type=Path), required=True, help="An event file that import can read."
)
@click.option("--format", type=click.Choice(FORMATS), default=None, help="Its format.  [default: known by the header]")
@click.option("--to", type=click.Path(path_type=Path), default=Path("matches.csv"), help="A .csv or .parquet file.")
@click.option("--json", "as_json", is_flag=True, help="The numbers as JSON.")
@told
def match(archive: Path | None, other: Path, format: str | None, to: Path, as_json: bool) -> None:
    """Which of our incidents and of another file's events describe the same happening, with the evidence."""
    with existing(archive) as opened:
        numbers, unread = analysing.matched(opened, other, to, format)
    if as_json:
        click.echo(json.dumps(numbers | {"unread": [asdict(item) for item in unread]}, ensure_ascii=False))
    else:
        click.echo(", ".join(f"{number} {what}" for what, number in numbers.items()) + f"; written to {to}")
        for item in unread[:ROWS_LISTED]:
            click.echo(f"  left out: {unread_line(item)}")
    if unread:
        sys.exit(EXIT_SOME_UNREAD)
