"""A log as each way of collecting it writes the same lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone

_BEGAN = datetime(2024, 11, 5, 8, 14, 2, 117000, timezone.utc)


def collected(form: str, text: str, status: int) -> str:
    """What the collector shows of a program that printed `text` and ended with `status`."""
    lines = text.rstrip("\n").split("\n")
    return "".join(f"{line}\n" for line in FORMS[form](lines, status))


def _plain(lines: list[str], status: int) -> list[str]:
    return lines


def _compose(lines: list[str], status: int) -> list[str]:
    return [*(f"web-1  | {line}" for line in lines), f"web-1 exited with code {status}"]


def _kubectl(lines: list[str], status: int) -> list[str]:
    return [f"[pod/web-7c9f5d8b6-x2x5k/web] {line}" for line in lines]


def _timestamps(lines: list[str], status: int) -> list[str]:
    return [f"{_at(number)} {line}" for number, line in enumerate(lines)]


def _cri(lines: list[str], status: int) -> list[str]:
    return [f"{_at(number)} stderr F {line}" for number, line in enumerate(lines)]


def _journald(lines: list[str], status: int) -> list[str]:
    stamp = _BEGAN.strftime("%b %d %H:%M:%S")
    said = [f"{stamp} app2 worker[4117]: {line}" for line in lines]
    how = f"status={status}/FAILURE" if status < 128 else f"status={status - 128}"
    return [*said, f"{stamp} app2 systemd[1]: worker.service: Main process exited, code=exited, {how}"]


def _json_file(lines: list[str], status: int) -> list[str]:
    return [
        json.dumps({"log": f"{line}\n", "stream": "stderr", "time": _at(number)}, separators=(",", ":"))
        for number, line in enumerate(lines)
    ]


def _supervisor(lines: list[str], status: int) -> list[str]:
    ended = f"{_BEGAN:%Y-%m-%d %H:%M:%S},402 INFO exited: worker (exit status {status}; not expected)"
    return [*lines, ended]


def _at(number: int) -> str:
    return (_BEGAN + timedelta(milliseconds=number)).strftime("%Y-%m-%dT%H:%M:%S.%f") + "000Z"


FORMS: Mapping[str, Callable[[list[str], int], list[str]]] = {
    "plain": _plain,
    "compose": _compose,
    "kubectl": _kubectl,
    "timestamps": _timestamps,
    "cri": _cri,
    "journald": _journald,
    "json-file": _json_file,
    "supervisor": _supervisor,
}
"""Name -> (lines, exit status) -> lines."""
