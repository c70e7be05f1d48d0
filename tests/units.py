"""Control groups as systemd makes them for its units, for processes of a test."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.services import missing

_SECONDS = 5.0


def hierarchy() -> Path:
    """Where systemd's tree of control groups is mounted: version 2's, or the one of version 1 with its name."""
    found = []
    for line in Path("/proc/mounts").read_text("utf-8").splitlines():
        _, place, filesystem, options, *_ = line.split()
        if filesystem == "cgroup2" or (filesystem == "cgroup" and "name=systemd" in options.split(",")):
            found.append(Path(place))
    usable = [place for place in found if os.access(place, os.W_OK) and os.geteuid() == 0]
    return usable[0] if usable else missing("no control groups that may be written to (it takes root)")


class Units:
    """Units of a test, and the processes in them; all are ended by `stop`."""

    def __init__(self) -> None:
        self.root = hierarchy()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._groups: list[Path] = []

    def start(
        self, unit: str, argv: Sequence[str], environ: Mapping[str, str], within: str = "system.slice"
    ) -> subprocess.Popen[bytes]:
        """Run a program as the unit's and wait for its first line. It is in the group from its start."""
        group = self.root / within / unit
        self._make(group)
        enter = f'echo $$ >"{group}/cgroup.procs" && exec env -i "$@"'
        variables = [f"{name}={value}" for name, value in environ.items()]
        process = subprocess.Popen(
            ["/bin/sh", "-c", enter, "sh", *variables, *argv],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._processes.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    def stop(self) -> None:
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        until = time.monotonic() + _SECONDS
        for group in reversed(self._groups):
            # The kernel takes a moment to empty a group whose processes have ended.
            while group.is_dir() and time.monotonic() < until:
                with suppress(OSError):
                    group.rmdir()
                    break
                time.sleep(0.01)

    def _make(self, group: Path) -> None:
        for place in (*reversed(group.relative_to(self.root).parents), group.relative_to(self.root)):
            if not (self.root / place).is_dir():
                (self.root / place).mkdir()
                self._groups.append(self.root / place)
