"""The commands and their options; each is a thin face of the library."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from .. import library
from ..alignment import BY, RULES, UNITS
from ..codebook import TYPES
from ..errors import DragomanError, UsageError
from ..evaluation import STRATA, methods
from ..formats import FORMATS, write_datasette
from ..intake import columns_told
from ..pipeline import import_into, read_into
from ..records import Unread
from ..settings import load
from ..version import __version__
from . import analysing, expectations, explaining, standing, tables
from .progress import counting

__all__ = ["main"]

EXIT_SOME_UNREAD = 3
ROWS_LISTED = 20


class _Console(Console):
    """A console to which a pipe that is closed early is no error."""

    def on_broken_pipe(self) -> None:
        """Stop in silence: whoever read the pipe has seen enough."""
        sys.stderr.close()
        sys.exit(0)


console = _Console(width=None if sys.stdout and sys.stdout.isatty() else 220)


def _told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Errors as one line on standard error with their exit code, never a traceback."""

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except DragomanError as error:
            click.echo(f"dragoman: {error}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            click.echo(f"dragoman: the output cannot be written: {error.strerror or error}.", err=True)
            sys.exit(1)

    return wrapped


archive_option = click.option(
    "--archive", type=click.Path(path_type=Path), default=None, help="The archive file.  [default: ./dragoman.db]"
)


def _path(given: Path | None) -> Path:
    return given or Path(load().archive)


def _existing(given: Path | None) -> library.Archive:
    return library.open(_path(given), read_only=True)


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
@_told
def read(
    sources: tuple[str, ...], archive: Path | None, jobs: int | None, pairs: tuple[str, ...], as_json: bool
) -> None:
    """Read SOURCES (files, folders, .zip, - for JSONL on standard input) into an archive of coded events.

    Columns are mapped by name: --map text=Body --map published=Date. Those not mapped are guessed, and shown.
    """
    settings = load(jobs=jobs)
    columns = columns_told(pairs)
    path = _path(archive)
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
            click.echo(f"  not read: {_unread_line(item)}")
    if summary.unread:
        sys.exit(EXIT_SOME_UNREAD)


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@archive_option
@click.option("--format", type=click.Choice(FORMATS), default=None, help="The format.  [default: known by the header]")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@_told
def import_files(files: tuple[Path, ...], archive: Path | None, format: str | None, as_json: bool) -> None:
    """Import event FILES of GDELT, ICEWS, POLECAT, ACLED or UCDP GED (text, .gz or .zip) into an archive.

    Each file goes in whole or not at all; malformed rows are listed with their lines, and the rest goes in.
    """
    path = _path(archive)
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
            click.echo(f"  not imported: {_unread_line(item)}")
        for item in listed[:ROWS_LISTED]:
            click.echo(f"  left out: {_unread_line(item)}")
        if len(listed) > ROWS_LISTED:
            click.echo(f"  and {len(listed) - ROWS_LISTED} more: dragoman show unread --archive {path}")
    if not done.complete:
        sys.exit(EXIT_SOME_UNREAD)


def _unread_line(item: Unread) -> str:
    return tables.plain(f"[{item.code}] {item.message}")


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
@click.argument("kind", type=click.Choice([*library.KINDS, "dyads", "furniture", "near-copies", "unread"]))
@archive_option
@_filters
@click.option("--limit", type=click.IntRange(min=0), default=None, help="At most this many rows.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_told
def show(kind: str, archive: Path | None, limit: int | None, as_json: bool, **filters: str | None) -> None:
    """Show records of a KIND as a readable table; `furniture` is what intake set aside of each page, and why."""
    with _existing(archive) as opened:
        rows = tables.rows_of(opened, kind, {k: v for k, v in filters.items() if v})
        if as_json:
            for number, row in enumerate(rows):
                if limit is not None and number >= limit:
                    break
                click.echo(json.dumps(row, ensure_ascii=False))
        else:
            shown = tables.told(opened, rows) if kind in ("shifts", "causes") else rows
            tables.print_table(console, kind, shown, limit)


@main.command()
@click.argument("kind", type=click.Choice(library.KINDS))
@archive_option
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The file; its ending says how to write.")
@click.option(
    "--as", "layout", type=click.Choice(library.LAYOUTS), default=None, help="Events as another program has them."
)
@_filters
@_told
def export(kind: str, archive: Path | None, to: Path, layout: str | None, **filters: str | None) -> None:
    """Write all records of a KIND to a file: .jsonl, .csv (formulas disarmed) or .parquet.

    Events can also be a network (.gexf, .graphml), a map (.geojson), or as ICEWS, POLECAT or FollowTheMoney have them.
    """
    with _existing(archive) as opened:
        asked = {key: value for key, value in filters.items() if value}
        if asked and kind != "events":
            raise UsageError("U001", f"{kind} cannot be filtered by --{sorted(asked)[0]}; events can.")
        count = opened.export(kind, to, layout=layout, **asked)
    click.echo(f"{count} {kind if layout is None else 'rows'} written to {to}")


@main.command()
@click.argument("sentence")
@click.option("--published", default=None, help="ISO date the sentence is read as of.")
@click.option("--json", "as_json", is_flag=True, help="The events as JSON.")
@_told
def explain(sentence: str, published: str | None, as_json: bool) -> None:
    """Show how a SENTENCE is read: tree, actors, frames tried, what matched and what was dropped."""
    explaining.explain(console, sentence, published, as_json)


picture_option = click.option(
    "--to", type=click.Path(path_type=Path), default=None, help="Write the picture to this .svg file."
)


@main.command()
@click.argument("act")
@archive_option
@click.option("--within", default="30d", help="Days after the act to look at: 30d or 30.  [default: 30d]")
@picture_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_told
def after(act: str, archive: Path | None, within: str, to: Path | None, as_json: bool) -> None:
    """Show what tends to follow an ACT ("USA ASSAULT IRN"), against what is usual between the two."""
    days = within.removesuffix("d")
    if not days.isdigit() or not 1 <= int(days) <= 365:
        raise UsageError("U001", f"--within must be 1d to 365d, not {within!r}.")
    with _existing(archive) as opened:
        expectations.after(console, opened, act, int(days), to, as_json)


@main.command()
@click.argument("party")
@archive_option
@click.option("--type", type=click.Choice(tuple(TYPES), case_sensitive=False), default=None, help="A PLOVER type.")
@click.option("--limit", type=click.IntRange(min=1), default=5, help="At most this many answers to a question.")
@picture_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_told
def outlook(archive: Path | None, party: str, limit: int, to: Path | None, as_json: bool, **asked: str | None) -> None:
    """Show what to expect of a PARTY: whom it may do what to, who may do it to it, and conflict in a week."""
    with _existing(archive) as opened:
        expectations.expect(console, opened, party, asked["type"], limit, to, as_json)


@main.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@archive_option
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@_told
def score(gold: tuple[Path, ...], archive: Path | None, as_json: bool) -> None:
    """Score the archive's events against GOLD files (.jsonl) by the codebook's rules."""
    with _existing(archive) as opened:
        tables.print_score(console, gold, list(opened.exported("events")), as_json)


@main.command()
@archive_option
@click.option(
    "--to", type=click.Path(path_type=Path), default=Path("report.html"), help="The page.  [default: report.html]"
)
@click.option("--title", default=None, help="What the case is called.")
@_told
def report(archive: Path | None, to: Path, title: str | None) -> None:
    """Write one self-contained HTML page: what happened, between whom, and the sentence behind every figure."""
    from ..report import write_report

    with _existing(archive) as opened:
        write_report(opened, to, title)
    click.echo(f"Report written to {to}")


picture_option = click.option(
    "--picture", type=click.Path(path_type=Path), default=None, help="Draw it to an .svg file."
)
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")
day_type = click.DateTime(["%Y-%m-%d"])


@main.command()
@click.argument("one")
@click.argument("other")
@archive_option
@picture_option
@json_option
@_told
def align(one: str, other: str, archive: Path | None, picture: Path | None, as_json: bool) -> None:
    """How two parties (ONE, OTHER) stood to each other over time, with intervals."""
    with _existing(archive) as opened:
        standing.align(console, opened.relations(), one, other, picture, as_json)


@main.command()
@click.option("--on", type=day_type, required=True, help="The day, YYYY-MM-DD.")
@click.option("--since", type=day_type, default=None, help="An earlier day: who moved from then to --on.")
@click.option("--camps", "count", type=click.IntRange(min=2), default=2, help="At most so many camps.  [default: 2]")
@archive_option
@picture_option
@json_option
@_told
def camps(
    on: datetime, since: datetime | None, count: int, archive: Path | None, picture: Path | None, as_json: bool
) -> None:
    """Who stood with whom on a day, how well each fits, and how balanced it all was."""
    with _existing(archive) as opened:
        earlier = since.date() if since else None
        standing.divide(console, opened.relations(), on.date(), earlier, count, picture, as_json)


@main.command()
@click.argument("one", required=False)
@click.argument("other", required=False)
@archive_option
@picture_option
@json_option
@_told
def turns(one: str | None, other: str | None, archive: Path | None, picture: Path | None, as_json: bool) -> None:
    """When relations turned (of all, of ONE, between ONE and OTHER), with what carried it and what came before."""
    with _existing(archive) as opened:
        standing.turned(console, opened.relations(), one, other, picture, as_json)


@main.command()
@archive_option
@click.option(
    "--to", type=click.Path(path_type=Path), default=Path("metadata.json"), help="The file.  [default: metadata.json]"
)
@_told
def datasette(archive: Path | None, to: Path) -> None:
    """Write the metadata with which Datasette shows an archive: datasette ARCHIVE --metadata metadata.json."""
    with _existing(archive):
        write_datasette(_path(archive), to)
    click.echo(f"Metadata written to {to}. See it with: datasette {_path(archive)} --metadata {to}")


@main.command()
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
@_told
def panel(archive: Path | None, to: Path, near_copies: bool, **options: Any) -> None:
    """Write a panel: counts and scores of every unit in every period, zeros too, and a codebook beside it."""
    for name in ("since", "until"):
        _check_day(name, options[name])
    with _existing(archive) as opened:
        count, notes = analysing.write_panel(opened, to, near_copies=near_copies, **options)
    click.echo(f"{count} rows written to {to}, their columns explained in {to.with_suffix('.codebook.md')}")
    for note in notes:
        click.echo(f"  {note}")


def _check_day(name: str, given: str | None) -> None:
    try:
        date.fromisoformat(given or "2020-01-01")
    except ValueError:
        raise UsageError("U001", f"--{name} must be a day such as 2020-01-03, not {given!r}.") from None


@main.command()
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
@_told
def sample(archive: Path | None, by: str, number: int, seed: int, to: Path) -> None:
    """Draw a stratified sample of events with their sentences, to be judged by hand and given to validate."""
    with _existing(archive) as opened:
        count = analysing.write_sample(opened, by, number, seed, to)
    click.echo(f"{count} events written to {to} (strata: {by}, seed {seed}). Fill in 'judgement' with yes or no, then:")
    click.echo(f"  dragoman validate {to}")


@main.command()
@click.argument("judged", type=click.Path(path_type=Path))
@click.option(
    "--archive", type=click.Path(path_type=Path), default=None, help="The archive with the decisions (.jsonl)."
)
@click.option("--by", type=click.Choice(STRATA), default="type", show_default=True, help="What the strata were.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@_told
def validate(judged: Path, archive: Path | None, by: str, as_json: bool) -> None:
    """Precision with 95% intervals from a JUDGED sample, as a table and in the words of a methods section."""
    with _existing(archive) if archive else nullcontext() as opened:
        found = analysing.precisions(judged, opened, by)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
    else:
        tables.print_precision(console, found)
        click.echo(methods(found, by))


@main.command()
@archive_option
@click.option(
    "--with", "other", type=click.Path(path_type=Path), required=True, help="An event file that import can read."
)
@click.option("--format", type=click.Choice(FORMATS), default=None, help="Its format.  [default: known by the header]")
@click.option("--to", type=click.Path(path_type=Path), default=Path("matches.csv"), help="A .csv or .parquet file.")
@click.option("--json", "as_json", is_flag=True, help="The numbers as JSON.")
@_told
def match(archive: Path | None, other: Path, format: str | None, to: Path, as_json: bool) -> None:
    """Which of our incidents and of another file's events describe the same happening, with the evidence."""
    with _existing(archive) as opened:
        numbers, unread = analysing.matched(opened, other, to, format)
    if as_json:
        click.echo(json.dumps(numbers | {"unread": [asdict(item) for item in unread]}, ensure_ascii=False))
    else:
        click.echo(", ".join(f"{number} {what}" for what, number in numbers.items()) + f"; written to {to}")
        for item in unread[:ROWS_LISTED]:
            click.echo(f"  left out: {_unread_line(item)}")
    if unread:
        sys.exit(EXIT_SOME_UNREAD)


@main.command()
@archive_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_told
def info(archive: Path | None, as_json: bool) -> None:
    """Versions, model, settings, fingerprint of the sources and how to cite: the manifest for a replication."""
    path = _path(archive)
    manifest = tables.manifest(path if archive or path.exists() else None)
    if as_json:
        click.echo(json.dumps(manifest, ensure_ascii=False, indent=1))
    else:
        for key, value in manifest.items():
            click.echo(f"{key:22} {value}")
