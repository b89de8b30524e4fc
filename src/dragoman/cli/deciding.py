"""The commands on what people decided, and on runs of reading and what they changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from .. import library
from ..deciding import gold, lost
from ..errors import UsageError
from ..evaluation import Agreement, agreement, fields_changed, standing
from ..formats import lines_of
from ..records import Change, Decision, Run
from ..records.exported import exported_decision
from .common import (
    EXIT_SOME_UNREAD,
    archive_option,
    console,
    existing,
    json_option,
    path_of,
    redact_option,
    told,
)
from .progress import counting
from .tables import plain

__all__ = ["decisions", "reread", "runs"]

who_option = click.option("--who", default=None, help="Of this person alone.")


@click.group()
def decisions() -> None:
    """What people decided on the records of an archive: listed, compared, exported as gold, brought together."""


@decisions.command("list")
@archive_option
@who_option
@click.option("--lost", "only_lost", is_flag=True, help="Those whose record is coded no more.")
@click.option("--undone", is_flag=True, help="Also those that were undone or decided anew.")
@json_option
@told
def list_decisions(archive: Path | None, who: str | None, only_lost: bool, undone: bool, as_json: bool) -> None:
    """The decisions that stand, in the order of their times."""
    with existing(archive) as opened:
        every = list(opened.store.decisions(who=who))
        found = lost(opened.store, every) if only_lost else every if undone else standing(every)
    if as_json:
        for decision in found:
            click.echo(json.dumps(exported_decision(decision), ensure_ascii=False))
    else:
        columns = ("when", "who", "judgement", "kind", "words", "why", "undone")
        _print(columns, (_decision_row(decision) for decision in found), "no decisions")


def _decision_row(decision: Decision) -> tuple[str, ...]:
    judged = json.loads(decision.judged or "{}")
    words = judged.get("trigger") or judged.get("name") or decision.record
    return (
        *(decision.when, decision.who, decision.judgement, decision.kind, f"{words} ({judged.get('type')})"),
        *(decision.why or "", decision.undone or ""),
    )


@decisions.command("agreement")
@archive_option
@json_option
@told
def agree(archive: Path | None, as_json: bool) -> None:
    """How well people agree (Krippendorff's alpha, F1) and every record on which they do not."""
    with existing(archive) as opened:
        found = agreement(opened.store.decisions())
    if as_json:
        click.echo(json.dumps(_agreement_json(found), ensure_ascii=False))
        return
    _print(("person", "decisions"), ((who, str(number)) for who, number in found.people.items()), "no decisions")
    _print(
        ("field", "records", "alpha"),
        ((one.field, str(one.records), _figure(one.alpha)) for one in found.alphas if one.records),
        "no record was judged by two people",
    )
    _print(
        ("pair", "records", "detect F1", "dyad F1", "strict F1"),
        (
            (f"{pair.one}, {pair.other}", str(pair.records), *(f"{level.f1:.2f}" for level in pair.levels.values()))
            for pair in found.pairs
            if pair.records
        ),
        "",
    )
    for one in found.disagreements:
        said = "; ".join(f"{decision.who}: {decision.judgement}" for decision in one.decisions)
        words = json.loads(one.decisions[0].judged or "{}").get("trigger") or one.record
        fields = f" ({', '.join(one.fields)})" if one.fields else ""
        console.print(plain(f"{one.kind} “{words}”: {said}{fields}"))


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _agreement_json(found: Agreement) -> dict[str, Any]:
    disagreements = [
        {
            "kind": one.kind,
            "record": one.record,
            "fields": list(one.fields),
            "decisions": [exported_decision(decision) for decision in one.decisions],
        }
        for one in found.disagreements
    ]
    return {
        "people": dict(found.people),
        "alphas": [asdict(one) for one in found.alphas],
        "pairs": [
            {"one": pair.one, "other": pair.other, "records": pair.records}
            | {level: asdict(figures) for level, figures in pair.levels.items()}
            for pair in found.pairs
        ],
        "disagreements": disagreements,
    }


@decisions.command("export")
@archive_option
@who_option
@click.option("--rejected", is_flag=True, help="Data to learn from: rejected events too, and what was said of each.")
@redact_option
@click.option("--to", type=click.Path(path_type=Path), required=True, help="A .jsonl file.")
@told
def export_gold(archive: Path | None, who: str | None, rejected: bool, redact: bool, to: Path) -> None:
    """Write decided events as gold (docs/guide.md, "Gold format"); those on which people disagree are left out."""
    with existing(archive) as opened:
        found = gold(opened.store, who=who, rejected=rejected)
        kept = opened.redacted("gold", found.lines) if redact else found.lines
        count = lines_of(kept, to)
    click.echo(f"{count} events written to {to}")
    if found.disputed:
        click.echo(f"  {len(found.disputed)} left out, on which people disagree: see dragoman decisions agreement")


@decisions.command("bring")
@click.argument("other", type=click.Path(path_type=Path))
@archive_option
@told
def bring(other: Path, archive: Path | None) -> None:
    """Bring the decisions of OTHER, an archive of the same articles, into this one; twice does no harm."""
    with existing(other) as theirs:
        brought = list(theirs.store.decisions())
    path = path_of(archive)
    if not path.exists():
        raise UsageError("U002", f"There is no archive {path} to bring decisions into.")
    with library.open(path) as opened:
        came = opened.store.bring(brought)
        without = lost(opened.store, brought)
    click.echo(f"{came} of {len(brought)} decisions brought, {len(brought) - came} were there already")
    if without:
        click.echo(f"  {len(without)} are on records that are not coded here: dragoman decisions list --lost")


@click.command()
@archive_option
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Worker processes.  [default: 1]")
@json_option
@told
def reread(archive: Path | None, jobs: int | None, as_json: bool) -> None:
    """Read the articles of an archive anew, as this version does; decisions stay, and every change is noted."""
    path = path_of(archive)
    with existing(archive):
        pass  # it must be there
    with library.open(path) as opened, counting("articles read anew") as progress:
        run = opened.reread(jobs=jobs, progress=progress)
        without = lost(opened.store, opened.store.decisions())
    if as_json:
        click.echo(json.dumps(asdict(run) | {"decisions_lost": len(without)}))
        return
    click.echo(f"{run.articles} articles read anew. {_changed(run)}")
    if run.changed:
        click.echo(f"  dragoman runs {run.number} --archive {path}")
    if without:
        click.echo(f"  {len(without)} decisions are on records that are coded no more: dragoman decisions list --lost")
        sys.exit(EXIT_SOME_UNREAD)


def _changed(run: Run) -> str:
    return f"This version changes {run.changed:,} of {run.events:,} events."


@click.command()
@click.argument("number", type=int, required=False)
@archive_option
@json_option
@told
def runs(number: int | None, archive: Path | None, as_json: bool) -> None:
    """The runs of reading an archive; of one (NUMBER), every event that it changed."""
    with existing(archive) as opened:
        found = list(opened.store.runs())
        if number is not None and number not in [run.number for run in found]:
            raise UsageError("U001", f"There is no run {number}. There are: {', '.join(str(r.number) for r in found)}.")
        changed = list(opened.store.changes(number)) if number is not None else []
    if as_json:
        for row in found if number is None else changed:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
    elif number is None:
        columns = ("run", "what", "version", "model", "articles", "events", "changed")
        _print(columns, (tuple(map(str, asdict(run).values())) for run in found), "no runs")
    else:
        _print(("what", "words", "fields", "before", "after"), map(_change_row, changed), "nothing changed")


def _change_row(change: Change) -> tuple[str, ...]:
    fields = fields_changed(change) or ("type", "actor", "recipient")
    record = change.after or change.before or {}
    told = [
        "" if side is None else "; ".join(f"{name} {_told(side.get(name))}" for name in fields)
        for side in (change.before, change.after)
    ]
    return (change.what, str(record.get("trigger")), ", ".join(fields_changed(change)), *told)


def _told(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ", ".join(party["name"] for party in value)
    return "-" if value in (None, [], {}) else str(value)


def _print(columns: Iterable[str], rows: Iterable[Iterable[str]], nothing: str) -> None:
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*map(plain, row))
    if table.row_count:
        console.print(table)
    elif nothing:
        console.print(nothing)
