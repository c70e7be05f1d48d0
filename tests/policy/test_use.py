"""Severity from use: what the source imports and reads weighs, and what nothing uses does not."""

from __future__ import annotations

import time
from typing import Any

import pytest

from parity.declared.facts import ComputedRead, Facts, Fault
from parity.policy import Severity
from parity.policy.use import Degree, view
from parity.profile.model import Profile
from tests.policy.findings import version
from tests.policy.repository import asked, at, found, imported, judged, locked, promised, read, repository, side

SET = {"state": "set"}
EMPTY = {"state": "empty"}

SHOP = (
    asked("fastapi", "pyproject.toml:12", specifier=">=0.110"),
    asked("pytest", "pyproject.toml:20", group="dev"),
    asked("psycopg", "pyproject.toml:24", group="extra:postgres"),
    imported("jinja2", "shop/mail.py:12"),
    imported("fastapi", "shop/main.py:1"),
    imported("orjson", "shop/fast.py:3", optional=True),
    imported("yaml", "tests/test_pay.py:2", dev=True),
)
FASTAPI = {"fastapi": version("0.110.0", requires=["pydantic>=2", "starlette>=0.36"])}
STARLETTE = {"starlette": version("0.36.3", requires=["anyio>=3.4"])}


def package(
    name: str, local: str | None, production: str | None, declared: Profile | None
) -> tuple[str, str, list[str]]:
    """(rule, severity, evidence) of the finding about a package, beside a fastapi that both sides have."""
    base = {**FASTAPI, **STARLETTE}
    here, there = (side(packages={**base, **({name: version(one)} if one else {})}) for one in (local, production))
    (one,) = [one for one in judged(here, there, declared) if one.key == name and one.kind is not None]
    return one.id.removeprefix("packages."), one.severity.value, list(one.evidence)


@pytest.mark.parametrize(
    ("name", "expected", "evidence"),
    [
        ("jinja2", ("missing", "error"), "imported at shop/mail.py:12"),
        ("pydantic", ("missing-required", "error"), "fastapi 0.110.0 requires pydantic>=2"),
        ("anyio", ("missing-required", "error"), "starlette 0.36.3 requires anyio>=3.4"),
        ("orjson", ("missing", "warning"), "imported at shop/fast.py:3"),
        ("pytest", ("missing", "info"), "declared for development alone at pyproject.toml:20"),
        ("pyyaml", ("missing", "info"), "imported by tests alone at tests/test_pay.py:2"),
        ("psycopg", ("missing", "warning"), "declared in extra:postgres at pyproject.toml:24"),
        ("ipython", ("missing", "info"), "no source imports it, and nothing that is declared requires it"),
    ],
)
def test_a_missing_package_weighs_by_its_use(name: str, expected: tuple[str, str], evidence: str) -> None:
    rule, severity, facts = package(name, "1.0", None, repository(*SHOP))
    assert (rule, severity) == expected
    assert facts[0] == evidence


@pytest.mark.parametrize(
    ("name", "versions", "expected"),
    [
        ("jinja2", ("2.0", "3.0"), ("major", "error")),
        ("jinja2", ("3.0", "3.1"), ("minor", "warning")),
        ("anyio", ("3.4", "4.0"), ("major", "error")),
        ("pytest", ("7.0", "8.0"), ("major", "info")),
        ("ipython", ("8.0", "9.0"), ("major", "info")),
        ("ipython", ("8.0", "8.1"), ("minor", "info")),
    ],
)
def test_a_changed_package_weighs_by_its_use(name: str, versions: tuple[str, str], expected: tuple[str, str]) -> None:
    assert package(name, *versions, repository(*SHOP))[:2] == expected


def test_without_a_repository_the_categories_hold() -> None:
    assert package("rich", "8.0", None, None) == ("missing", "warning", [])
    assert package("rich", "8.0", "9.0", None)[:2] == ("major", "error")
    # What is known to be a tool takes no repository to tell.
    assert package("ipython", "8.0", None, None) == ("missing", "info", [])
    assert package("pytest", "8.0", "9.0", None)[:2] == ("major", "info")


def test_who_requires_a_thing_is_told_with_the_one_it_is_for() -> None:
    use = view(repository(*SHOP), *[side(packages={**FASTAPI, **STARLETTE})] * 2)
    assert use.package("anyio").evidence == ("required by starlette, for fastapi",)
    assert use.package("starlette").evidence == ("required by fastapi",)
    assert use.package("fastapi").evidence == ("imported at shop/main.py:1", "declared at pyproject.toml:12")


