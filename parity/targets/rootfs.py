"""A root file system in a directory: an unpacked image, a mounted disk, `/proc/PID/root`.

It is read with this machine's Python and nothing in it is run. Links are resolved inside of it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from parity.errors import Incomplete, TargetError, Unreachable
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.text import safe

SUMMARY = "a root file system in a directory: an unpacked image, a mounted disk"
EXAMPLE = "rootfs:///srv/images/web"
OPTIONS: tuple[str, ...] = ()


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Rootfs:
    """rootfs:///DIRECTORY. Raises TargetError for a path that is not absolute."""
    if not reference.startswith("/"):
        shown = f"'{safe(reference[:60])}'" if reference else "nothing"
        raise TargetError(f"rootfs:// is followed by an absolute path, not by {shown}", hint=f"like {EXAMPLE}")
    return Rootfs(os.path.normpath(reference.replace("//", "/")))


@dataclass(frozen=True, slots=True)
class Rootfs:
    """A directory by its absolute path."""

    directory: str
    kind: str = "rootfs"

    @property
    def reference(self) -> str:
        """The directory's own name: what is above it is this machine's, or somebody's."""
        return safe(PurePosixPath(self.directory).name) or "/"

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.child import Child
        from parity.database import read_database
        from parity.snapshot.ask import ask
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff, read_answer, watcher
        from parity.snapshot.question import clean_environ

        deadline = time.monotonic() + cutoff(request)
        place = f"rootfs {self.reference}"
        progress(f"reading {place}")
        question = ask(request, root=self._checked(), python=request.python)
        try:
            child = Child(question.files_argv(sys.executable), question.files_stdin, clean_environ())
        except OSError as error:
            raise Incomplete(f"the probe cannot be started: {os.strerror(error.errno or 0).lower()}") from error
        with child:
            result = child.finish(deadline, watcher(question.token, place, progress))
            reading = read_answer(result, question.token, place)
        of_host = read_database(request, of_this_machine=False, deadline=deadline)
        return assemble(self, reading, request, of_host)

    def _checked(self) -> str:
        """The directory. Raises Unreachable where there is none that can be looked into."""
        try:
            descriptor = os.open(self.directory, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            why = os.strerror(error.errno or 0).lower()
            hint = "ask as root, or as the user that owns it" if isinstance(error, PermissionError) else None
            raise Unreachable(f"the directory {safe(self.directory)} cannot be opened: {why}", hint=hint) from None
        os.close(descriptor)
        return self.directory
