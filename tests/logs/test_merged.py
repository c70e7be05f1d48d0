"""Several logs as one."""

from __future__ import annotations

from parity.logs.merged import by_time, lines


def test_lines_stand_by_their_times_and_those_without_one_stay_where_they_are() -> None:
    first = [b"web-1 | 2026-03-01T10:00:00.5Z a\n", b"web-1 |   b\n", b"web-1 | 2026-03-01T10:00:02Z c\n"]
    second = [b"web-2 | 2026-03-01T10:00:00.25Z d\n", b"web-2 | 2026-03-01T10:00:01.123456789Z e\n"]
    assert b"".join(line[-2:-1] for line in by_time([first, second])) == b"dabec"


def test_a_log_keeps_its_own_order_where_its_clock_went_back() -> None:
    log = [b"2026-03-01T10:00:09Z a\n", b"2026-03-01T10:00:01Z b\n", b"2026-03-01T10:00:02Z c\n"]
    assert list(by_time([log])) == log
    assert b"".join(line[-2:-1] for line in by_time([log, [b"[pod/x/y] 2026-03-01T10:00:05Z d\n"]])) == b"dabc"


def test_lines_end_at_a_newline_alone() -> None:
    assert list(lines([b"a\rb\x0bc\nd\r\n", b"e"])) == [b"a\rb\x0bc\n", b"d\r\n", b"e"]
    assert list(lines([b"a\x0cb\nc\n"])) == [b"a\x0cb\n", b"c\n"]
