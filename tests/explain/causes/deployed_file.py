"""Examples of `deployed_file`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SHOWN, Example

TEMPLATE = trace("jinja2.exceptions.TemplateNotFound: Invoice.html", "app.py:3 f: get_template('Invoice.html')")
CONFIG = trace(
    "FileNotFoundError: [Errno 2] No such file or directory: '/app/config/rates.json'", "app.py:3 f: open(p)"
)
WRONG = trace("KeyError: 'EUR'", "app.py:4 f: rates['EUR']")
SOURCE = {"app.py": 'def f():\n    rates = load("config/rates.json")\n\n    return rates["EUR"]\n'}
A, B = {"digest": "aa", "size": 1}, {"digest": "bb", "size": 2}
BESIDE = {"source.app.py": A}

EXAMPLES = [
    Example(
        "a template in another letter case",
        TEMPLATE,
        {"source.templates/Invoice.html": A},
        {"source.templates/invoice.html": A},
        {"source.templates/Invoice.html": NAMED, "source.templates/invoice.html": NAMED},
    ),
    Example(
        "a file by its path",
        CONFIG,
        {"source.config/rates.json": A, **BESIDE},
        BESIDE,
        {"source.config/rates.json": NAMED},
    ),
    Example(
        "what the failing line is made of is another file",
        WRONG,
        {"source.config/rates.json": A},
        {"source.config/rates.json": B},
        {"source.config/rates.json": FITS},
        SOURCE,
    ),
    Example(
        "code on the path is another file", WRONG, {"source.app.py": A}, {"source.app.py": B}, {"source.app.py": FITS}
    ),
    Example(
        "code on the path that local does not have",
        WRONG,
        {"source.b.py": A},
        {"source.b.py": A, "source.app.py": B},
        {"source.app.py": SHOWN},
    ),
    Example(
        "a script that may not be executed",
        "sh: 1: ./bin/start.sh: Permission denied",
        {"source.bin/start.sh": {**A, "executable": True}},
        {"source.bin/start.sh": {**A, "executable": False}},
        {"source.bin/start.sh": NAMED},
    ),
    Example("another file", CONFIG, {"source.config/taxes.json": A, **BESIDE}, BESIDE),
    Example(
        "a file of the system",
        trace("FileNotFoundError: [Errno 2] No such file or directory: '/etc/hosts'", "x.py:3 f"),
        {"source.hosts": A, **BESIDE},
        BESIDE,
    ),
    Example(
        "an argument that the module of the last release does not take",
        trace(
            "TypeError: price() got an unexpected keyword argument 'express'",
            "shop/ship.py:4 f: tariff.price(1, express=True)",
        ),
        {"source.shop/tariff.py": A, "source.shop/ship.py": A},
        {"source.shop/tariff.py": B, "source.shop/ship.py": A},
        {"source.shop/tariff.py": NAMED},
        {"shop/ship.py": "from shop import tariff\n\ndef f():\n    return tariff.price(1, express=True)\n"},
    ),
    Example(
        "a line that the repository does not have there",
        trace("KeyError: 'EUR'", "app.py:4 f: total = sum(rates)"),
        {"source.app.py": A},
        {"source.app.py": B},
        {"source.app.py": SHOWN},
        SOURCE,
    ),
    Example(
        "what is no code, by its size",
        trace("FileNotFoundError: [Errno 2] No such file or directory: '/app/models/a.bin'", "app.py:3 f: open(p)"),
        {"source.models/a.bin": {"size": 7}, **BESIDE},
        BESIDE,
        {"source.models/a.bin": NAMED},
    ),
    Example(
        "a handler that is found by its directory, and the key that is not there",
        trace("KeyError: 'order.shipped'", "app.py:4 f: HANDLERS[kind](order)"),
        {**BESIDE, "source.handlers/shipped.py": A, "source.handlers/placed.py": A},
        {**BESIDE, "source.handlers/placed.py": A},
        {"source.handlers/shipped.py": SHOWN},
    ),
    Example(
        "a catalogue by its domain",
        trace("FileNotFoundError: [Errno 2] No translation file found for domain: 'till'", "app.py:4 f: catalogue()"),
        {**BESIDE, "source.locale/fr/LC_MESSAGES/till.mo": A},
        BESIDE,
        {"source.locale/fr/LC_MESSAGES/till.mo": NAMED},
    ),
    Example(
        "a key of which no file has the name",
        trace("KeyError: 'order.shipped'", "app.py:4 f: HANDLERS[kind](order)"),
        {**BESIDE, "source.handlers/placed.py": A},
        BESIDE,
    ),
]
