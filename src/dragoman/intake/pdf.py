"""PDF -> text: lines by where they stand on the page, paragraphs out of lines, running heads aside."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from dragoman.errors import SourceError
from dragoman.records import Furniture

from .signs import usual_outlet

__all__ = ["Line", "paragraphs", "text_of_pdf"]

# Typesetters' ligatures; the words are spelt without them.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": ""})
_MARGIN = 0.07
_SAME_SIZE = 0.12
_SLACK = 1.3
_ROOM = 0.85
_MARKS = ".,;:!?()\"'“”‘’"
_ENDS = (".", "?", "!", ":", '"', "”", "’", "'", ")")
_ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}(?:/\d{1,4})?)?")
# In search of the root that a damaged file does not name: so many objects are tried, and so many bytes gone through,
# as each object that its table does not name is looked for in the whole file.
_OBJECTS_TRIED, _BYTES_SEARCHED = 1_000, 100_000_000
_PAGE = re.compile(r"(?:page\s)?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?", re.IGNORECASE)
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d\b.*")

# What the library says of faults that it got over is not for the user.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, where it begins (points from the left and the foot), the size of its letters."""

    text: str
    left: float
    height: float
    size: float
    page: int


def text_of_pdf(data: bytes, name: str, most_pages: int) -> tuple[str, tuple[Furniture, ...]]:
    """The text of a PDF, paragraphs with an empty line between them, and its running heads and page numbers.

    Raises:
        SourceError: S004, there is no text in it (a scan); S007, it has too many pages; S010, it has a password;
            S012, it is damaged.
    """
    import pypdf  # loaded where it is used: most sources are none of these
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), root_object_recovery_limit=_tried(len(data)))
        # Many files are encrypted with an empty password, only to forbid printing.
        if reader.is_encrypted and not reader.decrypt(""):
            raise WrongPasswordError
        count = len(reader.pages)
        if count > most_pages:
            raise SourceError(
                "S007", f"{name} has {count:,} pages; the limit is {most_pages:,}. Split it, or raise most_pages."
            )
        pages = [list(_lines(page, number)) for number, page in enumerate(reader.pages)]
        heights = [float(page.mediabox.height) for page in reader.pages]
    except (SourceError, MemoryError):
        raise
    except (WrongPasswordError, FileNotDecryptedError, DependencyError) as error:
        raise SourceError(
            "S010", f"{name} is protected with a password. Open it, and print it to a PDF without one."
        ) from error
    except Exception as error:  # pypdf raises many kinds on a damaged file
        reason = " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__
        raise SourceError("S012", f"{name} is damaged and cannot be read as a PDF: {reason}.") from error
    if not any(pages):
        raise SourceError("S004", f"{name} holds no text, only pictures. Run text recognition (OCR) on it first.")
    body, beside = _without_heads(pages, heights)
    return "\n\n".join(paragraphs(body)), tuple(Furniture(line.text, "running head or page number") for line in beside)


