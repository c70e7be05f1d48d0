"""Examples of `optional`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, FITS, SHOWN, Example, package

SERVER = {"packages.swiftd": package("1.0")}
LOOP = {"packages.fastloop": package("0.2")}
TYPE = trace("ValueError: Can't patch loop of type <class 'fastloop.Loop'>", "serve.py:3 f: apply()")
INNERMOST = trace("RuntimeError: blocked for ever", "app.py:3 f: q.get()", "~fastloop/queue.py:3 get: raise")
AROUND = trace("RuntimeError: blocked for ever", "~fastloop/wrap.py:3 run: f()", "app.py:3 f: raise")
ASKS = {"packages.asker": package("1.0", optional=["inflate"])}
ANSWER = trace("ValueError: not an answer", "app.py:3 f: answer.json()", "~asker/models.py:3 json: raise")

EXAMPLES = [
    Example("a type in the message", TYPE, SERVER, {**SERVER, **LOOP}, {"packages.fastloop": SHOWN}),
    Example("the innermost frame", INNERMOST, SERVER, {**SERVER, **LOOP}, {"packages.fastloop": SHOWN}),
    Example(
        "an exception of its own for the same content",
        trace("fastloop.errors.DecodeError: Expecting value", "app.py:3 f: read()"),
        SERVER,
        {**SERVER, **LOOP},
        {"packages.fastloop": FAINT},
    ),
    Example(
        "what the path would use",
        ANSWER,
        {**ASKS, "packages.inflate": package("1.0")},
        {"packages.asker": package("1.0")},
        {"packages.inflate": FITS},
    ),
    Example("a wrapper around what fails", AROUND, SERVER, {**SERVER, **LOOP}),
    Example("both have it", TYPE, LOOP, LOOP),
    Example("no log", "", SERVER, {**SERVER, **LOOP}),
]
