"""The explanation of a failure at the end of a log of 100 MB."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, seconds

SIZE = 100_000_000
"""Bytes of the log."""
COUNTING = "import sys; sum(1 for line in open(sys.argv[1], 'rb'))"

SEAL = """
import json, sys
from parity.profile.document import integrity
document = json.load(sys.stdin)
json.dump({**document, "integrity": integrity(document)}, sys.stdout)
"""

TRACE = """\
Traceback (most recent call last):
  File "/srv/shop/views.py", line {0}, in pay
    return charge(order)
  File "/srv/shop/payment.py", line 12, in charge
    key = os.environ["PAYMENTS_KEY"]
  File "<frozen os>", line 685, in __getitem__
KeyError: 'PAYMENTS_KEY'
"""


def run(setting: Setting) -> Table:
    """Access lines, records of the program's own, and a traceback among every 10,000 of them."""
    local, production = (_write(setting, name) for name in ("local", "production"))
    log = _log(setting.directory / "production.log")
    words = ("parity", "explain", local, production, "--no-declared", "--format", "json")
    whole = setting.case("parity explain --log, 100 MB", *words, "--log", log)
    none = setting.case("parity explain, no log", *words)
    floor = setting.case("Python counts the lines", "python", "-c", COUNTING, log)
    results = setting.measure([whole, none, floor])
    return Table(
        title="An explanation over a log of 100 MB",
        columns=("command", "median", "peak memory"),
        rows=[(name, seconds(result.median), megabytes(result.peak)) for name, result in results.items()],
        limits=[
            Limit("an explanation", results[whole.name].median, 5.0, " s"),
            Limit("its peak memory", results[whole.name].peak / 1e6, 200, " MB"),
        ],
    )


def _log(path: Path) -> Path:
    with path.open("w", encoding="utf-8") as file:
        number = 0
        while file.tell() < SIZE:
            for _ in range(10_000):
                number += 1
                stamp = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
                if number % 4:
                    request = f"GET /items/{number * 7919 % 100_000} HTTP/1.1"
                    line = f'10.0.0.{number % 250} - - [01/Mar/2026:{stamp} +0000] "{request}" 200 {number % 9000}'
                else:
                    line = f"2026-03-01T{stamp}Z INFO shop.orders order {number} stored in {number % 90} ms"
                file.write(f"{line}\n")
            file.write(TRACE.format(number % 100))
    return path


def _write(setting: Setting, name: str) -> Path:
    def section(items: dict[str, object]) -> dict[str, object]:
        return {"status": "ok", "reason": None, "items": items, "volatile": {}, "notes": [], "hidden": []}

    variables: dict[str, object] = {"PATH": {"state": "set"}}
    if name == "local":
        variables["PAYMENTS_KEY"] = {"state": "set"}
    document = {
        "schema": "1.0.0",
        "tool": "parity",
        "name": name,
        "captured_at": "2026-03-01T12:00:00Z",
        "target": {"kind": "docker", "reference": name},
        "identity": {},
        "sections": {"python": section({"version": "3.12.1"}), "environment": section(variables)},
    }
    seal = [str(setting.environment.program("python")), "-c", SEAL]
    done = subprocess.run(seal, input=json.dumps(document), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"the profile breaks a rule: {done.stderr.strip()[-500:]}")
    path = setting.directory / f"{name}.json"
    path.write_text(done.stdout, "utf-8")
    return path
