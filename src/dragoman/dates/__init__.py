"""The grammar of time expressions: words and a reference date give an interval with its precision.

`find` gives the expressions of a text, `resolve` says when one of them is. Nothing here invents a day: where the
words allow several, the interval holds them all, and a length of time ("40 years") resolves to nothing.

>>> from dragoman.dates import find, parse_iso, resolve
>>> [expression] = find("Since October of last year protesters have held the square.")
>>> str(resolve(expression, parse_iso("2020-01-29")))
'2019-10-01/2020-01-29'
"""

from dragoman.dates.arithmetic import month_bounds, period_of, shifted, week_of, year_bounds
from dragoman.dates.elapsed import elapsed
from dragoman.dates.expression import KINDS, Tense, TimeExpression, find, resolve
from dragoman.dates.interval import PRECISIONS, Interval, hull, parse_iso, single_day

__all__ = [
    "KINDS",
    "PRECISIONS",
    "Interval",
    "Tense",
    "TimeExpression",
    "elapsed",
    "find",
    "hull",
    "month_bounds",
    "parse_iso",
    "period_of",
    "resolve",
    "shifted",
    "single_day",
    "week_of",
    "year_bounds",
]