def test_what_production_lacks_requires_what_it_requires_locally() -> None:
    local = side(packages={**FASTAPI, **STARLETTE, "anyio": version("4.0")})
    result = found(local, side(packages={"pip": version("24.0")}), repository(*SHOP))
    assert result["packages.missing", "fastapi"].severity is Severity.ERROR
    # It would come with the one that requires it: one cause, one error.
    assert result["packages.missing", "anyio"].severity is Severity.INFO
    assert result["packages.missing", "anyio"].evidence[0] == "required by starlette, for fastapi"


def test_what_a_lock_holds_for_the_program_is_used() -> None:
    lock = [asked("fastapi", "pyproject.toml:12"), locked("uvloop", "uv.lock:90", "0.19.0"), *SHOP[3:]]
    rule, severity, facts = package("uvloop", "0.19.0", None, repository(*lock))
    assert (rule, severity) == ("missing", "error")
    assert facts == ["0.19.0 is declared at uv.lock:90"]


@pytest.mark.parametrize(
    "more",
    [
        # A file that cannot be read may have asked for it.
        (Fault("requirements.txt: binary, not text", (("packages", "*"),)),),
        # Behind the extra may stand anything, until a lock tells.
        (asked("uvicorn", "pyproject.toml:13", extras=("standard",)),),
    ],
    ids=["unread", "extra"],
)
def test_what_the_reading_leaves_open_weighs_as_without_it(more: tuple[Any, ...]) -> None:
    assert package("rich", "8.0", None, repository(*SHOP, *more))[:2] == ("missing", "warning")
    assert package("pytest", "8.0", None, repository(*SHOP))[1] == "info"


def test_a_project_that_declares_nothing_uses_what_it_imports() -> None:
    declared = repository(imported("jinja2", "main.py:1"))
    assert package("jinja2", "3.1", None, declared)[:2] == ("missing", "error")
    assert package("psycopg2", "2.9", None, declared)[:2] == ("missing", "info")
    # An import that nothing here maps to a package may be of any.
    open_ = repository(imported("jinja2", "main.py:1"), imported("ourlib", "main.py:2"))
    assert package("psycopg2", "2.9", None, open_)[:2] == ("missing", "warning")
    assert package("setuptools", "80.0", "82.0", repository(*SHOP))[:2] == ("major", "error")


def test_what_is_used_for_its_extras_settings_and_commands_is_not_unused() -> None:
    """What another package imports where it is there, and servers, which nothing has to import."""
    optional = {"fastapi": version("0.110.0", requires=["starlette"], optional=["email-validator"])}
    declared = repository(imported("fastapi", "main.py:1"), imported("sqlalchemy", "main.py:2"))

    def missing(name: str, **local: Any) -> tuple[str, tuple[str, ...]]:
        here = side(packages={**optional, "sqlalchemy": version("2.0"), name: version("1.0"), **local})
        there = side(packages={**optional, "sqlalchemy": version("2.0")})
        one = found(here, there, declared)["packages.missing", name]
        return one.severity.value, one.evidence

    assert missing("email-validator") == ("warning", ("fastapi imports it where it is there",))
    assert missing("asyncpg") == ("warning", ("sqlalchemy imports it where it is there",))
    assert missing("gunicorn") == ("warning", ("it is started by a command, which nothing that was read names",))
    assert missing("fastapi-pagination", **{"fastapi-pagination": version("1", requires=["fastapi"])}) == (
        "warning",
        ("it requires fastapi, which the program uses, and may extend it",),
    )
    assert missing("asyncmy-of-nobody") == ("info", ("no source imports it, and nothing that is declared requires it",))


@pytest.mark.parametrize(
    ("sections", "evidence"),
    [
        ({"process": {"command": "module gunicorn"}}, "production starts it"),
        ({"container": {"entrypoint": "gunicorn"}}, "production starts it"),
    ],
    ids=["process", "container"],
)
def test_a_server_that_something_starts_is_used_with_what_it_requires(sections: dict[str, Any], evidence: str) -> None:
    packages = {"gunicorn": version("21.2.0", requires=["packaging"]), "packaging": version("23.0")}
    newer = {"gunicorn": version("22.0.0", requires=["packaging"]), "packaging": version("24.0")}
    result = found(side(packages=packages), side(packages=newer, **sections), repository(imported("jinja2", "a.py:1")))
    assert result["packages.major", "gunicorn"].severity is Severity.ERROR
    assert result["packages.major", "gunicorn"].evidence == (evidence,)
    assert result["packages.major", "packaging"].severity is Severity.ERROR
    # Where nothing names it, it may be used all the same, and what it requires weighs nothing.
    result = found(side(packages=packages), side(packages=newer), repository(imported("jinja2", "a.py:1")))
    assert result["packages.major", "gunicorn"].severity is Severity.WARNING
    assert result["packages.major", "packaging"].severity is Severity.INFO


