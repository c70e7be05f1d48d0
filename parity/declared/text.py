"""Bytes of a file into text, as the tools that read such files do it: by a byte order mark, else UTF-8."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """The text, each line end a "\n". Raises ValueError, "binary, not text"; a stray byte of Latin-1 passes.

    A file that Windows PowerShell redirected (`pip freeze > requirements.txt`) is UTF-16 with its mark.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        text = data.decode("utf-8", "replace")
    if "\0" in text:
        raise ValueError("binary, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")
