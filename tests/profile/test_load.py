from __future__ import annotations

import gc
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from parity.errors import InvalidProfile, ParityError, UsageError
from parity.profile import Profile, Section, Status
from parity.profile.document import integrity, render
from parity.profile.load import MAX_BYTES, load, loads, parse
from parity.profile.model import Item

Seal = Callable[[Callable[[dict[str, Any]], object]], bytes]


def put(*path: str, value: object) -> Callable[[dict[str, Any]], object]:
    """A change to a document: set what a path of keys leads to."""

    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


def drop(*path: str) -> Callable[[dict[str, Any]], object]:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


LIMITS = ("sections", "limits")
TORCH = ("sections", "packages", "items", "torch")

BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "extra key in the header": (put("extra", value=1), "unknown key at /extra"),
    "extra key in the target": (put("target", "password", value=""), "unknown key at /target/password"),
    "extra key in a section": (put(*LIMITS, "colour", value=1), "unknown key at /sections/limits/colour"),
    "no target": (drop("target"), "missing key 'target' at the top level"),
    "no reference": (drop("target", "reference"), "missing key 'reference' at /target"),
    "no status": (drop(*LIMITS, "status"), "missing key 'status' at /sections/limits"),
    "no items": (drop(*LIMITS, "items"), "missing key 'items' at /sections/limits"),
    "sections as a list": (put("sections", value=[]), "not an object at /sections"),
    "section as a list": (put(*LIMITS, value=[]), "not an object at /sections/limits"),
    "section as nothing": (put(*LIMITS, value=None), "not an object at /sections/limits"),
    "items as a list": (put(*LIMITS, "items", value=[1]), "not an object at /sections/limits/items"),
    "notes as a text": (put(*LIMITS, "notes", value="x"), "not a list of strings at /sections/limits/notes"),
    "a note as a number": (put(*LIMITS, "notes", value=["x", 1]), "not a string at /sections/limits/notes/1"),
    "unknown status": (put(*LIMITS, "status", value="fine"), "not one of ok, .* at /sections/limits/status"),
    "status as a list": (put(*LIMITS, "status", value=[]), "not one of ok, .* at /sections/limits/status"),
    "an item as a list": (put(*TORCH, value=[]), "a list where .* at /sections/packages/items/torch"),
    "a field too deep": (put(*TORCH, "version", value={}), "an object deeper .* at .*/torch/version"),
    "a list too deep": (put(*TORCH, "requires", value=[["a"]]), "not a string at .*/torch/requires/0"),
    "a list of numbers": (put(*TORCH, "requires", value=["a", 2]), "not a string at .*/torch/requires/1"),
    "name as a number": (put("name", value=1), "not a string at /name"),
    "name too long": (put("name", value="x" * 1025), "more than 1,024 characters at /name"),
    "key too long": (put(*LIMITS, "items", "k" * 1025, value=1), "more than 1,024 .* at .*/items/k{80}\\.\\.\\."),
    "text too long": (put(*LIMITS, "reason", value="x" * 65_537), "more than 65,536 characters at .*/reason"),
    "too large a number": (put(*LIMITS, "items", "nofile", value=1 << 64), r"not a number from .* at .*/nofile"),
    "NUL": (put(*LIMITS, "reason", value="a\x00"), "control character .* at .*/reason"),
    "ESC": (put(*TORCH, "version", value="\x1b]52;c;aGk=\x07"), "control character .* at .*/torch/version"),
    "newline in a key": (put(*LIMITS, "items", "a\nb", value=1), r"control character .* at .*/items/a\\x0ab"),
    "newline in a list": (put(*TORCH, "requires", value=["a\n"]), "control character .* at .*/requires/0"),
    "lone surrogate": (put("name", value="\ud800"), "lone surrogate in a string at /name"),
    "a section's name": (put("sections", "No Name", value={}), "not a section's name, .* at /sections/No Name"),
    "captured_at in words": (put("captured_at", value="today"), "not a time like .* at /captured_at"),
    "captured_at on no day": (put("captured_at", value="2026-02-30T00:00:00Z"), "not a time like .* at /captured_at"),
    "captured_at in Arabic": (put("captured_at", value="\u0662026-01-01T00:00:00Z"), "not a time .* at /captured_at"),
    "identity of numbers": (put("identity", "image", value=1), "not a string at /identity/image"),
    "items while absent": (put(*LIMITS, "status", value="absent"), "items in a section .* absent at .*/items"),
    "hidden while ok": (put(*LIMITS, "status", value="ok"), "hidden keys in .* ok at /sections/limits/hidden"),
    "pointer escapes": (put(*LIMITS, "items", "a/b~c", value=[]), "at /sections/limits/items/a~1b~0c"),
    "runner command": (put("##[error]", value=1), r"unknown key at /#\\x23\[error\]"),
    "version of one part": (put("schema", value="1"), "not MODEL.REVISION.ADDITION at /schema"),
    "version as a number": (put("schema", value=1), "not a string at /schema"),
    "later model": (put("schema", value="2.0.0"), r"needs parity >= 2\.0, for schema 2\.0\.0 at /schema"),
    "older model": (put("schema", value="0.9.0"), "schema 0.9.0 is older than any .* at /schema"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named_with_its_place(name: str, sealed: Seal) -> None:
    change, expected = BROKEN[name]
    with pytest.raises(InvalidProfile) as caught:
        loads(sealed(change), "web.json")
    assert re.fullmatch(rf"invalid profile: .*{expected} \(web\.json\)", str(caught.value))
    assert str(caught.value).isprintable()


def test_too_many_items(sealed: Seal) -> None:
    many = dict.fromkeys(map(str, range(100_001)), 0)
    with pytest.raises(InvalidProfile, match="more than 100,000 items at /sections/limits/items"):
        loads(sealed(put(*LIMITS, "items", value=many)))


def test_a_later_addition_is_read_and_its_new_keys_passed_over(sealed: Seal) -> None:
    def change(document: dict[str, Any]) -> None:
        document["schema"] = "1.3.0"
        document["mood"] = {"deep": [[1]]}
        document["sections"]["limits"]["colour"] = "green"
        document["target"]["port"] = 22

    loaded = loads(sealed(change))
    assert loaded.schema == "1.3.0"
    assert loaded.sections["limits"].items["nofile"] == 1024


def test_a_later_addition_that_breaks_a_rule_says_that_it_is_later(sealed: Seal) -> None:
    def change(document: dict[str, Any]) -> None:
        document["schema"] = "1.3.0"
        document["sections"]["limits"]["items"] = []

    with pytest.raises(InvalidProfile) as caught:
        loads(sealed(change))
    assert caught.value.hint
    assert "1.3.0 is newer" in caught.value.hint


TEXTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty: no JSON at the top level"),
    "spaces": (b" \n", "empty: no JSON"),
    "words": (b"hello\n", r"not JSON \(Expecting value, line 1, column 1\)"),
    "cut off": (b'{"schema": "1.0.0", "name', "not JSON"),
    "two documents": (b"{} {}", "not JSON"),
    "UTF-16": ("{}".encode("utf-16"), "a byte order mark"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf{}", "a byte order mark"),
    "Latin-1": (b'{"a": "\xe9"}', "not UTF-8 text, from byte 7 on"),
    "100,000 arrays": (b"[" * 100_000, "nested deeper than 32 levels"),
    "100,000 objects": (b'{"a":' * 100_000, "nested deeper than 32 levels"),
    "deep and closed": (b"[" * 33 + b"]" * 33, "nested deeper than 32 levels"),
    "deep and mixed": (b'[{"a":' * 20 + b"1" + b"}]" * 20, "nested deeper than 32 levels"),
    "deep behind a quote": (b'["\\"", ' + b"[" * 99 + b"]" * 100, "nested deeper than 32 levels"),
    "a million digits": (b'{"a": [1' + b"0" * 1_000_000 + b"]}", "more than 32 digits at /a/0"),
    "a long fraction": (b'{"a": 0.' + b"1" * 1_000_000 + b"}", "more than 32 digits at /a"),
    "NaN": (b'{"a": NaN}', "not finite at /a"),
    "-Infinity": (b"[0, -Infinity]", "not finite at /1"),
    "1e999": (b'{"a/b": 1e999}', "not finite at /a~1b"),
    "a key twice": (b'{"a": {"b": 1, "b": 1}}', "a key that stands twice at /a/b"),
    "sections twice": (b'{"sections": {}, "sections": {}}', "a key that stands twice at /sections"),
    "raw newline": (b'{"a": "\n"}', "not JSON"),
    "a list": (b"[]", "not an object at the top level"),
    "a text": (b'"profile"', "not an object at the top level"),
    "null": (b"null", "not an object at the top level"),
    "something": (b'{"a": 1}', "missing key 'schema' at the top level"),
    "CycloneDX": (b'{"bomFormat": "CycloneDX", "components": []}', "a CycloneDX bill of materials, not a profile"),
    "docker inspect": (b'[{"Id": "1", "Config": {}, "Image": "x"}]', "a container's inspection .* not a profile"),
    "parity diff": (b'{"schema": "1.0.0", "verdict": "drift", "findings": []}', "a result of `parity diff`"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_strict_json_or_no_profile(name: str) -> None:
    data, expected = TEXTS[name]
    started = time.monotonic()
    with pytest.raises(InvalidProfile, match="invalid profile: .*" + expected):
        loads(data)
    assert time.monotonic() - started < 1


def test_brackets_in_strings_are_no_nesting() -> None:
    text = ["[" * 100, '"' + "{" * 100, "\\" + "[" * 100]
    assert parse(json.dumps(text).encode()) == text


def test_a_digest_that_does_not_match(document: dict[str, Any]) -> None:
    document["sections"]["limits"]["items"]["nofile"] = 4096
    data = json.dumps(document).encode()
    with pytest.raises(InvalidProfile, match=r"digest does not match .* at /integrity") as caught:
        loads(data, "web.json")
    assert "--no-verify" in (caught.value.hint or "")
    warnings: list[str] = []
    assert loads(data, "web.json", verify=False, warn=warnings.append).sections["limits"].items["nofile"] == 4096
    assert len(warnings) == 1
    assert warnings[0].startswith("web.json: the digest does not match")


def test_a_digest_that_matches_warns_of_nothing(profile: Profile) -> None:
    warnings: list[str] = []
    loads(render(profile).encode(), verify=False, warn=warnings.append)
    assert warnings == []


def test_volatile_facts_may_be_changed(document: dict[str, Any]) -> None:
    document["sections"]["limits"]["volatile"]["pids_in_use"] = 99
    assert loads(json.dumps(document).encode()).sections["limits"].volatile["pids_in_use"] == 99


def test_from_a_file(profile: Profile, tmp_path: Path) -> None:
    path = tmp_path / "web.json"
    path.write_text(render(profile))
    assert load(path) == load(str(path)) == profile


def test_from_standard_input(profile: Profile) -> None:
    script = "from parity.profile.load import load; print(load('-').name)"
    result = subprocess.run(
        [sys.executable, "-c", script], input=render(profile), check=True, capture_output=True, text=True
    )
    assert result.stdout == "web\n"


@pytest.mark.parametrize(
    ("redirection", "expected"),
    [
        ("<&-", "it is closed"),
        ("< /dev/null", "empty: no JSON"),
        ("< /dev/zero", "larger than 16 MiB"),
        ("< /", ""),
    ],
)
def test_standard_input_that_holds_no_profile(redirection: str, expected: str) -> None:
    script = "from parity.profile.load import load; load('-')"
    command = f'"{sys.executable}" -c "{script}" {redirection}'
    result = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True)
    assert result.returncode
    assert expected in result.stderr


def test_what_is_no_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, what in ((pipe, "a named pipe"), (tmp_path, "a directory"), (Path("/dev/zero"), "a device")):
        started = time.monotonic()
        with pytest.raises(InvalidProfile, match=f"invalid profile: {what}, not a file"):
            load(path)
        assert time.monotonic() - started < 1


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    sparse = tmp_path / "sparse.json"
    with sparse.open("wb") as file:
        file.truncate(1 << 30)
    script = (
        "import resource, sys; from parity.profile.load import load\n"
        "from parity.errors import InvalidProfile\n"
        "try: load(sys.argv[1])\n"
        "except InvalidProfile as error: print(error)\n"
        # Not ru_maxrss: that starts at what the process that started this one had.
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    started = time.monotonic()
    result = subprocess.run([sys.executable, "-c", script, sparse], capture_output=True, text=True, check=True)
    message, peak = result.stdout.splitlines()
    assert time.monotonic() - started < 1
    assert message.startswith("invalid profile: larger than 16 MiB")
    assert int(peak) < 200 * 1024


def test_a_file_of_the_kernel_is_read_no_further_than_the_bound() -> None:
    # Its size is said to be 0; what it holds is no profile.
    with pytest.raises(InvalidProfile, match="not JSON"):
        load("/proc/self/status")


def test_as_much_as_may_be_read_is_judged_within_bounds() -> None:
    started = time.process_time()
    for filling in (b"[", b'"', b"[]", b'"[",', b"\\", b"{"):
        with pytest.raises(InvalidProfile):
            loads(filling * ((MAX_BYTES - 8) // len(filling)))
    assert time.process_time() - started < 10
    with pytest.raises(InvalidProfile, match="larger than 16 MiB"):
        loads(b" " * (MAX_BYTES + 1))


@pytest.mark.parametrize("name", ["missing.json", "not/there.json", "nul\x00.json", "\x1b[2J.json", "x" * 300])
def test_what_is_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(str(tmp_path / name))
    assert caught.value.exit_code == 2
    assert str(caught.value).isprintable()


def test_what_may_not_be_read(profile: Profile, tmp_path: Path) -> None:
    path = tmp_path / "web.json"
    path.write_text(render(profile))
    path.chmod(0o600)
    tmp_path.chmod(0o755)
    script = (
        "import os, sys\n"
        "from parity.profile import load\n"
        "from parity.errors import UsageError\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "else: os.chmod(sys.argv[1], 0)\n"
        "try: load._file(sys.argv[1])\n"
        "except UsageError as error: print(error, error.hint, sep='\\n')"
    )
    result = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    message, hint = result.stdout.splitlines()
    assert message == f"may not read the profile {path}: permission denied"
    assert "0600" in hint


def test_time_grows_no_faster_than_the_parser(profile: Profile) -> None:
    item: Item = MappingProxyType({"version": "1.2.3", "editable": False, "requires": ("a", "b"), "source": "index"})
    packages = Section(Status.OK, items=MappingProxyType({f"distribution-{n}": item for n in range(20_000)}))
    data = render(replace(profile, sections={"packages": packages})).encode()

    def cost(action: Callable[[], object]) -> float:
        before = resource.getrusage(resource.RUSAGE_SELF)
        action()
        after = resource.getrusage(resource.RUSAGE_SELF)
        return after.ru_utime - before.ru_utime

    # What the suite has made by now is not this code's to look through for cycles.
    gc.freeze()
    bare = min(cost(lambda: json.loads(data)) for _ in range(3))
    strict = min(cost(lambda: loads(data)) for _ in range(3))
    gc.unfreeze()
    # Duplicate keys, shape and digest are each about as much work as the parsing itself.
    assert strict < 8 * bare + 0.05


def test_no_deep_recursion_ever(sealed: Seal) -> None:
    previous = sys.getrecursionlimit()
    data = sealed(put("name", value="web"))
    try:
        sys.setrecursionlimit(150)
        for bad in (b"[" * 10_000, b'{"a":[' * 10_000, data[:-1] + b"," + b"[" * 5000):
            with pytest.raises(ParityError):
                loads(bad)
        assert loads(data).name == "web"
    finally:
        sys.setrecursionlimit(previous)


def test_the_digest_is_checked_last(document: dict[str, Any]) -> None:
    document["extra"] = 1
    document["integrity"] = integrity(document)
    with pytest.raises(InvalidProfile, match="unknown key"):
        loads(json.dumps(document).encode())
