"""A laptop and a container that differ in the ways that laptops and containers do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from parity.declared.facts import PythonVersion
from parity.diff import compare
from parity.policy import judge, verdict
from parity.profile.model import Profile, Section
from parity.report import Report
from tests.diff.profiles import SKIPPED, profile, section, unavailable
from tests.policy.repository import asked, at, imported, locked, promised, read, repository

SET = {"state": "set", "from": "process"}


def report(local: Profile, production: Profile, declared: Profile | None = None, unread: str | None = None) -> Report:
    """The finished comparison of two profiles, beside a repository."""
    comparison = compare(local, production)
    findings = judge(comparison, local, production, declared)
    return Report(local, production, comparison, findings, verdict(findings, comparison), declared, unread)


def shop() -> Profile:
    """The repository of the program that runs on both."""
    pins = {"numpy": "2.1.0", "requests": "2.32.3", "werkzeug": "3.0.3", "jinja2": "3.1.4", "certifi": "2024.7.4"}
    tools = [asked(name, f"pyproject.toml:{line}", group="dev") for line, name in enumerate(_DEVELOPMENT, 40)]
    found = repository(
        PythonVersion(">=3.12", at("pyproject.toml:8"), None, ">=3.12"),
        PythonVersion("python:3.13-slim", at("Dockerfile:1"), None, "==3.13.*"),
        *(asked(name, f"pyproject.toml:{line}") for line, name in enumerate(["flask", "numpy", "requests"], 12)),
        *(locked(name, f"uv.lock:{line * 9}", version) for line, (name, version) in enumerate(pins.items(), 3)),
        asked("celery", "worker/requirements.txt:2", specifier=">=5"),
        *tools,
        imported("flask", "shop/main.py:1"),
        imported("jinja2", "shop/mail.py:12"),
        imported("numpy", "shop/prices.py:3"),
        imported("numpy", "shop/stock.py:5"),
        read("DATABASE_URL", "shop/settings.py:40", required=True),
        read("STRIPE_SECRET_KEY", "shop/settings.py:44"),
        read("GUNICORN_WORKERS", "shop/settings.py:50", default=True),
        read("SENTRY_DSN", "shop/settings.py:52", required=True),
        promised("DATABASE_URL", ".env.example:1"),
        promised("SMTP_HOST", ".env.example:3"),
    )
    return replace(found, identity={"commit": "1f4c9d2e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d"})


def laptop() -> Profile:
    return profile(_sections(_LOCAL, database=section({"server_version": "17.2"})), "laptop", "local")


def container() -> Profile:
    hidden = section(_PRODUCTION["volumes"], hidden=("/srv/cache",), reason="a mount did not answer in time")
    sections = _sections(_PRODUCTION, database=SKIPPED, libraries=unavailable("timed out"), volumes=hidden)
    return profile(sections, "web")


def _sections(items: dict[str, dict[str, Any]], **others: Section) -> dict[str, Section]:
    return {**{name: section(one) for name, one in items.items()}, **others}


def _pinned(*pins: str) -> dict[str, Any]:
    return {name: {"version": version} for name, _, version in (pin.partition("==") for pin in pins)}


def _debian(*pins: str) -> dict[str, Any]:
    return {name: {**item, "manager": "debian"} for name, item in _pinned(*pins).items()}


_DEVELOPMENT = _pinned(
    "black==24.4.2", "coverage==7.5.1", "ipython==8.24.0", "mypy==1.10.0", "pre-commit==3.7.1", "pytest==8.2.0",
    "pytest-cov==5.0.0", "ruff==0.4.4", "types-requests==2.31.0.20240406", "virtualenv==20.26.2",
)  # fmt: skip
_MOUNT = {
    "kind": "bind",
    "exists": True,
    "readable": True,
    "read_only": False,
    "mode": "0755",
    "uid": 1000,
    "gid": 1000,
}

_LOCAL: dict[str, dict[str, Any]] = {
    "environment": dict.fromkeys(
        ["DATABASE_URL", "STRIPE_SECRET_KEY", "HOME", "PATH", "SHLVL", "DISPLAY", "VSCODE_PID", "XDG_SESSION_ID"], SET
    ),
    "libraries": {"libc.so.6": {"resolved": True, "version": "2.41"}},
    "packages": {
        **_DEVELOPMENT,
        **_pinned("requests==2.32.3", "numpy==2.1.0", "certifi==2024.7.4", "attrs==23.2.0", "urllib3==2.2.1"),
        "flask": {"version": "3.0.3", "requires": ["jinja2>=3.1.2", "werkzeug>=3.0.0"]},
        "jinja2": {"version": "3.1.4"},
        "werkzeug": {"version": "3.0.3"},
    },
    "platform": {"system": "Linux", "architecture": "x86_64", "distribution": "debian 13", "libc_version": "2.41"},
    "process": {"uid": 1000, "home": {"path": "~", "exists": True, "readable": True, "writable": True}},
    "python": {"version": "3.13.1", "kind": "venv", "openssl": "3.4.0", "stdlib.lzma": True, "stdlib.sqlite3": True},
    "system_packages": _debian("libssl3t64==3.5.1-1", "tzdata==2025b-4", "git==1:2.47.2-0.2"),
    "volumes": {"/srv/data": {**_MOUNT, "writable": True}, "/srv/cache": {**_MOUNT, "writable": True}},
}
_PRODUCTION: dict[str, dict[str, Any]] = {
    "environment": {
        **dict.fromkeys(["HOME", "PATH", "HOSTNAME", "PYTHONUNBUFFERED", "GUNICORN_WORKERS"], SET),
        "STRIPE_SECRET_KEY": {"state": "empty", "from": "process"},
    },
    "packages": {
        **_pinned("requests==2.31.0", "numpy==1.26.4", "certifi==2024.2.2", "attrs==23.2.0", "urllib3==2.2.2"),
        "flask": {"version": "3.0.3", "requires": ["jinja2>=3.1.2", "werkzeug>=3.0.0"]},
        "werkzeug": {"version": "2.3.8"},
        "gunicorn": {"version": "22.0.0"},
    },
    "platform": {"system": "Linux", "architecture": "x86_64", "distribution": "debian 12", "libc_version": "2.36"},
    "process": {"uid": 101, "home": {"path": "/nonexistent", "exists": False}},
    "python": {"version": "3.11.2", "kind": "venv", "openssl": "3.0.15", "stdlib.sqlite3": True},
    "system_packages": _debian("libssl3==3.0.15-1~deb12u1", "tzdata==2025b-0+deb12u2"),
    "volumes": {"/srv/data": {**_MOUNT, "uid": 0, "gid": 0, "user": "root", "writable": False}},
}
