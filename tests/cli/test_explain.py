"""parity explain, as a person or a job calls it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.canary import Canary
from tests.cli.program import COMMAND, Result, environment, parity
from tests.proof.profiles import section
from tests.report.explanation.example import LOCAL, LOG, PRODUCTION, shop

SCHEMA: dict[str, Any] = json.loads((files("parity.report") / "explanation.schema.json").read_text("utf-8"))
SIDES = ("local.json", "production.json")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return shop(tmp_path)


def explain(place: Path, *words: str, stdin: bytes = b"", **env: str | None) -> Result:
    return parity("explain", *words, cwd=place, stdin=stdin, env=env)


def answered(place: Path, *words: str, stdin: bytes = b"") -> dict[str, Any]:
    """The document, held to its schema."""
    result = explain(place, *words, "--format", "json", stdin=stdin)
    assert (result.code, result.err) == (0, "")
    jsonschema.validate(result.document, SCHEMA, jsonschema.Draft202012Validator)
    return result.document


def test_the_cause_its_evidence_and_the_fix(place: Path) -> None:
    told = answered(place, *SIDES, "--log", "prod.log", "--declared", "app")
    cause = told["causes"][0]
    assert (told["verdict"], told["category"], cause["label"]) == ("explained", "variable", "environment.PAYMENTS_KEY")
    assert cause["confidence"] > 0.9
    assert cause["refuted_by"]
    assert "PAYMENTS_KEY" in cause["fix"]
    places = {(one["source"], one["at"]) for one in cause["evidence"]}
    assert {("log", "line 9"), ("source", "settings.py:3")} <= places
    assert (told["newest"], told["most_frequent"], told["others"]) == (True, True, [])
    assert told["log"]["responses"] == {"2xx": 1, "5xx": 1}
    assert (told["log_reason"], told["declared_reason"]) == (None, None)
    assert told["production"]["target"] == {"kind": "docker", "reference": "web"}


def test_reach_and_the_first_commands(place: Path) -> None:
    told = answered(place, *SIDES, "--log", "prod.log", "--declared", "app")
    reach = told["reach"]
    assert (reach["count"], reach["failed"], reach["answered"], reach["share"]) == (1, 1, 2, 0.5)
    assert reach["routes"] == ["POST /pay"]
    words = " | ".join(reach["words"])
    assert "65 minutes after production's image was built" in words
    assert "before it the log has 5 minutes without it" in words
    commands = [one["command"] for one in told["first_commands"]]
    assert len(commands) == 3
    assert commands[0].startswith("docker exec web sh -c ")
    assert commands[2] == "git grep -n -w PAYMENTS_KEY"


def test_the_first_lines_of_the_text_are_the_answer(place: Path) -> None:
    result = explain(place, *SIDES, "--log", "prod.log", "--declared", "app", COLUMNS="80")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("EXPLAINED  environment.PAYMENTS_KEY, almost certain (0.9")
    assert lines[1].startswith("  fix        set PAYMENTS_KEY in production")
    assert lines[2] == "  failure    KeyError: 'PAYMENTS_KEY' (once, lines 3-9)"
    assert max(len(line) for line in lines if not line.startswith("  docker ")) <= 80
    assert "database (unavailable on production: no DSN was given)" in " ".join(lines)
    assert "\x1b" not in result.out
    coloured = explain(place, *SIDES, "--log", "prod.log", FORCE_COLOR="1")
    assert "\x1b[1;31mEXPLAINED" in coloured.out
    assert "\x1b" not in explain(place, *SIDES, "--log", "prod.log", FORCE_COLOR="1", NO_COLOR="1").out


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress], ids=["plain", "gzip"])
def test_the_log_comes_from_standard_input_or_a_file_packed_or_not(place: Path, pack: Any) -> None:
    data = pack(LOG.encode())
    (place / "packed").write_bytes(data)
    by_file = answered(place, *SIDES, "--log", "packed", "--no-declared")
    by_stdin = answered(place, *SIDES, "--log", "-", "--no-declared", stdin=data)
    assert by_file == by_stdin
    assert by_file["causes"][0]["label"] == "environment.PAYMENTS_KEY"
    assert by_file["declared_reason"] == "--no-declared"


def test_a_profile_comes_from_standard_input_and_the_answer_goes_to_a_file(place: Path) -> None:
    local = (place / "local.json").read_bytes()
    words = ("-", "production.json", "--log", "prod.log", "--format", "json", "-o", "answer.json")
    result = explain(place, *words, stdin=local)
    assert (result.code, result.out) == (0, "")
    assert json.loads((place / "answer.json").read_bytes())["verdict"] == "explained"


@pytest.mark.parametrize("log", ["", "2026-03-01T10:00:00Z INFO all is well\n"], ids=["empty", "well"])
def test_a_log_without_a_failure_is_said_and_the_differences_stand(place: Path, log: str) -> None:
    (place / "prod.log").write_text(log)
    told = answered(place, *SIDES, "--log", "prod.log", "--declared", "app")
    assert told["failure"] is None
    assert told["log"]["notes"] == ["the log is empty" if not log else "none of its 1 lines tells of a failure"]
    assert told["causes"][0]["label"] == "environment.PAYMENTS_KEY"
    said = explain(place, *SIDES, "--log", "prod.log", "--declared", "app").out
    assert ("no failure found in this log (1 line, " if log else "the log is empty") in said


def test_without_a_log_what_must_break_it_is_the_answer(place: Path) -> None:
    told = answered(place, *SIDES, "--declared", "app")
    assert (told["verdict"], told["category"], told["failure"]) == ("explained", "variable", None)
    assert (told["log"], told["log_reason"], told["reach"]) == (None, "no --log was given", None)
    cause = told["causes"][0]
    assert (cause["label"], cause["kind"]) == ("environment.PAYMENTS_KEY", "without_log")
    assert ("source", "settings.py:3") in {(one["source"], one["at"]) for one in cause["evidence"]}


def test_without_a_log_and_a_source_nothing_is_certain(place: Path) -> None:
    told = answered(place, *SIDES, "--no-declared")
    assert told["verdict"] == "undetermined"
    assert told["causes"][0]["confidence"] < 0.5
    assert "UNDETERMINED" in explain(place, *SIDES, "--no-declared").out


def test_two_things_that_break_it_do_not_take_from_each_other(place: Path) -> None:
    production = {**PRODUCTION, "packages": section(werkzeug={"version": "3.0.0"})}
    local = {**LOCAL, "packages": section(flask={"version": "3.0.0"}, werkzeug={"version": "3.0.0"})}
    (place / "both").mkdir()
    both = shop(place / "both", local, production)
    told = answered(both, *SIDES, "--declared", "app")
    sure = {one["label"] for one in told["causes"] if one["confidence"] >= 0.9}
    assert sure == {"environment.PAYMENTS_KEY", "packages.flask"}


def test_equal_sides_leave_nothing_to_explain(place: Path) -> None:
    told = answered(place, "local.json", "local.json", "--log", "prod.log", "--declared", "app")
    assert (told["verdict"], told["causes"]) == ("undetermined", [])
    assert explain(place, "local.json", "local.json", "--no-declared").code == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((*SIDES, "--log", "none.log"), 2, "cannot read 'none.log': No such file or directory"),
        ((*SIDES, "--log", "app"), 2, "cannot read 'app': Is a directory"),
        ((*SIDES, "--log", "auto"), 2, "--log auto: a file target keeps no log"),
        (("-", "production.json", "--log", "-"), 2, "only one of LOCAL, PRODUCTION and --log"),
        ((*SIDES, "--format", "xml"), 2, "there is no format 'xml'"),
        (("local.json", "none.json", "--log", "prod.log"), 2, "none.json"),
        ((*SIDES, "--log", "prod.log", "--declared", "none"), 2, "--declared: no such directory"),
        ((*SIDES, "--log", "prod.log", "-o", "none/x.json"), 2, "cannot write none/x.json"),
        ((*SIDES, "--log", "cut.gz"), 3, "is damaged or cut off"),
        ((*SIDES, "--log", "bad.gz"), 3, "is damaged or cut off"),
    ],
)
def test_what_cannot_be_is_one_line_and_what_to_do(place: Path, words: tuple[str, ...], code: int, says: str) -> None:
    packed = gzip.compress(LOG.encode() + os.urandom(4000))
    (place / "cut.gz").write_bytes(packed[:-900])
    (place / "bad.gz").write_bytes(packed[:40] + b"\xff" * 30 + packed[70:])
    result = explain(place, *words)
    assert (result.code, result.out) == (code, "")
    assert says in result.line()


def test_a_secret_of_the_log_shows_nowhere(place: Path) -> None:
    canary = Canary()
    log = (
        f"ERROR cannot reach postgresql://app:{canary.word}@db/app?password={canary.word}\n"
        f"ERROR Authorization: Bearer {canary.word}\n"
        + LOG
        + f"sqlalchemy.exc.IntegrityError: duplicate key\nDETAIL:  Key (token)=({canary.word}) already exists.\n"
        f"Traceback (most recent call last):\n"
        f'  File "/app/app.py", line 7, in pay\n    charge(token="{canary.word}")\n'
        f"RuntimeError: refused: api_key={canary.word}\n"
    )
    (place / "prod.log").write_text(log)
    for words in (("--format", "json"), ("--all",), ("--format", "json", "-o", "answer.json")):
        result = explain(place, *SIDES, "--log", "prod.log", "--declared", "app", *words)
        assert result.code == 0
        canary.assert_clean(result.out or "nothing", result.err or "nothing")
    canary.assert_clean(place / "answer.json")


def test_hostile_text_of_a_log_is_shown_and_not_obeyed(place: Path) -> None:
    (place / "prod.log").write_text("Traceback (most recent call last):\nKeyError: '\x1b[2J\u202e ##[group]x'\n")
    for words in ((), ("--format", "json")):
        out = explain(place, *SIDES, "--log", "prod.log", *words).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "##[" not in out


def test_help_has_examples() -> None:
    out = parity("explain", "--help", env={"COLUMNS": "200"}).out
    assert "parity explain local docker://web" in out
    assert "--log" in out


MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""


def test_a_large_log_is_streamed(place: Path) -> None:
    """20 MB within bounds that are three times what 100 MB may take by the same share."""
    noise = b"".join(
        b'10.0.0.%d - - [01/Mar/2026:10:%02d:%02d +0000] "GET /items/%d HTTP/1.1" 200 512\n'
        % (n % 250, n // 60 % 60, n % 60, n)
        for n in range(20_000)
    )
    with (place / "large.log").open("wb") as file:
        while file.tell() < 20 << 20:
            file.write(noise)
        file.write(LOG.encode())
    words = ["explain", *SIDES, "--log", "large.log", "--no-declared", "--format", "json"]
    # By a small process between: a child's peak starts at what the process that started it had.
    command = [sys.executable, "-c", MEASURE, *COMMAND, *words]
    done = subprocess.run(command, cwd=place, env=environment(), capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout)["causes"][0]["label"] == "environment.PAYMENTS_KEY"
    cpu, peak = map(float, done.stderr.split()[-2:])
    assert cpu < 3.0
    assert peak < 200 << 10
