"""The same failure however its log was collected, and what is told of a log as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain as joined

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.explain.facts import facts
from parity.explain.log import read
from parity.explain.model import Log

TRACEBACK = (
    "Traceback (most recent call last):",
    '  File "/app/main.py", line 7, in sign',
    '    return hmac.new(os.environ["SIGNING_KEY"].encode())',
    "                    ~~~~~~~~~~^^^^^^^^^^^^^^^",
    '  File "<frozen os>", line 685, in __getitem__',
    "KeyError: 'SIGNING_KEY'",
)
TEXT = "\n".join(TRACEBACK)
STAMP = "2026-11-23T03:29:28.180082000Z"
UTC = "2026-11-23T03:29:28Z"


def each(form: Callable[[str], str]) -> list[str]:
    return [form(line) for line in TRACEBACK]


FORMS: dict[str, tuple[list[str], str | None]] = {
    "plain": (list(TRACEBACK), None),
    "compose": (each(lambda line: f"web-1  | {line}"), None),
    "compose_v1": (each(lambda line: f"web_1  | {line}"), None),
    "compose_named": (each(lambda line: f"web  | {line}"), None),
    "docker_t": (each(lambda line: f"{STAMP} {line}"), UTC),
    "cri": (each(lambda line: f"{STAMP} stderr F {line}"), UTC),
    "cri_partial": (
        [f"{STAMP} stderr P {line[:9]}\n{STAMP} stderr F {line[9:]}" for line in TRACEBACK],
        UTC,
    ),
    "kubectl": (each(lambda line: f"[pod/web-6b9d/web] {line}"), None),
    "json_file": (each(lambda line: json.dumps({"log": line + "\n", "stream": "stderr", "time": STAMP})), UTC),
    "journal": (each(lambda line: f"Nov 23 03:31:48 host web[83]: {line}"), None),
    "journal_iso": (each(lambda line: f"2026-11-23T04:29:28+0100 host web[83]: {line}"), UTC),
    "journal_json": (
        each(lambda line: json.dumps({"__REALTIME_TIMESTAMP": "1795404568000000", "_PID": "8", "MESSAGE": line})),
        UTC,
    ),
    "syslog_3164": (each(lambda line: f"<11>Nov 23 03:31:48 host CRON[83]: {line}"), None),
    "syslog_5424": (each(lambda line: f"<11>1 {STAMP} host web 83 - - {line}"), UTC),
    "heroku": (each(lambda line: f"2026-11-23T03:29:28.180082+00:00 app[web.1]: {line}"), UTC),
    "fly": (each(lambda line: f"2026-11-23T03:29:28Z app[4d891e] ams [info]{line}"), UTC),
    "cloudwatch": (each(lambda line: f"2026/11/23/[$LATEST]0123abcdef {line}"), None),
    "layered": (each(lambda line: f"web-1  | {STAMP} {line}"), UTC),
    "colours": (each(lambda line: f"\x1b[36mweb-1  | \x1b[0m\x1b[31m{line}\x1b[0m"), None),
    "crlf": (each(lambda line: f"{line}\r"), None),
    "gunicorn": (["[2026-11-23 03:29:28 +0000] [9] [ERROR] Exception in worker process", *TRACEBACK], None),
    "uvicorn": (["ERROR:    Exception in ASGI application", *TRACEBACK], None),
    "celery": (["[2026-11-23 03:29:28,180: ERROR/ForkPoolWorker-1] Task failed", *TRACEBACK], None),
    "bracketed": (["Error: class uri 'x' invalid or not found: ", "", "[" + TRACEBACK[0], *TRACEBACK[1:], "]"], None),
    "loguru": (
        ["2026-11-23 03:29:28.180 | ERROR    | a:f:1 - no", TRACEBACK[0], "", *TRACEBACK[1:3], "    │ └ 'hunter2'", "",
         "> " + TRACEBACK[4].strip(), "", TRACEBACK[5]],
        None,
    ),
    "structlog": ([json.dumps({"timestamp": STAMP, "level": "error", "event": "no", "exception": TEXT})], UTC),
    "json_logger": ([json.dumps({"asctime": "2026-11-23 03:29:28,1", "levelname": "ERROR", "exc_info": TEXT})], None),
    "ecs": ([json.dumps({"@timestamp": STAMP, "error": {"type": "KeyError", "stack_trace": TEXT}})], UTC),
    "google": ([json.dumps({"severity": "ERROR", "time": STAMP, "message": f"no\n{TEXT}"})], UTC),
    "opentelemetry": ([json.dumps({"attributes": {"exception.type": "KeyError", "exception.stacktrace": TEXT}})], None),
    "lambda": (["[ERROR] KeyError: 'SIGNING_KEY'", *TRACEBACK[:-1], "END RequestId: 1"], None),
    "headless": (list(TRACEBACK[1:]), None),
    "sentry": (
        [
            json.dumps(
                {
                    "level": "error",
                    "timestamp": STAMP,
                    "exception": {
                        "values": [
                            {
                                "type": "KeyError",
                                "value": "'SIGNING_KEY'",
                                "stacktrace": {
                                    "frames": [
                                        {"filename": "/app/main.py", "lineno": 7, "function": "sign",
                                         "context_line": TRACEBACK[2]},
                                        {"filename": "<frozen os>", "lineno": 685, "function": "__getitem__"},
                                    ]
                                },
                            }
                        ]
                    },
                }
            )
        ],
        UTC,
    ),
}  # fmt: skip


def lines(*texts: str) -> Log:
    return read(f"{text}\n".encode() for text in texts)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_failure_however_it_was_collected(form: str) -> None:
    texts, time = FORMS[form]
    log = lines(*texts)
    assert len(log.failures) == 1, [one.message for one in log.failures]
    (failure,) = log.failures
    assert failure.message == "KeyError: 'SIGNING_KEY'"
    assert failure.kind == "exception"
    assert failure.first.time == time
    (raised,) = failure.chain
    assert [(one.file, one.line, one.function) for one in raised.frames] == [
        ("/app/main.py", 7, "sign"),
        ("<frozen os>", 685, "__getitem__"),
    ]
    assert raised.frames[0].code == TRACEBACK[2].strip()
    assert ("variable", "SIGNING_KEY") in {(fact.kind, fact.value) for fact in facts(failure)}
    assert "hunter2" not in repr(log)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_log_in_another_encoding(encoding: str) -> None:
    data = (TEXT + "\n").encode(encoding)
    (failure,) = read(data.split(b"\n")[:-1] if encoding == "utf-8-sig" else data.splitlines(keepends=True)).failures
    assert failure.message == "KeyError: 'SIGNING_KEY'"


def test_a_failure_that_repeats_is_one_with_its_count() -> None:
    log = lines(*TRACEBACK, *TRACEBACK, "INFO:root:on", *TRACEBACK)
    assert [(one.count, one.first.line, one.last.line) for one in log.failures] == [(3, 1, 14)]


def test_workers_whose_lines_are_mixed_are_told_apart() -> None:
    other = [line.replace("SIGNING", "OTHER").replace("sign", "other") for line in TRACEBACK]
    pairs = zip(TRACEBACK, other, strict=True)
    log = lines(*joined.from_iterable((f"web-1  | {one}", f"web-2  | {two}") for one, two in pairs))
    assert {one.message for one in log.failures} == {"KeyError: 'SIGNING_KEY'", "KeyError: 'OTHER_KEY'"}


def test_what_was_warned_of_before_stands_beside() -> None:
    log = lines("WARNING:shop:METRICS_HOST is not set, falling back to localhost", "INFO:shop:on", *TRACEBACK)
    assert [line.text for line in log.failures[0].around] == ["shop:METRICS_HOST is not set, falling back to localhost"]


def test_answers_are_counted_and_routes_of_5xx_stand_beside() -> None:
    log = lines(
        'INFO:     10.0.0.1:1 - "GET /healthz HTTP/1.1" 200 OK',
        'INFO:     10.0.0.1:1 - "POST /orders/17/pay?token=hunter2 HTTP/1.1" 500 Internal Server Error',
        "ERROR:    Exception in ASGI application",
        *TRACEBACK,
    )
    assert dict(log.responses) == {"2xx": 1, "5xx": 1}
    assert log.failures[0].requests == ("POST /orders/{id}/pay",)
    assert "hunter2" not in repr(log)


def test_what_ends_a_program_comes_before_its_aftermath_and_warnings() -> None:
    log = lines(
        "[2026-11-23 03:29:28 +0000] [9] [ERROR] Exception in worker process",
        *TRACEBACK,
        "[2026-11-23 03:29:28 +0000] [8] [ERROR] Worker (pid:9) exited with code 3",
        "[2026-11-23 03:29:29 +0000] [8] [WARNING] retrying",
    )
    assert [one.kind for one in log.failures] == ["exception", "message"]
    assert "Worker (pid:9) exited with code 3" in [one.text for one in log.failures[0].around]
    assert log.failures[1].first.time == "2026-11-23T03:29:29Z"
    assert (log.newest, log.most_frequent) == (0, 0)


def test_an_error_that_repeats_ten_thousand_times_is_counted() -> None:
    log = lines(
        *(f"2026-11-23 03:29:28,{n % 1000:03} ERROR [shop] could not reach {n}: timed out" for n in range(10_000))
    )
    assert [(one.kind, one.count, one.last.line) for one in log.failures] == [("message", 10_000, 10_000)]


def test_a_line_that_leads_to_a_traceback_is_no_failure_of_its_own() -> None:
    one = ("2026-11-23 03:29:28,180 ERROR pool worker 1 could not connect", *TRACEBACK)
    log = lines(*one, *one, *one)
    assert [(failure.kind, failure.count) for failure in log.failures] == [("exception", 3)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[2026-11-23 03:32:17 +0000] [8] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?", "signal"),
        ("Nov 23 03:31:48 host kernel: Out of memory: Killed process 123 (python)", "signal"),
        ("/start.sh: line 3:    12 Killed                  python main.py", "signal"),
        ("Illegal instruction (core dumped)", "signal"),
        ("web-1 exited with code 137", "exit"),
        ("bash: line 1: git: command not found", "message"),
        ("python: can't open file '/app/main.py': [Errno 2] No such file or directory", "message"),
        ("web.py: error: the following arguments are required: --shop", "message"),
        ('2026-11-23 03:31:48.123 UTC [12] app@shop FATAL:  password authentication failed for user "app"', "message"),
        ("WARNING:  No supported WebSocket library detected.", "message"),
        ("ModuleNotFoundError: No module named 'shop'", "exception"),
    ],
)
def test_a_failure_of_one_line(text: str, kind: str) -> None:
    (failure,) = lines("starting", text, "done").failures
    assert failure.kind == kind


def test_a_log_of_no_failure_says_so() -> None:
    log = lines("INFO:root:started", "INFO:root:stopped")
    assert (log.failures, log.newest, log.lines) == ((), None, 2)
    assert log.notes == ("none of its 2 lines tells of a failure",)
    assert read(()).notes == ("the log is empty",)


# Hostile

PARTS = (
    *(line.encode() for line in TRACEBACK),
    *(b"  + Exception Group Traceback (most recent call last):", b"  | x", b"  +-+---------------- 1 ----------------"),
    *(
        b"    +------------------------------------",
        b'{"log": "x',
        b'{"exception": {"values": [1, {"type": 3}]}}',
        b"[[[[" * 500,
    ),
    *(b"web-1  | ", b"2026-99-99T99:99:99Z stderr P ", b"\xff\xfe", b"\x00", b"\x1b[31m", b"{" * 3000, b'{"a":' * 3000),
    *(
        b"The above exception was the direct cause of the following exception:",
        b"\n",
        b"ERROR",
        b"Killed",
        b' HTTP/1.1" 500',
    ),
    *(b'{"level": 1e999, "time": 1e400, "status": "500", "path": 3}', b'{"level":"error","time":-1e18,"message":"x"}'),
)


@given(
    st.lists(st.one_of(st.sampled_from(PARTS), st.binary(max_size=40)), max_size=30),
    st.sampled_from([b"", b"\n", b" "]),
)
def test_nothing_in_a_log_makes_it_raise(parts: list[bytes], between: bytes) -> None:
    for failure in read(between.join(parts).splitlines(keepends=True)).failures:
        facts(failure)


def test_a_line_of_ten_megabytes_is_cut() -> None:
    log = read([b"ERROR " + b"x: " * 3_500_000, b"Key (" * 400_000, b"password=" * 400_000])
    assert len(log.failures[0].message) <= 1_000
