"""The tests that may be skipped are a list, so that none is lost without a word.

Under CI=true, a session that ran the whole suite fails unless the skipped tests are exactly those of
`tests/expected_skips.txt`; one that ran a part of it fails on a skip that is not listed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

LISTED = Path(__file__).with_name("expected_skips.txt")


def in_ci() -> bool:
    """Whether a missing service is a failure (CI) or a reason to skip (a laptop)."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def read(listed: Path) -> frozenset[str]:
    """The test ids of a list: one a line, `#` starts a comment at the start of a line."""
    lines = (line.strip() for line in listed.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Skips:
    """Remembers what was skipped and, at the end of a session in CI, holds it against the list."""

    def __init__(self, config: pytest.Config, listed: Path = LISTED) -> None:
        self.whole = _whole(config)
        self.listed = listed
        self.skipped: set[str] = set()
        self.complaints: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        expected = read(self.listed)
        self.complaints = [f"skipped, and not listed: {one}" for one in sorted(self.skipped - expected)]
        if self.whole:
            self.complaints += [f"listed, and not skipped: {one}" for one in sorted(expected - self.skipped)]
        if self.complaints and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.complaints:
            terminalreporter.section(f"skipped tests differ from {self.listed.name}", red=True)
            for complaint in self.complaints:
                terminalreporter.line(complaint)


def _whole(config: pytest.Config) -> bool:
    """Whether nothing on the command line narrows the suite."""
    narrowed = any(config.getoption(name, None) for name in ("keyword", "markexpr", "lf", "deselect", "ignore"))
    suite = {str(config.rootpath / path) for path in config.getini("testpaths")} or {str(config.rootpath)}
    return not narrowed and {str(Path(config.invocation_params.dir, one)) for one in config.args} <= suite


def pytest_configure(config: pytest.Config) -> None:
    if in_ci():
        config.pluginmanager.register(Skips(config), "parity-skips")