def _tried(length: int) -> int:
    """In how many objects of a file of such a length its root is looked for."""
    return min(_OBJECTS_TRIED, _BYTES_SEARCHED // max(1, length))


def _lines(page: Any, number: int) -> Iterator[Line]:
    """The lines of a page in the order in which they were set, which is that of reading."""
    pieces: list[str] = []
    place: tuple[float, float, float] | None = None
    found: list[Line] = []

    def end() -> None:
        nonlocal place
        text = " ".join("".join(pieces).translate(_LIGATURES).split())
        if text and place:
            found.append(Line(text, *place, number))
        pieces.clear()
        place = None

    def take(text: str, page_matrix: Sequence[float], matrix: Sequence[float], font: Any, size: float) -> None:
        nonlocal place
        for part in re.split(r"(\n)", text):
            if part == "\n":
                end()
            elif part.strip():
                place = place or _place(page_matrix, matrix, size)
                pieces.append(part)
            else:
                pieces.append(part)

    page.extract_text(visitor_text=take)
    end()
    return iter(found)


def _place(page: Sequence[float], text: Sequence[float], size: float) -> tuple[float, float, float]:
    """Where a piece of text begins and how high its letters are, in points of the page."""
    left = page[0] * text[4] + page[2] * text[5] + page[4]
    height = page[1] * text[4] + page[3] * text[5] + page[5]
    scale = abs(page[3] * text[3]) or abs(page[1] * text[2]) or 1.0
    return left, height, abs(size) * scale


def _without_heads(pages: list[list[Line]], heights: Sequence[float]) -> tuple[list[Line], list[Line]]:
    """The lines of the article, and those at the edges of pages that say the same on each, or are a browser's.

    An outlet's name that stands on each page stands once above the article, as the masthead that it is.
    """
    edges = [
        [line for line in lines if not _MARGIN * height < line.height < (1 - _MARGIN) * height]
        for lines, height in zip(pages, heights, strict=True)
    ]
    counts = Counter(key for lines in edges for key in {_masked(line.text) for line in lines})
    repeated = [line for lines in edges for line in lines if counts[_masked(line.text)] > 1]
    masthead = [line for line in repeated[:1] if line.page == 0 and usual_outlet(line.text)]
    aside = {id(line) for lines in edges for line in lines if _of_a_browser(line.text)}
    aside |= {id(line) for line in repeated}
    every = [line for lines in pages for line in lines if line not in masthead]
    body = [line for line in every if id(line) not in aside]
    return [*masthead, *body], [line for line in every if id(line) in aside]


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _of_a_browser(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (_ADDRESS, _PAGE, _PRINTED))


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """The paragraphs that lines make up.

    A line goes on with the paragraph before it if its letters are as high, it stands no further below than lines of
    that height do, is not set in, and its first word had no room on the line before.

    >>> lines = [Line("Police opened", 0, 40, 10, 0), Line("fire.", 0, 28, 10, 0), Line("Two died.", 0, 4, 10, 0)]
    >>> list(paragraphs(lines))
    ['Police opened fire.', 'Two died.']
    """
    words = Counter(word.strip(_MARKS) for line in lines for word in line.text.split())
    gaps = _usual_gaps(lines)
    widest: dict[int, int] = {}
    for line in lines:
        widest[round(line.size)] = max(len(line.text), widest.get(round(line.size), 0))
    paragraph: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and not _goes_on(before, line, gaps, widest):
            yield _joined(paragraph, words)
            paragraph = []
        paragraph.append(line.text)
    if paragraph:
        yield _joined(paragraph, words)


def _usual_gaps(lines: Sequence[Line]) -> dict[int, float]:
    """Size of letters -> how far lines of it usually stand apart."""
    gaps: dict[int, list[float]] = {}
    for before, line in pairwise(lines):
        if round(before.size) == round(line.size) and before.page == line.page and before.height > line.height:
            gaps.setdefault(round(line.size), []).append(before.height - line.height)
    return {size: min(median(found), 1.6 * size) if size else median(found) for size, found in gaps.items()}


def _goes_on(before: Line, line: Line, gaps: dict[int, float], widest: dict[int, int]) -> bool:
    if abs(before.size - line.size) > _SAME_SIZE * max(before.size, line.size):
        return False
    open_ended = not before.text.endswith(_ENDS)
    room = len(before.text) + 1 + len(line.text.split(" ", 1)[0]) < _ROOM * widest[round(before.size)]
    gap = before.height - line.height
    # Over the end of a page or column there is no gap to go by.
    if before.page != line.page or gap < 0:
        return open_ended or not room
    if gap > _SLACK * gaps.get(round(line.size), 1.5 * line.size):
        return False
    # In the middle of a sentence or word a line may be shorter, as beside a picture.
    if open_ended and (line.text[:1].islower() or before.text.endswith("-")):
        return True
    set_in = line.left - before.left > 0.5 * line.size
    return not room and (open_ended or not set_in)


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    """A paragraph of its lines; a hyphen at a break stays where its first half is a word of its own in the text."""
    parts = [lines[0]]
    for line in lines[1:]:
        half = parts[-1].rsplit(" ", 1)[-1]
        if len(half) < 2 or not half.endswith("-") or not line[:1].isalpha():
            parts.append(" " + line)
            continue
        bare, rest = half[:-1].strip(_MARKS), line.split(" ", 1)[0].strip(_MARKS)
        compound = rest[:1].isupper() or words[bare] or words[f"{bare}-{rest}"]
        if words[bare + rest] or not compound:
            parts[-1] = parts[-1][:-1]
        parts.append(line)
    return "".join(parts)
