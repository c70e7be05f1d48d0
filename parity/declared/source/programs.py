"""Programs that the source starts, or looks for on PATH, by a literal name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_STARTING = re.compile(
    r"(?:subprocess\.(?:run|Popen|call|check_call|check_output|getoutput|getstatusoutput)|shutil\.which|"
    r"os\.(?:system|popen|execvpe?|execlpe?|spawn[lv]pe?|posix_spawnp)|"
    r"asyncio\.create_subprocess_(?:exec|shell)|asyncio\.subprocess\.create_subprocess_(?:exec|shell))\Z"
)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}\Z")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_AFTER_A_MODE = re.compile(r"os\.spawn")


def of_call(path: str, node: ast.Call) -> Iterator[tuple[str, int]]:
    """(name, line) of the program that a call starts; of a path its last part, where that is absolute."""
    if not _STARTING.match(path):
        return
    first = node.args[1:] if _AFTER_A_MODE.match(path) else node.args
    given = first[0] if first else next((one.value for one in node.keywords if one.arg in ("args", "cmd")), None)
    word = _word(given)
    name = word.rpartition("/")[2] if word.startswith("/") else word
    if _NAME.match(name):
        yield name, node.lineno


def _word(node: ast.expr | None) -> str:
    match node:
        case ast.List(elts=[one, *_]) | ast.Tuple(elts=[one, *_]):
            return one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else ""
        case ast.Constant(value=str(line)):
            return next((word for word in line.split() if not _ASSIGNMENT.match(word)), "")
        case ast.JoinedStr(values=[ast.Constant(value=str(line)), *_]) if " " in line.strip(" "):
            return line.split()[0]
        case ast.JoinedStr(values=[ast.Constant(value=str(line)), *_]) if line.endswith(" ") and line.strip():
            return line.split()[0]
    return ""
