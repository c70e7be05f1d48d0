"""Severities of `process`."""

from __future__ import annotations

from tests.policy.findings import INFO, WARNING, Case

HOME = {"path": "~", "exists": True, "readable": True, "writable": True}
CASES: list[Case] = [
    (
        {"uid": 0, "gid": 0, "user": "root"},
        {"uid": 10, "gid": 10},
        {"uid": ("identity", WARNING), "gid": ("identity", INFO)},
    ),
    ({"umask": "0022"}, {"umask": "0077"}, {"umask": ("privileges", INFO)}),
    (
        {"capabilities": {"effective": ["KILL"]}},
        {"capabilities": {"effective": []}},
        {"capabilities": ("privileges", INFO)},
    ),
    ({"command": "module svc"}, {"command": "script svc/__main__.py"}, {"command": ("command", WARNING)}),
    ({"command": "script src/svc/run.py"}, {"command": "module svc.run"}, {"command": ("command", WARNING)}),
    ({"command": "script manage.py"}, {"command": "program gunicorn"}, {"command": ("command", INFO)}),
    ({}, {"command": "program gunicorn", "workers": 4}, {}),
    ({}, {"ignored_signals": {"names": ["SIGHUP", "SIGTERM"]}}, {"ignored_signals": ("signals", WARNING)}),
    ({"ignored_signals": {"names": ["SIGTERM"]}}, {}, {"ignored_signals": ("signals", INFO)}),
    ({}, {"blocked_signals": {"names": ["SIGUSR1"]}}, {"blocked_signals": ("signals", INFO)}),
    ({"workers": 1}, {"workers": 4}, {"workers": ("workers", INFO)}),
    ({"passwd_entry": True}, {"passwd_entry": False}, {"passwd_entry": ("passwd-entry", WARNING)}),
    ({"passwd_entry": False}, {"passwd_entry": True}, {"passwd_entry": ("other", INFO)}),
    ({"home": HOME}, {"home": {**HOME, "writable": False}}, {"home": ("home", WARNING)}),
    ({"home": HOME}, {"home": {"path": None, "exists": False}}, {"home": ("home", WARNING)}),
    ({"home": {**HOME, "writable": False}}, {"home": HOME}, {"home": ("other", INFO)}),
    (
        {"working_directory": HOME},
        {"working_directory": {**HOME, "writable": False}},
        {"working_directory": ("working-directory", WARNING)},
    ),
    ({"read_only_root": False}, {"read_only_root": True}, {"read_only_root": ("read-only-root", WARNING)}),
]
