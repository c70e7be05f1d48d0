"""Severities of `python`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case

CASES: list[Case] = [
    ({"version": "3.11.2"}, {"version": "3.13.5"}, {"version": ("version-minor", ERROR)}),
    ({"version": "3.12.1"}, {"version": "3.8.18"}, {"version": ("version-minor", ERROR)}),
    ({"version": "3.11.2"}, {"version": "3.11.9"}, {"version": ("version-patch", INFO)}),
    ({"version": "3.11.2", "stdlib.lzma": True}, {}, {"version": ("none", ERROR), "stdlib.lzma": ("none", INFO)}),
    ({}, {"version": "3.11.2", "stdlib.lzma": True}, {"version": ("none", INFO), "stdlib.lzma": ("none", INFO)}),
    ({"stdlib.lzma": True}, {}, {"stdlib.lzma": ("module-missing", ERROR)}),
    ({}, {"stdlib.lzma": True}, {"stdlib.lzma": ("module-extra", INFO)}),
    (
        {"implementation": "cpython"},
        {"implementation": "pypy"},
        {"implementation": ("implementation", ERROR)},
    ),
    ({"free_threaded": False}, {"free_threaded": True}, {"free_threaded": ("free-threaded", WARNING)}),
    ({"openssl": "3.0.15"}, {"openssl": "1.1.1w"}, {"openssl": ("linked", WARNING)}),
    ({"kind": "venv"}, {"kind": "system"}, {"kind": ("build", WARNING)}),
    ({"flags.optimize": 0}, {"flags.optimize": 2}, {"flags.optimize": ("flag", WARNING)}),
    ({"flags.utf8_mode": True}, {}, {"flags.utf8_mode": ("flag", WARNING)}),
    # A library that is gone because its module is gone is told once.
    (
        {"openssl": "3.0.15", "stdlib.ssl": True},
        {},
        {"stdlib.ssl": ("module-missing", ERROR)},
    ),
    ({"openssl": "3.0.15", "stdlib.ssl": True}, {"stdlib.ssl": True}, {"openssl": ("module-missing", ERROR)}),
    (
        {"kind": "venv", "prefix": "~/shop/.venv"},
        {"kind": "system", "prefix": "/usr"},
        {"kind": ("build", INFO), "prefix": ("prefix", WARNING)},
    ),
    (
        {"kind": "system", "prefix": "/usr/local"},
        {"kind": "venv", "prefix": "/opt/venv"},
        {"kind": ("build", INFO), "prefix": ("prefix", WARNING)},
    ),
    ({"kind": "system", "prefix": "/usr/local"}, {"kind": "system", "prefix": "/usr"}, {"prefix": ("prefix", WARNING)}),
    (
        {"kind": "system", "prefix": "~/.pyenv/versions/3.12.4"},
        {"kind": "system", "prefix": "/usr/local"},
        {"prefix": ("prefix", INFO)},
    ),
    ({"kind": "venv", "prefix": "~/shop/.venv"}, {"kind": "venv", "prefix": "/opt/venv"}, {}),
]
