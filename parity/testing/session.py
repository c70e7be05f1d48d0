"""One run of pytest with --parity: the marker's word before a test, what failed, and the differences at the end."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from functools import cached_property

import pytest

from parity.diff.model import Difference
from parity.errors import ParityError
from parity.snapshot.repository import around
from parity.testing.failed import Failed, printed, rewritten
from parity.testing.parity import Parity
from parity.testing.taken import Quiet, checked, taken
from parity.text import safe

_TITLE = "parity with production"
_TRACEBACK, _FILE = "parity_traceback", "parity_file"
"""Attributes of a report: what a worker of pytest-xdist sends along with it."""


class Session:
    """The hooks of the run. The two sides are read when something first asks for them, once."""

    def __init__(self, config: pytest.Config, production: str) -> None:
        # Not pytest's own root: a profile on its command line can move that.
        here = config.invocation_params.dir
        self._root = around(here) or here
        self._strict = bool(config.getoption("--parity-strict"))
        self._production = production
        self._progress = Quiet()
        self._failed: list[Failed] = []

    @cached_property
    def parity(self) -> Parity:
        """The comparison. Raises pytest's UsageError where there can be none."""
        try:
            return taken(self._production, self._root, self._progress)
        except ParityError as error:
            raise _usage(error) from None

    def pytest_sessionstart(self) -> None:
        """What can be no profile is told before the first test."""
        try:
            checked(self._production)
        except ParityError as error:
            raise _usage(error) from None

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip what is marked for a parity that there is not."""
        problem = None if self._strict else self._problem(item)
        if problem is not None:
            # As pytest's own markers do: the place of a skip is the test's, not this line.
            raise pytest.skip.Exception(problem, _use_item_location=True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """The same with --parity-strict: a failure of the test, where one in its setup would count as an error."""
        problem = self._problem(item) if self._strict else None
        if problem is not None:
            pytest.fail(problem, pytrace=False)

    def _problem(self, item: pytest.Item) -> str | None:
        """What of the names on a test is not as in production, or not known to be; None for nothing."""
        names = [str(name) for mark in item.iter_markers("parity") for name in mark.args]
        if not names:
            return None
        try:
            problems = [*map(_told, self.parity.differences(*names)), *self.parity.unknown(*names)]
        except ValueError as error:
            raise pytest.UsageError(f"{item.nodeid}: @pytest.mark.parity: {error}") from None
        return f"not as in production: {'; '.join(problems)}" if problems else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the traceback as Python prints it, whatever --tb says."""
        report = yield
        setattr(report, _FILE, str(item.path))
        if report.failed and call.excinfo is not None:
            setattr(report, _TRACEBACK, printed(call.excinfo))
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Keep the file's path, which its name does not always tell."""
        report = yield
        setattr(report, _FILE, str(collector.path))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that failed."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that could not be collected: more often than not an import that failed."""
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed:
            traceback = getattr(report, _TRACEBACK, None) or rewritten(report.longreprtext)
            file = os.path.relpath(getattr(report, _FILE, report.nodeid), self._root)
            self._failed.append(Failed(report.nodeid, file, traceback))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The end of a run that failed."""
        if not self._failed:
            return
        terminalreporter.section(_TITLE, sep="=")
        try:
            for line in self._lines():
                terminalreporter.line(line)
        except pytest.UsageError as error:
            terminalreporter.line(str(error))

    def _lines(self) -> Iterator[str]:
        from parity.declared.texts import texts
        from parity.explain.log import read
        from parity.testing.bearing import bearing, reach
        from parity.testing.causes import causes
        from parity.testing.summary import lines

        parity = self.parity
        tracebacks = [one.traceback for one in self._failed]
        log = read("\n\n".join(tracebacks).encode("utf-8", "replace").splitlines(keepends=True))
        frames = [frame.file for one in log.failures for raised in one.chain for frame in reversed(raised.frames)]
        files = dict(texts(self._root, dict.fromkeys(frames), dict.fromkeys(one.file for one in self._failed)))
        named = causes(parity, log, files, {one.file for one in self._failed})
        reached = reach(files, tracebacks, (parity.local, parity.production))
        found = bearing(parity.findings, reached, [one.label for one in named])
        yield from lines(parity, found, reached, named, self._production)
        yield from (f"warning: {safe(one)}" for one in dict.fromkeys(self._progress.warnings))


def _told(one: Difference) -> str:
    """A difference in a few words: packages.django (4.2.16 / 5.0)."""
    from parity.report.values import value

    fields = [f"{value({each.name: each.local})} / {value({each.name: each.production})}" for each in one.fields]
    sides = fields or [f"{value(one.local)} / {value(one.production)}"]
    return safe(f"{one.section}.{one.key} ({', '.join(sides)})")


def _usage(error: ParityError) -> pytest.UsageError:
    return pytest.UsageError(f"--parity: {safe(error)}" + (f" ({safe(error.hint)})" if error.hint else ""))
