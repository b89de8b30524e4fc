"""The commands on how parties stand to each other, when it turned, and what follows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ..codebook import TYPES
from ..errors import UsageError
from . import expectations, standing
from .common import archive_option, console, existing, json_option, picture_option, told

__all__ = ["after", "align", "camps", "outlook", "turns"]


class Day(click.DateTime):
    """A day as ISO 8601 writes it."""

    name = "day"

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The day, or a sentence on how to write it."""
        try:
            return datetime.fromisoformat(str(super().convert(value, param, ctx)))
        except click.BadParameter:
            self.fail(f"{value!r} is no day. Write year, month and day, as 2020-01-31.", param, ctx)


day_type = Day()


@click.command()
@click.argument("one")
@click.argument("other")
@archive_option
@picture_option
@json_option
@told
def align(one: str, other: str, archive: Path | None, picture: Path | None, as_json: bool) -> None:
    """How two parties (ONE, OTHER) stood to each other over time, with intervals."""
    with existing(archive) as opened:
        standing.align(console, opened.relations(), one, other, picture, as_json)


@click.command()
@click.option("--on", type=day_type, required=True, help="The day, YYYY-MM-DD.")
@click.option("--since", type=day_type, default=None, help="An earlier day: who moved from then to --on.")
@click.option("--camps", "count", type=click.IntRange(min=2), default=2, help="At most so many camps.  [default: 2]")
@archive_option
@picture_option
@json_option
@told
def camps(
    on: datetime, since: datetime | None, count: int, archive: Path | None, picture: Path | None, as_json: bool
) -> None:
    """Who stood with whom on a day, how well each fits, and how balanced it all was."""
    with existing(archive) as opened:
        earlier = since.date() if since else None
        standing.divide(console, opened.relations(), on.date(), earlier, count, picture, as_json)


@click.command()
@click.argument("one", required=False)
@click.argument("other", required=False)
@archive_option
@picture_option
@json_option
@told
def turns(one: str | None, other: str | None, archive: Path | None, picture: Path | None, as_json: bool) -> None:
    """When relations turned (of all, of ONE, between ONE and OTHER), with what carried it and what came before."""
    with existing(archive) as opened:
        standing.turned(console, opened.relations(), one, other, picture, as_json)


@click.command()
@click.argument("act")
@archive_option
@click.option("--within", default="30d", help="Days after the act to look at: 30d or 30.  [default: 30d]")
@picture_option
@json_option
@told
def after(act: str, archive: Path | None, within: str, picture: Path | None, as_json: bool) -> None:
    """Show what tends to follow an ACT ("USA ASSAULT IRN"), against what is usual between the two."""
    days = within.removesuffix("d")
    if not days.isdigit() or not 1 <= int(days) <= 365:
        raise UsageError("U001", f"--within must be 1d to 365d, not {within!r}.")
    with existing(archive) as opened:
        expectations.after(console, opened, act, int(days), picture, as_json)


@click.command()
@click.argument("party")
@archive_option
@click.option("--type", type=click.Choice(tuple(TYPES), case_sensitive=False), default=None, help="A PLOVER type.")
@click.option("--limit", type=click.IntRange(min=1), default=5, help="At most this many answers to a question.")
@picture_option
@json_option
@told
def outlook(
    archive: Path | None, party: str, limit: int, picture: Path | None, as_json: bool, **asked: str | None
) -> None:
    """Show what to expect of a PARTY: whom it may do what to, who may do it to it, and conflict in a week."""
    with existing(archive) as opened:
        expectations.expect(console, opened, party, asked["type"], limit, picture, as_json)
