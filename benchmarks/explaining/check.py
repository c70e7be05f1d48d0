"""Whether a failure is what it claims, by running it: locally it works, in production it fails, repaired it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.explaining.collect import collected
from benchmarks.explaining.decoys import decorated
from benchmarks.explaining.images import image
from benchmarks.explaining.recipe import Failure
from benchmarks.explaining.sides import run


def check(failure: Failure, *, record: bool = False) -> list[str]:
    """What does not hold, empty when all does; `record` writes down what production printed."""
    return list(_faults(failure, record=record))


def _faults(failure: Failure, *, record: bool) -> Iterator[str]:
    local = decorated(failure, "local", failure.local)
    production = decorated(failure, "production", failure.production)
    at_home, there = image(failure, "local", local), image(failure, "production", production)
    status, said = run(local, at_home)
    if status != 0:
        yield f"local exits {status}: {said[-600:]}"
    status, said = run(production, there)
    if status == 0:
        yield "production exits 0"
    if failure.expect not in said:
        yield f"production (exit {status}) does not print {failure.expect!r}: {said[-600:]}"
    elif record:
        failure.recorded.write_text(collected(failure.log, said, status), "utf-8")
    if failure.repaired is None:
        status, said = run(replace(local, command=production.command), at_home)
        if status == 0 or failure.expect not in said:
            yield f"production's input does not fail locally (exit {status}): {said[-600:]}"
        return
    repaired = decorated(failure, "production", failure.repaired)
    status, said = run(repaired, image(failure, "production", repaired))
    if status != 0:
        yield f"repaired production exits {status}: {said[-600:]}"
