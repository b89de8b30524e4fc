"""Events over time: what the bars of a choice of events are made of, and in words what stands in none of them."""

from __future__ import annotations

from collections.abc import Sequence

from ..archive import Choice
from ..pictures import Binned, Dated
from ..telling import wording

__all__ = ["dated", "left_out"]


def dated(choice: Choice) -> list[Dated]:
    """The events of a choice that have a date and a type, by date."""
    return sorted(
        (Dated(first, last, one + two, three + four) for first, last, (one, two, three, four) in choice.by_date()),
        key=lambda found: (found.first, found.last),
    )


def left_out(choice: Choice, every: Sequence[Dated], drawn: Sequence[Dated], made: Binned) -> str:
    """What stands in no bar, in a sentence: "In no bar: 2 dated to more than a week and 1 without a date.".

    `drawn` are those of `every` that bars were made of; where all stand in one, nothing is said.
    """
    typed = sum(one.total for one in every)
    beyond = typed - sum(one.total for one in drawn)
    reasons = (
        (made.wider, f"dated to more than a {made.step}"),
        (choice.undated, "without a date"),
        (beyond, "of long before" if beyond == 1 else "of long before the others"),
        (len(choice) - typed - choice.undated, "without a type"),
    )
    said = [f"{count:,} {words}" for count, words in reasons if count]
    return f"In no bar: {wording.joined(said)}." if said else ""
