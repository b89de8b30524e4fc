"""Runs: what a reading of articles did to an archive, and what it changed against the reading before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Change", "Run"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: of new articles ("read") or of those that were there already ("reread").

    `version` and `model` are those that read; `articles` and `events` how many it read and found, `changed` how many
    events a second reading found new, gone or coded otherwise. There is no clock in it.
    """

    number: int
    what: str
    version: str
    model: str
    articles: int
    events: int
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """An event before and after a run, in the terms of the codebook's gold.

    `before` is None where the event is new, `after` where it is gone; `event` is its id now, or the last that it had.
    """

    event: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def what(self) -> str:
        """New, gone or changed."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"