def test_a_minor_version_of_what_only_a_package_requires_weighs_where_it_broke() -> None:
    flask = {"flask": version("3.0.0", requires=["markupsafe", "idna"])}
    declared = repository(imported("flask", "main.py:1"))

    def minor(name: str, local: str, production: str) -> tuple[str, str]:
        here, there = (side(packages={**flask, name: version(one)}) for one in (local, production))
        one = found(here, there, declared)["packages.minor", name]
        return one.severity.value, one.why

    assert minor("markupsafe", "2.0.1", "2.1.5") == ("warning", "between the two versions, 2.1 removed soft_unicode")
    assert minor("markupsafe", "2.1.5", "2.0.1")[0] == "warning"
    assert minor("markupsafe", "2.1.5", "2.2.0")[0] == "info"
    assert minor("idna", "3.4", "3.7")[0] == "info"


def test_another_package_of_the_same_name_counts_as_the_one_that_is_imported() -> None:
    declared = repository(imported("cv2", "main.py:1"))
    headless = {"opencv-python-headless": version("4.9", provides=["cv2"])}
    one = found(side(packages=headless), side(packages={}), declared)["packages.missing", "opencv-python-headless"]
    assert (one.severity, one.evidence) == (Severity.ERROR, ("imported at main.py:1",))


def test_an_import_that_is_known_by_what_a_side_provides_is_used() -> None:
    ours = {"acme-tools": version("1.0", provides=["ourlib"])}
    declared = repository(imported("ourlib", "main.py:2"), imported("jinja2", "main.py:1"))
    one = found(side(packages=ours), side(packages={}), declared)["packages.missing", "acme-tools"]
    assert (one.severity, one.evidence) == (Severity.ERROR, ("imported at main.py:2",))
    assert package("setuptools", "80.0", "82.0", repository(*SHOP))[:2] == ("major", "error")


def test_a_marker_that_does_not_hold_in_production_asks_for_nothing_there() -> None:
    windows = asked("colorama", "pyproject.toml:14", "0.4.6", marker='sys_platform == "win32"')
    rule, severity, facts = package("colorama", "0.4.6", None, repository(*SHOP, windows))
    assert (rule, severity) == ("missing", "info")
    assert facts[0] == "declared for other environments at pyproject.toml:14"


SETTINGS = (
    read("SECRET_KEY", "settings.py:40", required=True),
    read("SENTRY_DSN", "settings.py:50"),
    read("LOG_LEVEL", "settings.py:60", default=True),
    read("USER", "settings.py:70", required=True),
    read("TERM", "settings.py:71", default=True),
    read("TEST_DATABASE", "tests/conftest.py:4", dev=True),
    promised("SMTP_HOST", ".env.example:3"),
    promised("SECRET_KEY", ".env.example:1"),
    asked("boto3", "pyproject.toml:9"),
    asked("requests", "pyproject.toml:10"),
)


@pytest.mark.parametrize(
    ("name", "rule", "severity", "evidence"),
    [
        ("SECRET_KEY", "missing", "error", "read without a default at settings.py:40"),
        ("SENTRY_DSN", "missing", "error", "read without a default at settings.py:50"),
        ("LOG_LEVEL", "missing", "warning", "read with a default at settings.py:60"),
        ("USER", "missing", "error", "read without a default at settings.py:70"),
        ("TERM", "surroundings", "info", None),
        ("TEST_DATABASE", "missing", "info", "read by tests alone at tests/conftest.py:4"),
        ("SMTP_HOST", "missing", "warning", "declared at .env.example:3, and no source reads it"),
        ("MY_TOKEN", "missing", "info", "no source reads it"),
        ("AWS_REGION", "missing", "error", "read by boto3"),
        ("REQUESTS_CA_BUNDLE", "missing", "warning", "read by requests"),
        ("HTTPLIB2_CA_CERTS", "missing", "info", "no source reads it"),
        ("PYTHONPATH", "missing", "error", None),
        ("HOME", "missing", "error", None),
        ("SHLVL", "surroundings", "info", None),
    ],
)
def test_a_missing_variable_weighs_by_its_use(name: str, rule: str, severity: str, evidence: str | None) -> None:
    packages = {"boto3": version("1.34.0"), "certifi": version("2026.1.1"), "requests": version("2.32.3")}
    local, production = (
        side(environment=names, packages=packages) for names in ({name: SET, "APP": SET}, {"APP": SET})
    )
    (one,) = [one for one in judged(local, production, repository(*SETTINGS)) if one.kind and one.key == name]
    assert (one.id, one.severity.value) == (f"environment.{rule}", severity)
    assert (one.evidence[0] if one.evidence else None) == evidence


