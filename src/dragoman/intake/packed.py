"""Packed files: what is in a .zip (and in a .docx or .xlsx, which are such), checked before anything is unpacked."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.errors import SourceError
from dragoman.settings import Settings

__all__ = ["Member", "check_office", "members", "open_packed", "unpack"]

# Word and Excel files with a password, and those of before 2007, are of this older kind.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HARMLESS = 10_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a .zip: the name that it bears there, which is only ever shown, and its entry."""

    name: str
    entry: zipfile.ZipInfo


def open_packed(data: bytes, name: str, settings: Settings) -> zipfile.ZipFile:
    """The .zip of these bytes, if it unpacks to no more than the settings allow.

    Raises:
        SourceError: S012, it is damaged; S013, it holds too many files or unpacks to too much.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise SourceError("S012", f"{name} is damaged and cannot be unpacked ({error}). Get the file anew.") from error
    entries = packed.infolist()
    if len(entries) > settings.most_members:
        raise _too_much(name, f"holds {len(entries):,} files; the limit is {settings.most_members:,}", "most_members")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > settings.largest_unpacked:
        limit = f"{settings.largest_unpacked:,}"
        raise _too_much(name, f"unpacks to {unpacked:,} bytes; the limit is {limit}", "largest_unpacked")
    if unpacked > _HARMLESS and unpacked > settings.highest_ratio * len(data):
        ratio = unpacked // max(1, len(data))
        raise _too_much(
            name, f"unpacks to {ratio:,} times its size; the limit is {settings.highest_ratio}", "highest_ratio"
        )
    return packed


def check_office(data: bytes, name: str, settings: Settings) -> None:
    """Checks that a .docx or .xlsx can be opened.

    Raises:
        SourceError: S010, it has a password or is of the old kind; S012 and S013 as `open_packed`.
    """
    if data.startswith(_OLE):
        raise SourceError(
            "S010",
            f"{name} is protected with a password, or is of the kind before 2007."
            " Open it, and save it without a password as .docx or .xlsx.",
        )
    open_packed(data, name, settings).close()


def members(packed: zipfile.ZipFile) -> Iterator[Member]:
    """The files in a .zip by name; folders are none."""
    for entry in sorted(packed.infolist(), key=lambda entry: (entry.filename.split("/"), entry.header_offset)):
        if not entry.filename.endswith("/"):
            yield Member(entry.filename.replace("\\", "/"), entry)


def unpack(packed: zipfile.ZipFile, member: Member, name: str, largest: int) -> bytes:
    """The bytes of a file in a .zip; `name` is what errors call it.

    Raises:
        SourceError: S007, it is larger than `largest`; S009, a link; S010, protected with a password; S012, damaged.
    """
    entry = member.entry
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise SourceError("S009", f"{name} is a link and is not followed. Pack the file that it leads to.")
    if entry.flag_bits & 1:
        raise SourceError("S010", f"{name} is protected with a password. Unpack it, and give the file.")
    try:
        with packed.open(entry) as file:
            data = file.read(largest + 1)
    except (*_BROKEN, NotImplementedError) as error:
        raise SourceError("S012", f"{name} is damaged and cannot be unpacked ({error}). Get the .zip anew.") from error
    if len(data) > largest:
        raise SourceError(
            "S007", f"{name} has more than {largest:,} bytes, the limit. Split it, or raise the setting largest_file."
        )
    return data


def _too_much(name: str, what: str, setting: str) -> SourceError:
    return SourceError("S013", f"{name} {what}. Unpack it and give what is needed, or raise the setting {setting}.")
