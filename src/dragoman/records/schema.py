"""JSON Schemas of all exported kinds, generated from the shapes.

    python -m dragoman.records.schema docs/schema

A test holds `docs/schema` to what is generated here, so the published schemas cannot drift from
the code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from .shapes import EXPORTED

__all__ = ["schema", "schema_files", "write_schemas"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one exported record of `kind` (a key of `EXPORTED`)."""
    generated = TypeAdapter(EXPORTED[kind]).json_schema(mode="serialization")
    return {"$schema": DIALECT, "title": kind.removesuffix("s"), **_closed(generated)}


def schema_files() -> dict[str, str]:
    """File name -> content, for every exported kind: `event.schema.json` and so on."""
    return {
        f"{kind.removesuffix('s')}.schema.json": json.dumps(schema(kind), indent=2, sort_keys=True) + "\n"
        for kind in EXPORTED
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into `folder`, which is made where it is missing; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in sorted(schema_files().items()):
        path = folder / name
        path.write_text(content, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _closed(node: Any) -> Any:
    """The schema with every object closed: a key that the shape does not name is an error.

    Generated titles (a key's name in capitals) say nothing and differ between versions of pydantic.
    """
    if isinstance(node, list):
        return [_closed(member) for member in node]
    if not isinstance(node, Mapping):
        return node
    closed = {key: _closed(value) for key, value in node.items() if not (key == "title" and isinstance(value, str))}
    if node.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def main(arguments: Sequence[str]) -> int:
    """`python -m dragoman.records.schema FOLDER`."""
    if len(arguments) != 1:
        print("usage: python -m dragoman.records.schema FOLDER", file=sys.stderr)
        return 2
    for path in write_schemas(Path(arguments[0])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
