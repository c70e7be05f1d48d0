"""The JSON document: valid by its published schema, complete, and the same bytes for the same facts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from parity.profile.model import Profile
from parity.report import Screen, formats, render
from tests.diff.profiles import profile, section, unavailable
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import HOSTILE

SCHEMA: dict[str, Any] = json.loads((files("parity.report") / "diff.schema.json").read_text("utf-8"))


def document(local: Profile, production: Profile, *repository: Any) -> dict[str, Any]:
    """The document, held against the schema."""
    found: dict[str, Any] = json.loads(render("json", report(local, production, *repository), Screen()))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_it_holds_everything() -> None:
    found = document(laptop(), container())
    assert (found["verdict"], found["exit_code"]) == ("drift", 1)
    assert found["counts"] == {"error": 9, "warning": 3, "info": 26}
    assert len(found["findings"]) == 38
    assert next(one for one in found["findings"] if one["key"] == "DATABASE_URL") == {
        "id": "environment.missing",
        "section": "environment",
        "key": "DATABASE_URL",
        "kind": "missing",
        "severity": "error",
        "local": {"state": "set"},
        "production": None,
        "why": "production does not set it: code that reads it stops with KeyError or falls back to a default",
        "fields": [],
        "evidence": [],
        "departs": None,
        "standing": "open",
        "note": None,
        "severity_before": None,
    }
    assert found["policy"] is None
    assert [(one["section"], one["key"], one["side"]) for one in found["unknown"]] == [
        ("libraries", None, "production"),
        ("volumes", "/srv/cache", "production"),
    ]
    assert [one["section"] for one in found["skipped"]] == ["database"]
    assert {"section": "volumes", "local": "ok", "production": "partial", "keys": 1} in found["compared"]


@pytest.mark.parametrize(
    ("local", "production", "verdict"),
    [
        (laptop(), laptop(), "parity"),
        (profile({}), profile({}), "incomplete"),
        (profile({"python": unavailable()}), laptop(), "incomplete"),
        (
            profile({"x": section({"a": 1.5, "b": None, "c": {"d": ["e"]}})}),
            profile({"x": section({"a": "1"})}),
            "incomplete",
        ),
    ],
)
def test_every_outcome_is_valid(local: Profile, production: Profile, verdict: str) -> None:
    assert document(local, production)["verdict"] == verdict


def test_a_repository_is_named_and_says_which_side_departs() -> None:
    found = document(laptop(), container(), shop())
    assert found["declared"]["target"] == {"kind": "repo", "reference": "."}
    assert found["declared"]["identity"] == {"commit": "1f4c9d2e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d"}
    assert found["declared_reason"] is None
    departs = {(one["id"], one["key"]): one["departs"] for one in found["findings"]}
    assert departs["environment.missing", "DATABASE_URL"] == "production"
    assert departs["environment.undeclared", "SENTRY_DSN"] == "undeclared"
    assert departs["volumes.not-writable", "/srv/data"] is None
    told = next(one for one in found["findings"] if one["id"] == "packages.unpinned")
    assert (told["kind"], told["local"], told["production"]) == (None, None, None)
    assert next(one for one in found["findings"] if one["key"] == "numpy")["evidence"] == [
        "imported at shop/prices.py:3 and 1 more",
        "declared at pyproject.toml:13",
        "2.1.0 is declared at uv.lock:27",
    ]


def test_without_a_repository_it_says_why() -> None:
    found = document(laptop(), container(), None, "no repository around the working directory")
    assert found["declared"] is None
    assert found["declared_reason"] == "no repository around the working directory"


def test_none_of_many_findings_is_left_out() -> None:
    whole = report(laptop(), container())
    many = tuple(replace(whole.findings[0], key=f"KEY_{place:06}") for place in range(100_000))
    found = json.loads(render("json", replace(whole, findings=many), Screen()))
    assert (len(found["findings"]), found["counts"]["error"]) == (100_000, 100_000)


def test_id_and_key_tell_findings_apart() -> None:
    for repository in (None, shop()):
        found = document(laptop(), container(), repository)["findings"]
        assert len({(one["id"], one["key"]) for one in found}) == len(found)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_survives_as_data_and_as_nothing_else(hostile: str) -> None:
    local = profile({"packages": section({hostile: {"version": hostile}})}, hostile)
    raw = render("json", report(local, profile({"packages": section({"x": {"version": "1"}})})), Screen())
    assert raw.isascii()
    assert raw.replace("\n", "").isprintable()
    assert "##[" not in raw
    assert json.loads(raw)["findings"][0]["key"] == hostile


SCRIPT = """
import random, sys
from tests.report.example import container, laptop, report
from tests.diff.profiles import profile
from parity.profile.model import Section
from parity.report import Screen, render

def shuffled(mapping):
    items = list(mapping.items())
    random.Random(sys.argv[1]).shuffle(items)
    return dict(items)

def mixed(one):
    sections = {
        name: Section(s.status, s.reason, shuffled(s.items), notes=s.notes, hidden=s.hidden)
        for name, s in shuffled(one.sections).items()
    }
    return profile(sections, one.name, one.target.kind)

result = report(mixed(laptop()), mixed(container()))
for form in ("json", "terminal"):
    sys.stdout.buffer.write(render(form, result, Screen(everything=True)).encode())
"""


def test_the_same_bytes_whatever_the_order_the_locale_and_the_hash_seed() -> None:
    outputs = set()
    for seed, locale in (("0", "C"), ("1", "tr_TR.UTF-8"), ("77", "C.UTF-8")):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale},
            capture_output=True,
            check=True,
            timeout=60,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert b'"verdict": "drift"' in next(iter(outputs))


@pytest.mark.parametrize("name", formats())
def test_every_format_says_what_it_is_and_ends_in_a_newline(name: str) -> None:
    assert formats()[name].summary
    assert render(name, report(laptop(), container()), Screen()).endswith("\n")


def test_the_formats_are_the_files_of_the_directory() -> None:
    assert set(formats()) >= {"json", "terminal"}
    with pytest.raises(LookupError):
        render("nothing", report(laptop(), container()), Screen())


def test_plain_output_imports_neither_rich_nor_deepdiff_for_nothing() -> None:
    script = (
        "import sys\n"
        "from tests.report.example import laptop, report\n"
        "from parity.report import Screen, render\n"
        "render('terminal', report(laptop(), laptop()), Screen())\n"
        "assert not {'rich', 'deepdiff', 'jsonschema'} & set(sys.modules), sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
