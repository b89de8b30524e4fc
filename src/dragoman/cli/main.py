"""The commands and their options; each is a thin face of the library."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from .. import library
from ..codebook import TYPES
from ..errors import UsageError
from ..intake import columns_told
from ..pipeline import read_into
from ..settings import load
from ..version import __version__
from . import explaining, incidents, tables
from .common import (
    EXIT_SOME_UNREAD,
    archive_option,
    console,
    existing,
    json_option,
    path_of,
    redact_option,
    told,
    unread_line,
)
from .deciding import decisions, reread, runs
from .exchange import datasette, import_files, match, panel, sample, validate
from .knowing import actors
from .progress import counting
from .relations import after, align, camps, outlook, turns

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dragoman")
def main() -> None:
    """News reports in, the political system that they describe out.

    Exit codes: 0 all done, 1 an error, 2 wrong usage, 3 some sources were not read.
    """


@main.command()
@click.argument("sources", nargs=-1, required=True)
@archive_option
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Worker processes.  [default: 1]")
@click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Which column of tables is which field; repeat it."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@told
def read(
    sources: tuple[str, ...], archive: Path | None, jobs: int | None, pairs: tuple[str, ...], as_json: bool
) -> None:
    """Read SOURCES (files, folders, .zip, - for JSONL on standard input) into an archive of coded events.

    Columns are mapped by name: --map text=Body --map published=Date. Those not mapped are guessed, and shown.
    """
    settings = load(jobs=jobs)
    columns = columns_told(pairs)
    path = path_of(archive)
    with library.open(path) as opened, counting("articles read") as progress:
        summary = read_into(opened.store, sources, settings, progress, columns)
    if as_json:
        unread = [{"source": u.source, "code": u.code, "message": u.message} for u in summary.unread]
        notices = [{"source": n.source, "message": n.message} for n in summary.notices]
        figures = {"read": summary.read, "already_there": summary.already_there, "sentences": summary.sentences}
        lists = {"unread": unread, "notices": notices}
        click.echo(json.dumps(figures | {"events": summary.events} | lists, ensure_ascii=False))
    else:
        click.echo(f"{summary.read} articles read ({summary.sentences} sentences, {summary.events} events), ", nl=False)
        click.echo(f"{summary.already_there} already there, {len(summary.unread)} not read. Archive: {path}")
        for notice in summary.notices:
            click.echo(f"  note: {tables.plain(notice.message)}")
        for item in summary.unread:
            click.echo(f"  not read: {unread_line(item)}")
    if summary.unread:
        sys.exit(EXIT_SOME_UNREAD)


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        ("--actor", "A party on either side: a name, id or code."),
        ("--since", "ISO date."),
        ("--until", "ISO date."),
        ("--place", "A place or country."),
        ("--outlet", "An outlet."),
    )
    for name, text in reversed(options):
        command = click.option(name, default=None, help=text)(command)
    kinds = click.Choice(tuple(TYPES), case_sensitive=False)
    return click.option("--type", type=kinds, default=None, help="A PLOVER type.")(command)


@main.command()
@click.argument("kind", type=click.Choice([*library.KINDS, "disputes", "dyads", "furniture", "near-copies", "unread"]))
@archive_option
@_filters
@click.option("--limit", type=click.IntRange(min=0), default=None, help="At most this many rows.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@told
def show(kind: str, archive: Path | None, limit: int | None, as_json: bool, **filters: str | None) -> None:
    """Show records of a KIND as a readable table; `furniture` is what intake set aside of each page, and why."""
    with existing(archive) as opened:
        rows = tables.rows_of(opened, kind, {k: v for k, v in filters.items() if v})
        if as_json:
            for number, row in enumerate(rows):
                if limit is not None and number >= limit:
                    break
                click.echo(json.dumps(row, ensure_ascii=False))
        else:
            shown = tables.told(opened, rows) if kind in ("shifts", "causes") else rows
            if kind == "incidents":
                shown = incidents.listed(opened)
            tables.print_table(console, kind, shown, limit)


@main.command()
@click.argument("incident")
@archive_option
@json_option
@told
def compare(incident: str, archive: Path | None, as_json: bool) -> None:
    """Show an INCIDENT (its id, or that of one of its events) with its sources in columns, field by field."""
    with existing(archive) as opened:
        found = opened.compared(incident)
        if as_json:
            click.echo(json.dumps(incidents.as_record(found), ensure_ascii=False))
        else:
            incidents.print_compared(console, found, tables.plain)


@main.command()
@click.argument("kind", type=click.Choice(library.KINDS))
@archive_option
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The file; its ending says how to write.")
@click.option(
    "--as", "layout", type=click.Choice(library.LAYOUTS), default=None, help="Events as another program has them."
)
@redact_option
@_filters
@told
def export(kind: str, archive: Path | None, to: Path, layout: str | None, redact: bool, **filters: str | None) -> None:
    """Write all records of a KIND to a file: .jsonl, .csv (formulas disarmed) or .parquet.

    Events can also be a network (.gexf, .graphml), a map (.geojson), or as ICEWS, POLECAT or FollowTheMoney have them.
    """
    with existing(archive) as opened:
        asked = {key: value for key, value in filters.items() if value}
        if asked and kind != "events":
            raise UsageError("U001", f"{kind} cannot be filtered by --{sorted(asked)[0]}; events can.")
        count = opened.export(kind, to, layout=layout, redact=redact, **asked)
    click.echo(f"{count} {kind if layout is None else 'rows'} written to {to}")


@main.command()
@click.argument("sentence")
@click.option("--published", default=None, help="ISO date the sentence is read as of.")
@click.option("--json", "as_json", is_flag=True, help="The events as JSON.")
@told
def explain(sentence: str, published: str | None, as_json: bool) -> None:
    """Show how a SENTENCE is read: tree, actors, frames tried, what matched and what was dropped."""
    explaining.explain(console, sentence, published, as_json)


@main.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@archive_option
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@told
def score(gold: tuple[Path, ...], archive: Path | None, as_json: bool) -> None:
    """Score the archive's events against GOLD files (.jsonl) by the codebook's rules."""
    with existing(archive) as opened:
        tables.print_score(console, gold, list(opened.exported("events")), as_json)


@main.command()
@archive_option
@click.option(
    "--to", type=click.Path(path_type=Path), default=Path("report.html"), help="The page.  [default: report.html]"
)
@click.option("--title", default=None, help="What the case is called.")
@told
def report(archive: Path | None, to: Path, title: str | None) -> None:
    """Write one self-contained HTML page: what happened, between whom, and the sentence behind every figure."""
    from ..report import write_report

    with existing(archive) as opened:
        write_report(opened, to, title)
    click.echo(f"Report written to {to}")


@main.command()
@click.argument("archive", type=click.Path(path_type=Path), required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any that is free."
)
@click.option("--as", "who", default=None, help="Under whose name decisions are kept.  [default: your user name]")
@told
def serve(archive: Path | None, port: int, who: str | None) -> None:
    """Open the workbench on an ARCHIVE: look at it, check it and correct it in a browser, on this machine alone."""
    from .. import workbench

    path = path_of(archive)
    workbench.serve(path, port, who, lambda at: click.echo(f"The workbench of {path} is at {at} (stop it with Ctrl+C)"))


@main.command()
@archive_option
@json_option
@told
def info(archive: Path | None, as_json: bool) -> None:
    """Versions, model, settings, fingerprint of the sources and how to cite: the manifest for a replication."""
    path = path_of(archive)
    manifest = tables.manifest(path if archive or path.exists() else None)
    if as_json:
        click.echo(json.dumps(manifest, ensure_ascii=False, indent=1))
    else:
        for key, value in manifest.items():
            click.echo(f"{key:22} {value}")


for command in (
    *(align, camps, turns, after, outlook, import_files, datasette, panel, sample, validate, match),
    *(actors, decisions, reread, runs),
):
    main.add_command(command)