@pytest.mark.parametrize(
    ("name", "severity"),
    [("SECRET_KEY", "error"), ("LOG_LEVEL", "error"), ("MY_TOKEN", "info"), ("SMTP_HOST", "warning")],
)
def test_an_emptied_variable_weighs_by_its_use(name: str, severity: str) -> None:
    sides = side(environment={name: SET}), side(environment={name: EMPTY})
    one = found(*sides, repository(*SETTINGS))["environment.emptied", name]
    assert one.severity.value == severity


@pytest.mark.parametrize(
    ("more", "name", "severity"),
    [
        (Facts(computed_reads=(ComputedRead("APP_*", at("config.py:9")),)), "APP_PORT", "error"),
        (Facts(computed_reads=(ComputedRead("APP_*", at("config.py:9")),)), "PORT", "info"),
        (Fault("shop/broken.py: no Python at line 3", (("environment", "*"),)), "APP_PORT", "error"),
        (Fault("shop/broken.py: no Python at line 3", (("packages", "*"),)), "APP_PORT", "info"),
    ],
    ids=["pattern", "another-pattern", "unread", "of-another-section"],
)
def test_a_name_that_may_be_read_weighs_as_without_source(more: Any, name: str, severity: str) -> None:
    sides = side(environment={name: SET, "X": SET}), side(environment={"X": SET})
    one = found(*sides, repository(*SETTINGS, more))["environment.missing", name]
    assert one.severity.value == severity


@pytest.mark.parametrize("state", [None, EMPTY])
def test_a_read_of_any_name_tells_of_none(state: dict[str, str] | None) -> None:
    anything = Facts(computed_reads=(ComputedRead("*", at("config.py:9")),))
    here, there = {"APP_PORT": SET, "SMTP_HOST": SET, "SECRET_KEY": SET}, {"APP_PORT": state} if state else {}
    one = found(side(environment=here), side(environment=there), repository(*SETTINGS, anything))
    maybe = one["environment.maybe-read", "APP_PORT"]
    assert (maybe.severity.value, maybe.evidence) == ("info", ("a name is computed at config.py:9",))
    # What a file declares, and what the source reads by its name, has another sign of use.
    declared = one["environment.missing", "SMTP_HOST"]
    assert declared.severity.value == "error"
    assert "a name is computed at config.py:9" in declared.evidence
    assert one["environment.missing", "SECRET_KEY"].severity.value == "error"


def test_a_source_that_reads_no_variable_needs_none() -> None:
    plain = repository(imported("yaml", "a.py:1"))
    one = found(side(environment={"DEBUG_BAR": SET}), side(environment={"PATH": SET}), plain)
    assert one["environment.missing", "DEBUG_BAR"].severity.value == "info"


def test_a_repository_without_python_tells_of_no_use() -> None:
    declared = repository(promised("SMTP_HOST", ".env.example:3"), asked("fastapi", "requirements.txt:1"))
    use = view(declared, *[side(packages=FASTAPI)] * 2)
    assert use.variable("MY_TOKEN").degree is Degree.UNSURE
    assert use.package("ipython").degree is Degree.UNSURE


def test_thousands_of_packages_take_no_time_to_speak_of() -> None:
    many = range(5000)
    here, there = (
        side(
            packages={f"p{n}": version(f"1.{minor}.{n}", requires=[f"p{(n + 1) % 5000}"]) for n in many},
            environment={f"NAME_{n}": SET for n in many if n % 2 or minor == 1},
        )
        for minor in (1, 2)
    )
    lock = [locked(f"p{n}", f"uv.lock:{n + 1}", f"1.1.{n}", "dev", marker='python_version > "3.8"') for n in many]
    declared = repository(asked("p1", "pyproject.toml:1"), *lock, *SETTINGS, imported("yaml", "a.py:1"))
    start = time.process_time()
    assert len(judged(here, there, declared)) > 5000
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("roots", "severity"), [({"roots_digest": "aa"}, "info"), ({}, "warning")], ids=["told", "untold"]
)
def test_where_the_roots_are_told_the_name_of_them_adds_nothing(roots: dict[str, str], severity: str) -> None:
    sides = side(environment={"SSL_CERT_FILE": SET}, tls=roots), side(environment={"X": SET}, tls=roots)
    assert found(*sides, None)["environment.missing", "SSL_CERT_FILE"].severity.value == severity
