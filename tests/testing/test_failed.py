"""pytest's way of printing a failure, as the one that Python has."""

from __future__ import annotations

import pytest

from parity.explain.log import read
from parity.testing.failed import printed, rewritten

COLLECTING = """\
ImportError while importing test module '/src/tests/test_mail.py'.
Hint: make sure your test modules/packages have valid Python names.
Traceback:
/usr/lib/python3.11/importlib/__init__.py:126: in import_module
    return _bootstrap._gcd_import(name[level:], package, level)
tests/test_mail.py:1: in <module>
    from shop import mail
shop/mail.py:3: in <module>
    import requests
E   ModuleNotFoundError: No module named 'requests'
"""


def test_a_file_that_cannot_be_collected_reads_as_the_traceback_of_its_import() -> None:
    (failure,) = read(rewritten(COLLECTING).encode().splitlines(keepends=True)).failures
    (raised,) = failure.chain
    assert (raised.type, raised.message) == ("ModuleNotFoundError", "No module named 'requests'")
    assert [(frame.file, frame.line) for frame in raised.frames][-2:] == [
        ("tests/test_mail.py", 1),
        ("shop/mail.py", 3),
    ]


def test_text_without_an_error_stays_what_it_is() -> None:
    assert rewritten("stopped by the operator\n") == "stopped by the operator\n"


def fails() -> None:
    """An exception with another behind it."""
    try:
        raise KeyError("SHOP_KEY")
    except KeyError as error:
        raise RuntimeError("no key") from error


def test_what_led_to_an_exception_is_kept() -> None:
    with pytest.raises(RuntimeError) as told:
        fails()
    text = printed(told)
    assert text.index("KeyError: 'SHOP_KEY'") < text.index("RuntimeError: no key")
