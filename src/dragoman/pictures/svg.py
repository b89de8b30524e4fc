"""The little of SVG that the pictures need: elements that escape what is put into them, and numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Self

__all__ = ["Element", "number", "picture", "readable"]

Attribute = str | int | float | None

# Marks that turn the direction of what follows: a label that holds one would turn its neighbours too.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def readable(text: str) -> str:
    """Text fit for a label: no control characters, no direction marks, single spaces.

    >>> readable("a\\u202eb\\n c")
    'ab c'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = "".join(" " if character.isspace() else character for character in text if character not in _DIRECTIONS)
    kept = "".join(character for character in spaced if unicodedata.category(character) not in ("Cc", "Cs"))
    return " ".join(kept.split())


def number(value: float) -> str:
    """A coordinate with at most one decimal, so that the last bits of a computation never show.

    >>> number(2.04), number(-0.01), number(3)
    ('2', '0', '3')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


@dataclass(slots=True)
class Element:
    """An element of SVG; text and the values of attributes are escaped when it is written."""

    tag: str
    attributes: dict[str, Attribute] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def add(self, tag: str, text: str | None = None, /, **attributes: Attribute) -> Element:
        """Append a new element and return it; `class_` and `aria_label` become `class` and `aria-label`."""
        child = Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
        if text is not None:
            child.children.append(readable(text))
        self.children.append(child)
        return child

    def extend(self, children: Iterable[Element]) -> Self:
        """Append elements."""
        self.children.extend(children)
        return self

    def __str__(self) -> str:
        attributes = "".join(_attribute(name, value) for name, value in self.attributes.items() if value is not None)
        inner = "".join(escape(child) if isinstance(child, str) else str(child) for child in self.children)
        return f"<{self.tag}{attributes}>{inner}</{self.tag}>"


def _attribute(name: str, value: Attribute) -> str:
    text = number(value) if isinstance(value, int | float) else readable(str(value))
    return f' {name}="{escape(text)}"'


def picture(name: str, width: float, height: float, title: str, description: str) -> Element:
    """An `svg` element with its title and description; `name` begins the ids inside it, and names its class.

    It is a group, not an image, to assistive technology: an image would hide the links inside it.
    """
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"picture {name}",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": width,
            "height": height,
            "role": "group",
            "aria-labelledby": f"{name}-title {name}-desc",
        },
    )
    root.add("title", title, id=f"{name}-title")
    root.add("desc", description, id=f"{name}-desc")
    return root
