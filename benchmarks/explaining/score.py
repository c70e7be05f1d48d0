"""What parity says of a failure: both sides held idle and snapshotted from outside, then explained from the log."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.explaining.decoys import decorated
from benchmarks.explaining.images import image
from benchmarks.explaining.recipe import Failure
from benchmarks.explaining.sides import held
from benchmarks.measure import Failed

NAMED = 0.5
"""The confidence from which a cause counts as blamed for a failure that is not of the environment."""

# Outside of the work tree: profiles with fingerprints of values are written into none.
_KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "parity-failures"
_KEY = _KEPT / "fingerprint.key"
_PARITY = (sys.executable, "-m", "parity")
_WITHOUT_ROWS = (sys.executable, "-m", "benchmarks.explaining.without_rows")
_PARTIAL = 3


@dataclass(frozen=True, slots=True)
class Score:
    """What was named for one failure, best first, as (label, confidence)."""

    failure: Failure
    verdict: str
    causes: tuple[tuple[str, float], ...]

    @property
    def rank(self) -> int:
        """The place of the true cause, from 1; 0 where it is not named."""
        return next((place for place, (label, _) in enumerate(self.causes, 1) if self._accepted(label)), 0)

    @property
    def blamed(self) -> tuple[str, ...]:
        """The labels that are named with some confidence."""
        return tuple(label for label, confidence in self.causes if confidence >= NAMED)

    @property
    def right(self) -> bool:
        """The true cause first, or nothing blamed where the environment is innocent."""
        return self.rank == 1 if self.failure.truth else not self.blamed

    @property
    def confidence(self) -> float:
        """Of the first cause, 0 without one."""
        return self.causes[0][1] if self.causes else 0.0

    def _accepted(self, label: str) -> bool:
        return any(fnmatchcase(label.lower(), one.lower()) for one in (*self.failure.truth, *self.failure.accept))


def profiles(failure: Failure) -> None:
    """Snapshot both sides into the cache."""
    if not _KEY.exists():
        _KEY.parent.mkdir(parents=True, exist_ok=True)
        _KEY.write_bytes(secrets.token_bytes(32))
        _KEY.chmod(0o600)
    for name, own in (("local", failure.local), ("production", failure.production)):
        side = decorated(failure, name, own)
        out = _profile(failure, name)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.unlink(missing_ok=True)
        with held(side, image(failure, name, side)) as container:
            words = ["snapshot", f"docker://{container}", "--database-through", "target", "--shapes"]
            _parity([*words, "--fingerprint-key-file", str(_KEY), "-o", str(out)], codes=(0, _PARTIAL))


def score(failure: Failure, *, rows: bool = True) -> Score:
    """The answer to the recorded log over the profiles of the cache; `rows` False: without the rows of knowledge that
    name a distribution of the failure."""
    words = ["explain", str(_profile(failure, "local")), str(_profile(failure, "production"))]
    words += ["--log", str(failure.recorded), "--declared", str(failure.directory / "app"), "--format", "json"]
    answer = json.loads(_parity(words, codes=(0, _PARTIAL), command=_PARITY if rows else _WITHOUT_ROWS))
    causes = tuple((str(one["label"]), float(one["confidence"])) for one in answer["causes"])
    return Score(failure, answer["verdict"], causes)


def _profile(failure: Failure, side: str) -> Path:
    return _KEPT / failure.name / f"{side}.json"


def _parity(words: list[str], codes: tuple[int, ...], command: tuple[str, ...] = _PARITY) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARITY_")}
    done = subprocess.run(
        [*command, *words], cwd=ROOT, capture_output=True, text=True, check=False, env=environment, timeout=300
    )
    if done.returncode not in codes:
        raise Failed(f"parity {words[0]} exits {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout
