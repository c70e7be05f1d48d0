"""What the mechanisms say closes the gap: it fits which side has what."""

from __future__ import annotations

from typing import Any

import pytest

from parity.explain.causes import behaviour, writing
from tests.explain.cases import case, trace
from tests.explain.causes.examples import SET, package

NO_ROOM = trace(
    "FileNotFoundError: [Errno 2] No usable temporary directory found in ['/tmp', '/var/tmp', '/usr/tmp', '/app']",
    "app.py:3 f: tempfile.mkdtemp()",
)
NOTHING = trace("TypeError: expected string or bytes-like object, got 'NoneType'", "app.py:9 run: docopt(__doc__)")
ROOT = {"exists": True, "kind": "overlay", "writable": True, "read_only": False}


@pytest.mark.parametrize(("read_only", "words"), [(True, "mount a volume or a tmpfs"), (False, "give the path to")])
def test_a_read_only_mount_is_not_cured_by_another_owner(read_only: bool, words: str) -> None:
    there = {"volumes./": {**ROOT, "writable": False, "read_only": read_only}}
    found = [one for one in writing.weigh(case(NO_ROOM, {"volumes./": ROOT}, there)) if one.label == "volumes./"]
    assert [one.fix.startswith(words) for one in found] == [True]


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        ({}, {"environment.PYTHONOPTIMIZE": SET}, "unset PYTHONOPTIMIZE in production"),
        ({"environment.PYTHONOPTIMIZE": SET}, {}, "set PYTHONOPTIMIZE in production as it is locally"),
    ],
)
def test_what_only_production_sets_is_unset_there(here: dict[str, Any], there: dict[str, Any], words: str) -> None:
    kit = {"packages.docopt": package("0.6.2")}
    found = list(
        behaviour.weigh(case(NOTHING, {"environment": None, **kit, **here}, {"environment": None, **kit, **there}))
    )
    assert found
    assert all(one.fix.startswith(words) for one in found)
