"""A process of a host, by its number or its systemd unit: how each is written, and how one of this machine is read."""

from __future__ import annotations

import os
import re
import sys
import time
from typing import TYPE_CHECKING

from parity.errors import TargetError, Unreachable
from parity.text import safe

if TYPE_CHECKING:
    from parity.profile import Profile
    from parity.snapshot.request import Progress, Request
    from parity.snapshot.target import Target

_UNIT = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9:_.\\@-]{0,254}")
"""systemd.unit(5), "Unit names"."""
_TYPED = re.compile(r".\.(service|scope)")
_MOST = 1 << 22
"""PID_MAX_LIMIT of the kernel."""


def pid_number(text: str) -> int:
    """The number of a process. Raises TargetError."""
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 0 < int(text) <= _MOST):
        shown = f"'{safe(text[:60])}'" if text else "nothing"
        raise TargetError(f"a process has a number from 1 to {_MOST}, not {shown}", hint="like pid:1234")
    return int(text)


def unit_name(text: str) -> str:
    """The name of a unit that has processes, `.service` added where no type is given. Raises TargetError."""
    name = text if _TYPED.search(text) else f"{text}.service"
    if not _UNIT.fullmatch(name) or name == ".service":
        shown = f"'{safe(text[:60])}'" if text else "nothing"
        raise TargetError(f"{shown} cannot be a unit of systemd", hint="like web.service, or worker@1")
    return name


def _looker() -> int:
    """The uid of the person who looks, behind sudo too."""
    behind = os.environ.get("SUDO_UID", "")
    return int(behind) if os.getuid() == 0 and behind.isdigit() and len(behind) < 11 else os.getuid()


def read_process(target: Target, request: Request, progress: Progress, place: str, **where: object) -> Profile:
    """The profile of a process of this machine; `where` is pid or unit.

    The probe goes in over standard input: it may go on as a user who cannot read parity's own files.
    """
    from parity.database import read_database
    from parity.snapshot.ask import ask
    from parity.snapshot.assemble import assemble
    from parity.snapshot.probe import cutoff
    from parity.snapshot.transport import PYTHON_WORDS, converse, with_notes

    if not sys.platform.startswith("linux"):
        raise Unreachable(f"{place}: only Linux shows the processes of others", hint="`local` works here")
    deadline = time.monotonic() + cutoff(request)
    progress(f"reading {place}")
    question = ask(request, python=request.python, looker=_looker(), **where)
    reading = converse([sys.executable, *PYTHON_WORDS], question, place, deadline, progress)
    of_host = read_database(request, of_this_machine=False, deadline=deadline)
    return assemble(target, with_notes(reading), request, of_host)
