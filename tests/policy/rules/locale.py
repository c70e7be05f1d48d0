"""Severities of `locale`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case

GERMAN = {"available.C": True, "available.de_DE.UTF-8": True}
PLAIN = {"available.C": True}
ALL = {f"available.xx_{number:02}.UTF-8": True for number in range(20)}
CASES: list[Case] = [
    ({"encoding": "utf-8"}, {"encoding": "ascii"}, {"encoding": ("encoding", ERROR)}),
    ({"encoding": "ascii"}, {"encoding": "utf-8"}, {"encoding": ("encoding-other", WARNING)}),
    (
        {"encoding": "utf-8", "stdio_encoding": "utf-8", "filesystem_encoding": "utf-8"},
        {"encoding": "ascii", "stdio_encoding": "ascii", "filesystem_encoding": "utf-8"},
        {"encoding": ("encoding", ERROR), "stdio_encoding": ("encoding-other", INFO)},
    ),
    ({"stdio_encoding": "utf-8"}, {"stdio_encoding": "ascii"}, {"stdio_encoding": ("encoding", ERROR)}),
    ({"encoding": "utf-8"}, {}, {"encoding": ("other", INFO)}),
    (
        {"lc_ctype": "de_DE.UTF-8", "lc_ctype_exists": True, "lc_time": "de_DE.UTF-8", "lc_time_exists": True},
        {"lc_ctype": "de_DE.UTF-8", "lc_ctype_exists": False, "lc_time": "de_DE.UTF-8", "lc_time_exists": False},
        {"lc_ctype_exists": ("not-generated", WARNING), "lc_time_exists": ("not-generated", INFO)},
    ),
    ({"lc_time_exists": False}, {"lc_time_exists": True}, {"lc_time_exists": ("other", INFO)}),
    (
        {"lc_collate": "de_DE.UTF-8", "lc_time": "de_DE.UTF-8", "lc_ctype": "de_DE.UTF-8"},
        {"lc_collate": "C", "lc_time": "C", "lc_ctype": "C.UTF-8"},
        {"lc_collate": ("category", WARNING), "lc_time": ("category", INFO), "lc_ctype": ("other", INFO)},
    ),
    ({"lc_numeric": "C"}, {"lc_numeric": "de_DE.UTF-8"}, {"lc_numeric": ("category", WARNING)}),
    (GERMAN, PLAIN, {"available.de_DE.UTF-8": ("unavailable", WARNING)}),
    (PLAIN, GERMAN, {"available.de_DE.UTF-8": ("other", INFO)}),
    ({**PLAIN, **ALL}, PLAIN, {"available.xx_00.UTF-8": ("unavailable", INFO)}),
    (
        {**PLAIN, **ALL, "lc_time": "xx_07.UTF-8"},
        {**PLAIN, "lc_time": "xx_07.UTF-8"},
        {"available.xx_00.UTF-8": ("unavailable", INFO), "available.xx_07.UTF-8": ("unavailable", WARNING)},
    ),
]
