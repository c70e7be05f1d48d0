"""Severity of what only a program notices that asks for it: locales, users' names, modules of the standard library."""

from __future__ import annotations

from typing import Any

import pytest

from parity.policy import Finding
from parity.profile.model import Profile
from tests.policy.findings import version
from tests.policy.repository import found, imported, repository, side

SET = {"state": "set"}
PLAIN = repository(imported("jinja2", "main.py:1"))
ENCODINGS = {"encoding": "utf-8", "filesystem_encoding": "utf-8", "stdio_encoding": "utf-8"}
ENGLISH = {**ENCODINGS, "lc_ctype": "en_US.UTF-8", "lc_collate": "en_US.UTF-8", "available.en_US.UTF-8": True}
C = {**ENCODINGS, "lc_ctype": "C.UTF-8", "lc_collate": "C.UTF-8"}


def about(
    rule: str, key: str, local: dict[str, Any], production: dict[str, Any], declared: Profile | None = PLAIN
) -> Finding:
    return found(side(**local), side(**production), declared)[rule, key]


@pytest.mark.parametrize(
    ("declared", "severity", "evidence"),
    [
        (PLAIN, "info", ()),
        (None, "warning", ("local runs under it",)),
        (
            repository(imported("locale", "dates.py:3")),
            "warning",
            ("local runs under it", "the locale is asked for at dates.py:3"),
        ),
        (
            repository(imported("babel", "dates.py:3")),
            "warning",
            ("local runs under it", "babel asks for the locale"),
        ),
        # What only tests import, the program does not ask for.
        (repository(imported("locale", "tests/test_dates.py:3", dev=True), imported("jinja2", "a.py:1")), "info", ()),
    ],
    ids=["nothing", "no-source", "locale", "babel", "tests"],
)
def test_a_locale_weighs_where_something_asks_for_it(
    declared: Profile | None, severity: str, evidence: tuple[str, ...]
) -> None:
    sides = {"locale": ENGLISH}, {"locale": C}
    one = about("locale.unavailable", "available.en_US.UTF-8", *sides, declared)
    assert (one.severity.value, one.evidence) == (severity, evidence)
    assert about("locale.category", "lc_collate", *sides, declared).severity.value == severity


def test_locales_that_sort_by_code_points_sort_alike() -> None:
    sides = {"locale": {"lc_collate": "C"}}, {"locale": {"lc_collate": "C.UTF-8"}}
    assert about("locale.category", "lc_collate", *sides, None).severity.value == "info"


@pytest.mark.parametrize(
    ("name", "local", "production", "severity"),
    [
        ("TZ", {"time": {"zone": "UTC"}}, {"time": {"zone": "Asia/Tokyo"}}, "info"),
        ("TZ", {}, {}, "warning"),
        ("LANG", {"locale": ENGLISH}, {"locale": C}, "info"),
        ("LANG", {"locale": ENGLISH}, {}, "warning"),
        ("PYTHONHASHSEED", {"locale": C}, {"locale": C}, "warning"),
    ],
)
def test_a_variable_whose_effect_is_told_by_itself_adds_no_weight(
    name: str, local: dict[str, Any], production: dict[str, Any], severity: str
) -> None:
    sides = {**local, "environment": {}}, {**production, "environment": {name: SET}}
    assert about("environment.behaviour", name, *sides).severity.value == severity


def test_a_flag_is_told_by_the_variable_that_sets_it() -> None:
    optimised = {"python": {"version": "3.12.1", "flags.optimize": 2}, "environment": {"PYTHONOPTIMIZE": SET}}
    plain: dict[str, Any] = {"python": {"version": "3.12.1", "flags.optimize": 0}, "environment": {}}
    assert about("python.flag", "flags.optimize", plain, optimised).severity.value == "info"
    assert about("environment.behaviour", "PYTHONOPTIMIZE", plain, optimised).severity.value == "warning"
    # By an option of its command line there is no other finding.
    optimised["environment"] = {}
    assert about("python.flag", "flags.optimize", plain, optimised).severity.value == "warning"


def test_the_mode_of_utf_8_weighs_by_the_encodings() -> None:
    local = {"python": {"flags.utf8_mode": False}, "locale": C}
    production = {"python": {"flags.utf8_mode": True}, "locale": C}
    assert about("python.flag", "flags.utf8_mode", local, production).severity.value == "info"
    assert about("python.flag", "flags.utf8_mode", {"python": local["python"]}, production).severity.value == "warning"


@pytest.mark.parametrize(
    ("module", "asked", "severity"),
    [
        ("tkinter", "tkinter", "error"),
        ("tkinter", "jinja2", "info"),
        ("dbm.ndbm", "dbm", "error"),
        ("dbm.ndbm", "jinja2", "info"),
        ("lzma", "jinja2", "error"),
        ("sqlite3", "jinja2", "error"),
    ],
)
def test_a_module_weighs_where_the_source_imports_it(module: str, asked: str, severity: str) -> None:
    sides = {"python": {f"stdlib.{module}": True}}, {"python": {"version": "3.12.1"}}
    local = {"python": {**sides[0]["python"], "version": "3.12.1"}}
    one = about("python.module-missing", f"stdlib.{module}", local, sides[1], repository(imported(asked, "main.py:2")))
    assert one.severity.value == severity
    assert one.evidence == (("imported at main.py:2",) if severity == "error" and asked != "jinja2" else ())


