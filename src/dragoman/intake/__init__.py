"""Intake: files, folders and streams in, cleaned and dated articles out.

Every other room takes an article as given; here it is told from the page around it. What is known of pages (phrases
of furniture, names of outlets, labels of times and sections, function words of languages) stands in `data/*.toml`,
each explained at its top and open to additions.
"""

from .columns import columns_told
from .jsonl import article_from_json
from .plain import article_from_text
from .published import as_taken_in, dated
from .sources import ENDINGS, read_sources
from .webpage import article_from_html

__all__ = [
    "ENDINGS",
    "article_from_html",
    "article_from_json",
    "article_from_text",
    "as_taken_in",
    "columns_told",
    "dated",
    "read_sources",
]
