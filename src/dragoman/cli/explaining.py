"""How a sentence is read: its tree, its actors, the frames tried, the events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from rich.tree import Tree as Branches

from ..dates import parse_iso
from ..errors import UsageError
from ..pipeline import explained
from ..records import Event, Mention, Sentence, Trace
from ..settings import load
from .tables import plain

__all__ = ["explain"]


def explain(console: Console, text: str, published: str | None, as_json: bool) -> None:
    """Print how a sentence is read.

    Raises:
        UsageError: the text holds no word, or `published` is no ISO date.
    """
    if not text.strip():
        raise UsageError("U002", "There is no sentence to explain. Give one in quotation marks.")
    if published:
        try:
            parse_iso(published)
        except ValueError as problem:
            raise UsageError("U001", f"--published: {problem}") from problem
    found = list(explained(text, published, load().user_data))
    if as_json:
        console.print_json(
            json.dumps([_event(event) for _, _, events, _ in found for event in events], ensure_ascii=False)
        )
        return
    for sentence, mentions, events, traces in found:
        console.print(_tree(sentence))
        _mentions(console, mentions)
        _traces(console, traces)
        _events(console, events)


def _tree(sentence: Sentence) -> Branches:
    """The dependency tree: word, lemma, part of speech, features, and the relation to its head."""
    root = next(index for index, token in enumerate(sentence.tokens) if token.head < 0)

    def grow(index: int, branches: Branches) -> None:
        for child, token in enumerate(sentence.tokens):
            if token.head == index:
                grow(child, branches.add(_label(sentence, child)))

    top = Branches(_label(sentence, root))
    grow(root, top)
    return top


def _label(sentence: Sentence, index: int) -> str:
    token = sentence.tokens[index]
    features = f" [dim]{escape(token.features)}[/dim]" if token.features else ""
    return f"[bold]{escape(token.text)}[/bold] {token.upos} [italic]{escape(token.relation)}[/italic]{features}"


def _mentions(console: Console, mentions: Sequence[Mention]) -> None:
    console.print("\n[bold]Actors[/bold]" if mentions else "\n[bold]Actors[/bold]: none")
    for mention in mentions:
        console.print(
            f"  {escape(mention.text)} -> {escape(mention.name)} ({mention.code or 'no code'}): {escape(mention.why)}"
        )


def _traces(console: Console, traces: Sequence[Trace]) -> None:
    console.print("\n[bold]Frames tried[/bold]" if traces else "\n[bold]Frames tried[/bold]: none")
    for trace in traces:
        sign = "[green]fits[/green]" if trace.matched else f"no: {escape(trace.why)}"
        console.print(f"  {escape(trace.word)}: {trace.frame}  {sign}")


def _events(console: Console, events: Sequence[Event]) -> None:
    if not events:
        console.print("\n[bold]Events[/bold]: none")
        return
    table = Table(
        "type",
        "mode",
        "trigger",
        "actor",
        "recipient",
        "status",
        "date",
        "place",
        "counts",
        "said by",
        "confidence",
        box=None,
    )
    for event in events:
        when = event.when
        cells = (
            event.type or "",
            event.mode or "",
            event.trigger or "",
            ", ".join(party.name for party in event.actor),
            ", ".join(party.name for party in event.recipient),
            event.status,
            f"{when.start or '..'}/{when.end or '..'}" if when else "",
            event.where.name if event.where else "",
            ", ".join(f"{count.what} {count.text}" for count in event.counts),
            event.said_by.name if event.said_by else "",
            f"{event.confidence:.2f}",
        )
        table.add_row(*(Text(plain(cell)) for cell in cells))
    console.print("\n[bold]Events[/bold]")
    console.print(table)


def _event(event: Event) -> dict[str, Any]:
    return {
        "type": event.type,
        "mode": event.mode,
        "trigger": event.trigger,
        "actor": [party.name for party in event.actor],
        "recipient": [party.name for party in event.recipient],
        "status": event.status,
        "frame": event.frame,
        "confidence": event.confidence,
    }