def test_a_uid_without_a_name_weighs_where_the_name_is_asked_for() -> None:
    sides = {"process": {"passwd_entry": True}}, {"process": {"passwd_entry": False}}
    weighed = {
        module: about(
            "process.passwd-entry", "passwd_entry", *sides, repository(imported(module, "main.py:2"))
        ).severity.value
        for module in ("getpass", "pwd", "jinja2")
    }
    assert weighed == {"getpass": "warning", "pwd": "warning", "jinja2": "info"}


HOME = {"path": "/home/app", "exists": True, "readable": True, "writable": True}
LOST = {**HOME, "writable": False}


def test_a_home_weighs_by_what_writes_there() -> None:
    plot = {"matplotlib": version("3.9")}
    uses = repository(imported("matplotlib", "plot.py:1"))
    local, production = {"process": {"home": HOME}}, {"process": {"home": LOST}}
    assert about("process.home", "home", local, production).severity.value == "warning"
    packages = {**local, "packages": plot}, {**production, "packages": plot}
    one = about("process.home", "home", *packages, uses)
    assert (one.severity.value, one.evidence) == ("error", ("matplotlib keeps files there",))
    assert about("process.home", "home", *packages, PLAIN).severity.value == "warning"


def test_a_read_only_root_is_one_finding() -> None:
    root = {"kind": "overlay", "writable": True, "read_only": False}
    local: dict[str, Any] = {
        "process": {"read_only_root": False, "home": HOME, "working_directory": HOME},
        "volumes": {"/": root, "/srv/data": root},
    }
    lost = {**root, "writable": False, "read_only": True}
    production: dict[str, Any] = {
        "process": {"read_only_root": True, "home": LOST, "working_directory": LOST},
        "volumes": {"/": lost, "/srv/data": lost},
    }
    result = found(side(**local), side(**production), PLAIN)
    assert {key for (_, key), one in result.items() if one.severity.value != "info"} == {"read_only_root", "/srv/data"}


def test_a_library_weighs_where_something_used_needs_it() -> None:
    def needed(module: str, declared: Profile) -> str:
        there = {"libx.so.6": {"resolved": False, "needed_by": (module,), "modules": 1}}
        packages = {"opencv-python": version("4.9", provides=["cv2"])}
        local = {"libraries": {}, "packages": packages}
        production = {"libraries": there, "packages": packages}
        return about("libraries.unresolved", "libx.so.6", local, production, declared).severity.value

    assert needed("lib-dynload/_tkinter", PLAIN) == "info"
    assert needed("lib-dynload/_tkinter", repository(imported("tkinter", "main.py:1"))) == "error"
    assert needed("lib-dynload/_ssl", PLAIN) == "error"
    assert needed("cv2/cv2", PLAIN) == "info"
    assert needed("cv2/cv2", repository(imported("cv2", "main.py:1"))) == "error"


def test_the_least_protocol_is_none_where_the_level_refuses_it_anyway() -> None:
    def least(openssl: str, level: int) -> str:
        local: dict[str, Any] = {
            "python": {"openssl": openssl},
            "tls": {"min_protocol": "default", "security_level": level},
        }
        production: dict[str, Any] = {
            "python": {"openssl": openssl},
            "tls": {"min_protocol": "TLSv1.2", "security_level": level},
        }
        result = found(side(**local), side(**production), None)
        return next(one.severity.value for (_, key), one in result.items() if key == "min_protocol")

    assert least("3.0.15", 2) == "info"
    assert least("3.0.15", 0) == "warning"
    assert least("1.1.1w", 2) == "warning"


def test_capabilities_weigh_where_something_needs_them() -> None:
    def dropped(*names: str, uid: int = 0, packages: dict[str, Any] | None = None) -> str:
        here: dict[str, Any] = {"process": {"uid": uid}, "packages": packages or {}}
        local = {**here, "container": {"capabilities_dropped": {"names": ()}}}
        production = {**here, "container": {"capabilities_dropped": {"names": names}}}
        return about("container.privileges", "capabilities_dropped", local, production).severity.value

    assert dropped("NET_RAW") == "info"
    assert dropped("NET_RAW", packages={"scapy": version("2.5")}) == "warning"
    assert dropped("CHOWN", "NET_RAW") == "warning"
    assert dropped("ALL", uid=1000) == "info"


def test_memory_weighs_below_what_local_has_had_in_use() -> None:
    from dataclasses import replace

    local, production = side(limits={"memory": "unlimited"}), side(limits={"memory": 4 << 30})
    assert found(local, production, None)["limits.minor", "memory"].severity.value == "info"
    limits = replace(local.sections["limits"], volatile={"memory_peak": 5 << 30})
    heavy = replace(local, sections={**local.sections, "limits": limits})
    assert found(heavy, production, None)["limits.lower", "memory"].severity.value == "warning"
