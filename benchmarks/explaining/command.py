"""`python -m benchmarks failures`: build, check, score."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.explaining.check import check
from benchmarks.explaining.left_out import table as left_out
from benchmarks.explaining.recipe import Failure, every
from benchmarks.explaining.report import missed, summary, table
from benchmarks.explaining.score import Score, profiles, score
from benchmarks.measure import Failed
from benchmarks.table import as_markdown, as_text

_AT_ONCE = 2


def main(words: Sequence[str]) -> int:
    """0 when everything asked for could be done and holds, 1 when a check fails, 2 when something could not be done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks failures", description="how often `explain` is right")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which failures (default: all)")
    parser.add_argument("--check", action="store_true", help="run each: locally, in production, and repaired")
    parser.add_argument("--record", action="store_true", help="with --check: write production's logs anew")
    parser.add_argument("--rescore", action="store_true", help="explain the profiles of the last run again")
    parser.add_argument(
        "--without-rows",
        action="store_true",
        help="score each a second time, with no row of knowledge that names a distribution of it",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="every miss, and what was named in its place")
    parser.add_argument("-o", "--output", type=Path, help="write the table as Markdown, too")
    asked = parser.parse_args(words)
    try:
        failures = every(asked.names)
    except KeyError as unknown:
        parser.error(f"no failure is called {unknown.args[0]}")
    if asked.check:
        return _checked(failures, record=asked.record)
    if not asked.rescore and _each(failures, profiles):
        return 2
    scores = _scored(failures)
    fewer = _scored(failures, rows=False) if scores and asked.without_rows else None
    if scores is None or (fewer is None and asked.without_rows):
        return 2
    if asked.verbose:
        print(missed(scores), end="\n\n")
        print(f"without rows:\n{missed(fewer)}\n\n" if fewer else "", end="")
    tables = (table(scores, fewer), left_out(scores))
    print(*map(as_text, tables), summary(scores), sep="\n\n")
    if asked.output:
        asked.output.write_text("\n\n".join(map(as_markdown, tables)) + "\n", "utf-8")
    return 0


def _scored(failures: Sequence[Failure], *, rows: bool = True) -> list[Score] | None:
    """By name; None where one could not be."""
    scores: list[Score] = []
    if _each(failures, lambda failure: scores.append(score(failure, rows=rows))):
        return None
    return sorted(scores, key=lambda one: one.failure.name)


def _checked(failures: Sequence[Failure], *, record: bool) -> int:
    found: dict[str, list[str]] = {}

    def one(failure: Failure) -> None:
        found[failure.name] = check(failure, record=record)
        print(f"{'holds' if not found[failure.name] else 'FAILS':6} {failure.name}", flush=True)

    broken = _each(failures, one)
    for name, faults in sorted(found.items()):
        for fault in faults:
            print(f"\n{name}: {fault}")
    held = sum(not faults for faults in found.values())
    print(f"\n{held} of {len(failures)} are what they claim")
    return 2 if broken else 0 if held == len(failures) else 1


def _each(failures: Sequence[Failure], do: Callable[[Failure], object]) -> int:
    """How many could not be done; each says why."""

    def guarded(failure: Failure, do: Callable[[Failure], object]) -> bool:
        try:
            do(failure)
        except Failed as failed:
            print(f"{failure.name}: {failed}", file=sys.stderr, flush=True)
            return False
        return True

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return sum(not done for done in pool.map(partial(guarded, do=do), failures))
