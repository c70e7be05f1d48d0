"""Severities of `executables`."""

from __future__ import annotations

from tests.policy.findings import INFO, WARNING, Case

BIN = "/usr/bin"
CASES: list[Case] = [
    ({"units": BIN}, {}, {"units": ("missing", INFO)}),
    ({"units": BIN, "cowsay": BIN, "git": BIN}, {}, {"*": ("missing", INFO)}),
    ({}, {"units": BIN}, {"units": ("extra", INFO)}),
    ({}, {"units": BIN, "cowsay": BIN}, {"*": ("extra", INFO)}),
    ({"git": BIN}, {"git": "/usr/local/bin"}, {}),
    ({"python": "~/shop/.venv/bin"}, {"python": BIN}, {"python": ("python", WARNING)}),
    ({"python": "~/shop/.venv/bin"}, {"python": "/opt/venv/bin"}, {"python": ("python", INFO)}),
    ({"git": BIN, "git.version": "2.39.5"}, {"git": BIN, "git.version": "2.47.1"}, {"git.version": ("version", INFO)}),
    (
        {"git": BIN, "git.version": "1.8.3"},
        {"git": BIN, "git.version": "2.47.1"},
        {"git.version": ("version", WARNING)},
    ),
    ({"git": BIN, "git.version": "1.8.3"}, {"git": BIN}, {}),
    (
        {"sh": {"directory": BIN, "is": "bash"}},
        {"sh": {"directory": "/bin", "is": "dash"}},
        {"sh": ("implementation", INFO)},
    ),
    ({"sh": {"directory": BIN, "is": "dash"}}, {"sh": BIN}, {}),
    ({"sh": {"directory": BIN, "is": "dash"}}, {}, {"sh": ("missing", INFO)}),
]
