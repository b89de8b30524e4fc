"""Files broken at random: bytes, tags and numbers changed, doubled, cut and mixed, from a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

__all__ = ["broken"]

_TAG = re.compile(rb"<[^<>]{1,300}>")
_NUMBER = re.compile(rb"\d+")
_ODD = [
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"<",
    b">",
    b"<!--",
    b"]]>",
    b"&#x110000;",
    b"&#0;",
    b"\xe2\x80\xae",
    b"%%EOF",
    b"((((",
    b"<<",
]

Mutation = Callable[[bytes, random.Random], bytes]


def broken(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A file with one to six mutations; pieces of other files may come into it."""
    for _ in range(chance.randint(1, 6)):
        if chance.random() < 0.1:
            data = _spliced(data, chance.choice(others), chance)
        else:
            data = chance.choice(_MUTATIONS)(data, chance)
    return data


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    """A stretch of the file: mostly short, now and then long."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(2 ** chance.uniform(0, 14)))


def _spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 40) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _ended(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    times = min(int(2 ** chance.uniform(1, 10)), 1_000_000 // max(1, end - start))
    return data[:end] + data[start:end] * times + data[end:]


def _odd(data: bytes, chance: random.Random) -> bytes:
    start, _ = _place(data, chance)
    return data[:start] + chance.choice(_ODD) * int(2 ** chance.uniform(0, 12)) + data[start:]


def _untagged(data: bytes, chance: random.Random) -> bytes:
    """Some tags left out, opened twice, or closed never."""
    share = chance.uniform(0.01, 0.5)
    kind = chance.randrange(3)

    def change(found: re.Match[bytes]) -> bytes:
        if chance.random() > share:
            return found[0]
        return (b"", found[0] * 2, found[0][:-1])[kind]

    return _TAG.sub(change, data)


def _renumbered(data: bytes, chance: random.Random) -> bytes:
    """Some numbers made others: lengths, offsets and references point anywhere."""
    share = chance.uniform(0.01, 0.3)
    others = (b"0", b"-1", b"1", b"4294967296", b"99999999999999999999", b"7")

    def change(found: re.Match[bytes]) -> bytes:
        return chance.choice(others) if chance.random() < share else found[0]

    return _NUMBER.sub(change, data)


def _recoded(data: bytes, chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(
        chance.choice(("utf-16", "utf-16-le", "latin-1", "cp1251", "utf-7")), "replace"
    )


_MUTATIONS: tuple[Mutation, ...] = (_flipped, _cut, _ended, _doubled, _odd, _untagged, _renumbered, _recoded)
