"""A whole explanation in few words: a shop whose production lacks a variable, with its log and its source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.proof.profiles import profile, section

SETTINGS = 'import os\n\nSECRET = os.environ["PAYMENTS_KEY"]\n'
APP = "import flask\n\nimport settings\n\n\ndef pay():\n    return settings.SECRET\n"

LOG = """\
2026-03-01T10:00:00Z INFO started
10.0.0.1 - - [01/Mar/2026:10:00:01 +0000] "GET /health HTTP/1.1" 200 2
2026-03-01T10:05:00Z Traceback (most recent call last):
2026-03-01T10:05:00Z   File "/app/app.py", line 3, in <module>
2026-03-01T10:05:00Z     import settings
2026-03-01T10:05:00Z   File "/app/settings.py", line 3, in <module>
2026-03-01T10:05:00Z     SECRET = os.environ["PAYMENTS_KEY"]
2026-03-01T10:05:00Z   File "<frozen os>", line 685, in __getitem__
2026-03-01T10:05:00Z KeyError: 'PAYMENTS_KEY'
10.0.0.1 - - [01/Mar/2026:10:05:01 +0000] "POST /pay?card=4111 HTTP/1.1" 500 20
"""

LOCAL: dict[str, Any] = {
    "python": section(version="3.11.2", implementation="cpython", executable="/opt/venv/bin/python"),
    "packages": section(flask={"version": "3.0.0", "provides": ["flask"]}),
    "environment": section(PAYMENTS_KEY={"state": "set"}, PATH={"state": "set"}),
}
PRODUCTION: dict[str, Any] = {
    **LOCAL,
    "environment": section(PATH={"state": "set"}),
    "container": section(created="2026-03-01T09:00:00Z", image="shop:7"),
    "database": section("unavailable", "no DSN was given"),
}


def shop(directory: Path, local: Any = None, production: Any = None, log: str = LOG, **header: Any) -> Path:
    """local.json, production.json, prod.log and the program's repository in app/."""
    (directory / "local.json").write_bytes(
        profile(local or LOCAL, name="laptop", target={"kind": "local", "reference": ""})
    )
    (directory / "production.json").write_bytes(profile(production or PRODUCTION, **header))
    (directory / "prod.log").write_text(log)
    (directory / "app").mkdir()
    (directory / "app" / "settings.py").write_text(SETTINGS)
    (directory / "app" / "app.py").write_text(APP)
    (directory / "app" / "requirements.txt").write_text("flask\n")
    return directory


def document(text: str) -> dict[str, Any]:
    """The JSON document."""
    loaded: dict[str, Any] = json.loads(text)
    return loaded
