"""Severities of `packages`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case, version

FLASK = {"flask": version("3.0.1", requires=["Jinja2>=3.1.2", "werkzeug[watchdog]>=3,<4"])}
JINJA, WERKZEUG = {"jinja2": version("3.1.3")}, {"werkzeug": version("3.0")}
CASES: list[Case] = [
    (
        {**FLASK, "jinja2": version("3.1.3")},
        {"flask": version("3.0.1")},
        {"jinja2": ("missing-required", ERROR)},
    ),
    (
        {"a": version("1.0"), "b": version("1.0"), "c": version("1.0"), "pip": version("23.0")},
        {"pip": version("23.0"), "z": version("1.0")},
        {"a": ("missing", ERROR), "b": ("missing", ERROR), "c": ("missing", ERROR), "z": ("extra", INFO)},
    ),
    ({"pip": version("23.0")}, {"pip": version("25.1")}, {"pip": ("installer", INFO)}),
    ({"wheel": version("0.45")}, {}, {"wheel": ("installer", INFO)}),
    ({"yaml": version("6.0")}, {}, {"yaml": ("missing", WARNING)}),
    ({**FLASK, **JINJA, **WERKZEUG}, {**FLASK, **WERKZEUG}, {"jinja2": ("missing-required", ERROR)}),
    ({**FLASK, **JINJA, **WERKZEUG}, {**FLASK, **JINJA}, {"werkzeug": ("missing-required", ERROR)}),
    # What only local's flask requires is not required in production.
    ({"numpy": version("1.26.4")}, {"numpy": version("2.1.0")}, {"numpy": ("major", ERROR)}),
    ({"setuptools": version("65.5.0")}, {"setuptools": version("66.1.1")}, {"setuptools": ("major", INFO)}),
    ({"setuptools": version("80.9.0")}, {"setuptools": version("82.0.0")}, {"setuptools": ("major", ERROR)}),
    ({"httpx": version("0.27.2")}, {"httpx": version("0.28.1")}, {"httpx": ("major", ERROR)}),
    ({"httpx": version("0.27.0")}, {"httpx": version("0.27.2")}, {"httpx": ("patch", INFO)}),
    ({"attrs": version("23.1")}, {"attrs": version("23.2")}, {"attrs": ("minor", WARNING)}),
    ({"attrs": version("23.1.0")}, {"attrs": version("23.1.1")}, {"attrs": ("patch", INFO)}),
    ({"x": version("2.0.0")}, {"x": version("2.0rc1")}, {"x": ("minor", WARNING)}),
    ({"x": version(None)}, {"x": version("2.0")}, {"x": ("unreadable", WARNING)}),
    ({"x": version("1", revision="a")}, {"x": version("1", revision="b")}, {"x": ("revision", WARNING)}),
    ({}, {"x": version("1.0")}, {"x": ("extra", INFO)}),
    # Within its major version, and yet not allowed by what production has.
    (
        {**FLASK, **JINJA, **WERKZEUG},
        {**FLASK, **WERKZEUG, "jinja2": version("3.0.9")},
        {"jinja2": ("requirement", ERROR)},
    ),
    # Just as little allowed locally, where it works.
    (
        {**FLASK, **WERKZEUG, "jinja2": version("3.0.8")},
        {**FLASK, **WERKZEUG, "jinja2": version("3.0.9")},
        {"jinja2": ("patch", INFO), "flask": ("broken-requirement", INFO)},
    ),
    # No difference tells of what both lack and only production's flask requires.
    (
        {"flask": version("2.0.0")},
        {"flask": version("2.0.1", requires=["blinker>=1.6"])},
        {"flask": ("patch", INFO), "blinker": ("broken-requirement", ERROR)},
    ),
    # Only production has the one that requires; what it requires is there on both sides, and too old.
    (
        WERKZEUG,
        {**WERKZEUG, "extra": version("1.0", requires=["werkzeug>=3.1"])},
        {"extra": ("extra", INFO), "werkzeug": ("broken-requirement", ERROR)},
    ),
    # Both have it and lack what it requires: nothing differs, and it is told all the same.
    (FLASK, FLASK, {"flask": ("broken-requirement", INFO)}),
    # The one that requires is the one that changed.
    (
        {"flask": version("2.2.0"), "jinja2": version("3.0.9")},
        {"flask": version("2.2.5", requires=["jinja2>=3.1"]), "jinja2": version("3.0.9")},
        {"flask": ("requirement", ERROR)},
    ),
    (
        {"opencv-python": version("4.9", provides=["cv2"])},
        {
            "opencv-python": version("4.9", provides=["cv2"]),
            "opencv-python-headless": version("4.9", provides=["cv2"]),
        },
        {"opencv-python-headless": ("shadows", WARNING)},
    ),
    # A name that is shared locally too is a namespace, or known to work.
    (
        {"a": version("1", provides=["ns"]), "b": version("1", provides=["ns"])},
        {n: version("1", provides=["ns"]) for n in "abc"},
        {"c": ("extra", INFO)},
    ),
    (
        {"pyjwt": version("2.8", provides=["jwt"])},
        {"jwt": version("1.3")},
        {"pyjwt": ("provider", WARNING), "jwt": ("extra", INFO)},
    ),
    (
        {"psycopg2-binary": version("2.9", provides=["psycopg2"])},
        {"psycopg2": version("2.9")},
        {"psycopg2-binary": ("provider", INFO), "psycopg2": ("extra", INFO)},
    ),
    (
        {},
        {"bare-name": version("1"), "x": version("1", provides=["bare_name"])},
        {"bare-name": ("shadows", WARNING), "x": ("shadows", WARNING)},
    ),
]
