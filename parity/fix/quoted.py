"""What a patch quotes of the repository, as it may be printed: the names, and not what is written beside them.

A patch that applies holds the lines around a change as they are, and with them whatever stands there. It is written
whole with --write; what goes to a terminal, or into a job's log, has `***` in place of values.
"""

from __future__ import annotations

import re

from parity.explain.scrub import GONE, scrub
from parity.fix.model import File

WITHHELD = f"{GONE} stands for values that the repository holds; --write DIR writes the patch that applies"

_HEAD = ("diff --git ", "--- ", "+++ ", "@@ ", "new file mode ")
_QUOTED = re.compile(
    r"""(?x)
    \A ( [ -] \s* (?:-\s+)?
      (?: (?:ENV|ARG|LABEL) \s+ [^\s=]+ [\s=]+ | (?:export\s+)? ["']? [A-Z][A-Z0-9_]* ["']? \s*[:=]\s* | value \s*:\s* )
      ["']? )
    (?! \$\{ [A-Za-z_] | ["']? \s* $ ) .*
    """
)
"""A quoted line that gives a value to a variable: in a Dockerfile, a dotenv file, a compose file, a manifest."""


def printed(file: File) -> str:
    """The text of a file as it may be printed."""
    if not file.name.endswith(".patch"):
        return file.text
    return "".join(map(_line, file.text.splitlines(keepends=True)))


def _line(line: str) -> str:
    if line.startswith(_HEAD):
        return line
    body = line.rstrip("\r\n")
    return scrub(_QUOTED.sub(rf"\1{GONE}", body)) + line[len(body) :]
