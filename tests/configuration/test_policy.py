"""A policy's file: all that it can say, and every way in which it cannot be right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from parity.configuration.policy import stated
from parity.configuration.table import Document, Table
from parity.errors import UsageError
from parity.policy import Severity
from parity.policy.agreed import Expected, Policy, Waiver, Weight

WHOLE = """\
local = "local"
production = "profiles/production.json"
baseline = "base.json"
fail-on = "warning"
require = ["packages", "database"]
allow-unknown = ["environment"]
max-age = "24h"

[[rules]]
match = "packages.minor"
severity = "info"

[[rules]]
match = "environment.SENTRY_*"
waive = { reason = "not in use", owner = "ops", expires = 2027-01-31 }

[[rules]]
match = "packages.numpy"
[rules.waive]
reason = "the model was made with it"
owner = "data"
expires = "2026-12-01"

[expect]
"database.server_version" = { local = "16.*", production = "15.*" }
"volumes./data" = { local = { writable = "yes" }, production = { writable = "no" } }

[tolerance]
packages = "minor"

[environment]
required = ["DATABASE_URL", "SECRET_KEY", "DATABASE_URL"]
"""


def read(text: str | bytes, name: str = "parity.toml", resolved: Callable[[str], str] = str) -> Policy:
    document = Document.parsed(text.encode() if isinstance(text, str) else text, name)
    return stated(Table(document, document.data), name, resolved)


def test_all_that_it_can_say() -> None:
    found = read(WHOLE, resolved=lambda word: f"<{word}>")
    assert found == Policy(
        origin="parity.toml",
        local="<local>",
        production="<profiles/production.json>",
        baseline="<base.json>",
        fail_on="warning",
        require=frozenset({"packages", "database"}),
        allow_unknown=frozenset({"environment"}),
        max_age=timedelta(days=1),
        weights=(Weight("packages.minor", Severity.INFO),),
        waivers=(
            Waiver("environment.SENTRY_*", "not in use", "ops", date(2027, 1, 31), "parity.toml:15"),
            Waiver("packages.numpy", "the model was made with it", "data", date(2026, 12, 1), "parity.toml:19"),
        ),
        expected={
            "database.server_version": Expected("16.*", "15.*"),
            "volumes./data": Expected({"writable": "yes"}, {"writable": "no"}),
        },
        tolerance={"packages": "minor"},
        names=("DATABASE_URL", "SECRET_KEY"),
    )


def test_one_that_says_nothing() -> None:
    assert read("") == Policy(origin="parity.toml")


WAIVE = '[[rules]]\nmatch = "packages.numpy"\nwaive = '
BROKEN = {
    'fial-on = "error"': ("parity.toml:1: fial-on: unknown key", "did you mean fail-on?"),
    'fail_on = "error"': ("parity.toml:1: fail_on: unknown key", "did you mean fail-on?"),
    "zzz = 1": ("parity.toml:1: zzz: unknown key", "known keys: local, production"),
    '\nfail-on = "eror"': ("parity.toml:2: fail-on: there is no level 'eror'", "levels: error, warning, info, never"),
    "fail-on = 1": ("parity.toml:1: fail-on: expected text, found a number", None),
    "fail-on = true": ("fail-on: expected text, found true or false", None),
    "fail-on = 2027-01-31": ("fail-on: expected text, found a date or time", None),
    'production = ""': ("production: empty", None),
    'require = "packages"': ("require: expected a list, found text", None),
    'require = ["package"]': ("parity.toml:1: require[0]: there is no section 'package'", "did you mean packages?"),
    'require = ["packages", 1]': ("require[1]: expected text, found a number", None),
    'require = [["packages"]]': ("require[0]: expected text, found a list", None),
    'allow-unknown = ["x"]': ("allow-unknown[0]: there is no section 'x'", "sections: "),
    'max-age = "soon"': ("max-age: 'soon' is no time", "like 90m, 24h or 7d"),
    "max-age = 24": ("max-age: expected text, found a number", None),
    "rules = {}": ("rules: expected a list, found a table", None),
    "rules = [1]": ("rules[0]: expected a table, found a number", None),
    "[[rules]]": ("parity.toml:1: rules[0]: there is no match", 'match = "packages.minor"'),
    '[[rules]]\nmatch = "packages.*"': ("rules[0]: expected either severity or waive", "severity = "),
    '[[rules]]\nmatch = "x.*"\nseverity = "info"': ("parity.toml:2: rules[0].match: there is no section 'x'", ""),
    '[[rules]]\nmatch = "package.*"\nseverity = "info"': ("no section 'package'", "did you mean packages?"),
    '[[rules]]\nmatch = "packages"\nseverity = "info"': ("'packages' names no finding", "packages.*"),
    '[[rules]]\nmatch = "packages.*"\nseverity = "none"': ("rules[0].severity: there is no level 'none'", "levels: "),
    '[[rules]]\nmatch = "packages.*"\nseverity = "info"\nsevrity = 1': ("rules[0].sevrity: unknown key", "severity?"),
    f"{WAIVE}true": ("rules[0].waive: expected a table, found true or false", None),
    f"{WAIVE}{{}}": ("rules[0].waive: there is no reason", "a waiver needs reason, owner and expires"),
    f'{WAIVE}{{ reason = "a", expires = 2027-01-31 }}': ("rules[0].waive: there is no owner", "a waiver needs"),
    f'{WAIVE}{{ reason = " ", owner = "b", expires = 2027-01-31 }}': ("rules[0].waive.reason: empty", None),
    f'{WAIVE}{{ reason = "a", owner = "b" }}': ("rules[0].waive: there is no expires", "a waiver needs"),
    f'{WAIVE}{{ reason = "a", owner = "b", expires = "31.1.2027" }}': ("'31.1.2027' is no date", "like 2027-01-31"),
    f'{WAIVE}{{ reason = "a", owner = "b", expires = "2027-02-30" }}': ("'2027-02-30' is no date", "like 2027-01-31"),
    f'{WAIVE}{{ reason = "a", owner = "b", expires = 2027-02-30 }}': ("not TOML at line 3", "a date is written like"),
    f'{WAIVE}{{ reason = "a", owner = "b", expires = 2027-01-31T00:00:00Z }}': ("expected a date", "through that day"),
    f'{WAIVE}{{ reason = "a", owner = "b", expires = 20270131 }}': ("expected a date", "like 2027-01-31"),
    f'{WAIVE}{{ reason = "a", owner = "b", expires = 2027-01-31, until = 1 }}': ("waive.until: unknown key", "known"),
    "[expect]\nx = 1": ("parity.toml:2: expect.x: names no fact", "quote the whole name"),
    '[expect]\n"x.y" = 1': ('expect."x.y": there is no section \'x\'', "sections: "),
    "[expect]\ndatabase.jit = { local = 'yes' }": ("expect.database: names no fact", "quote the whole name"),
    '[expect]\n"database.jit" = "yes"': ("expected a table, found text", None),
    '[expect]\n"database.jit" = { local = "yes" }': ("there is no production", "{ local = "),
    '[expect]\n"database.jit" = { local = "yes", production = 1 }': ("production: expected text, found a number", None),
    '[expect]\n"database.jit" = { local = "yes", production = {} }': ("production: empty", None),
    '[expect]\n"database.jit" = { local = "yes", prodution = "no" }': ("unknown key", "did you mean production?"),
    '[tolerance]\npackages = "tiny"': ("tolerance.packages: there is no level 'tiny'", "patch, minor, major"),
    '[tolerance]\npackage = "minor"': ("there is no section 'package'", "did you mean packages?"),
    "[environment]\nrequired = ['A=b']": ("environment.required[0]: no variable can have this name", "never values"),
    '[environment]\nrequired = ["A\\u001b[2J"]': ("environment.required[0]: no variable can have this name", None),
    "[environment]\nrequire = ['A']": ("environment.require: unknown key", "did you mean required?"),
    "a = [": ("parity.toml: not TOML at", None),
    "a = 1\na = 2": ("parity.toml: not TOML at", None),
    f"a = {'[' * 5000}": ("parity.toml: n", None),
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:60])
def test_what_cannot_be_right_is_told_with_its_place(text: str) -> None:
    said, hint = BROKEN[text]
    with pytest.raises(UsageError) as raised:
        read(text)
    assert said in str(raised.value)
    assert str(raised.value).startswith("parity.toml:")
    assert str(raised.value).isprintable()
    if hint is not None:
        assert hint in (raised.value.hint or "")


@pytest.mark.parametrize("match", ["*", "*.*", "**", "?*", "[a-z]*.?*"])
def test_a_waiver_of_everything_is_refused_and_a_severity_of_everything_is_not(match: str) -> None:
    waive = '{ reason = "a", owner = "b", expires = 2027-01-31 }'
    with pytest.raises(UsageError, match=r"parity\.toml:2: rules\[0\]\.match: '.*' waives everything"):
        read(f'[[rules]]\nmatch = "{match}"\nwaive = {waive}')
    assert read(f'[[rules]]\nmatch = "{match}"\nseverity = "warning"').weights == (Weight(match, Severity.WARNING),)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(UsageError, match="not UTF-8 text"):
        read(b'owner = "\xff"')


def test_the_readme_s_policy_is_one() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    section = readme.partition("## Policy")[2].partition("\n## ")[0]
    example = section.partition("```toml\n")[2].partition("```")[0]
    document = Document.parsed(example.encode(), "pyproject.toml")
    found = stated(Table(document, document.data).table("tool").table("parity"), "pyproject.toml", str)
    empty = Policy()
    assert [name for name in Policy.__slots__ if getattr(found, name) == getattr(empty, name)] == []
