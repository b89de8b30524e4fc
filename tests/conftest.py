"""Settings of the tests: property tests have no deadline, and in CI they draw the same cases each time; no network."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

OFFLINE = str(Path(__file__).parent / "offline")
runpy.run_path(str(Path(OFFLINE) / "sitecustomize.py"))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [OFFLINE, os.environ.get("PYTHONPATH", "")]))
