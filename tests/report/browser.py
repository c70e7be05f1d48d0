"""A real Chromium, asked through its own pipe: https://chromedevtools.github.io/devtools-protocol/.

Messages are JSON, each ended by a NUL, written to its descriptor 3 and read from 4.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.services import program

SECONDS = 60.0
"""How long one answer may take on a machine that does much else."""

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
_PLACED = 'exec "${@:2}" 3<&"$0" 4>&"$1"'
"""Two descriptors of this process, put where the browser looks for them."""

WATCH = """
window.violations = [];
window.ran = 0;
window.attacked = () => { window.ran += 1; };
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
"""Runs before anything of a page: what its policy stopped, and whether a script that it must not run has run."""


class Browser:
    """One page of a browser that is there for one test session."""

    def __init__(self, process: subprocess.Popen[bytes], ask: int, answers: int) -> None:
        self._process, self._ask, self._answers = process, ask, answers
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol, and its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        rest = memoryview(json.dumps(message).encode() + b"\0")
        while rest:
            rest = rest[os.write(self._ask, rest) :]
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def open(
        self, path: Path, width: int = 1280, height: int = 900, *, dark: bool = False, script: bool = True
    ) -> None:
        """Load a file into a window of a size; what happened before is forgotten."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.emulate(dark=dark)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        while not self._has("Page.loadEventFired"):
            self.events.append(self._read())

    def emulate(self, *, dark: bool = False, media: str = "") -> None:
        """The colour scheme that a reader prefers, and the kind of medium."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def run(self, script: str) -> Any:
        """The value of an expression in the page, a promise's when it is kept."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def press(self, key: str) -> None:
        """One key down and up, where the focus is."""
        codes = {"Escape": 27, "Tab": 9, "Enter": 13, " ": 32}
        words = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0]))}
        printed = {} if len(key) > 1 and key != "Enter" else {"text": "\r" if key == "Enter" else key}
        self.call("Input.dispatchKeyEvent", type="keyDown", **words, **printed)
        self.call("Input.dispatchKeyEvent", type="keyUp", **words)

    def type(self, words: str) -> None:
        """Text, where the focus is."""
        self.call("Input.insertText", text=words)

    def settle(self) -> None:
        """Wait until what a key or a change has set off is drawn."""
        self.run("new Promise(done => setTimeout(() => requestAnimationFrame(() => done(1)), 250))")

    def shot(self, path: Path, *, whole: bool = True) -> None:
        """A picture of the page."""
        taken = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(taken["data"]))

    def requested(self) -> list[str]:
        """The addresses that were asked for since the page was opened."""
        sent = [one for one in self.events if one.get("method") == "Network.requestWillBeSent"]
        return [one["params"]["request"]["url"] for one in sent]

    def complaints(self) -> list[str]:
        """What the browser's log and console say since then."""
        logged = [one["params"]["entry"]["text"] for one in self.events if one.get("method") == "Log.entryAdded"]
        thrown = [str(one["params"]) for one in self.events if one.get("method") == "Runtime.exceptionThrown"]
        return logged + thrown

    def _has(self, event: str) -> bool:
        return any(one.get("method") == event for one in self.events)

    def _read(self) -> dict[str, Any]:
        until = time.monotonic() + SECONDS
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, until - time.monotonic()))
            more = os.read(self._answers, 1 << 20) if ready else b""
            assert more, f"the browser does not answer (it ended with {self._process.poll()})"
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message


@contextmanager
def chromium(home: Path) -> Iterator[Browser]:
    """A browser with nothing of anybody's in it; gone with all of its processes at the end."""
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for pair in (os.pipe(), os.pipe()) for end in _closing(pair)]
    theirs_in, ours_out, ours_in, theirs_out = ends

    with (home / "chromium.log").open("wb") as log:
        process = subprocess.Popen(
            [
                "bash",
                "-c",
                _PLACED,
                str(theirs_in),
                str(theirs_out),
                program("chromium"),
                *FLAGS,
                f"--user-data-dir={home}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(theirs_in, theirs_out),
        )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        browser = Browser(process, ours_out, ours_in)
        yield browser
    finally:
        # It ends by itself, with all of its children, when nobody is left at the pipe.
        os.close(ours_out)
        os.close(ours_in)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _closing(pair: tuple[int, int]) -> Iterator[int]:
    """The two ends one after the other, each closed when its copy has been made."""
    for end in pair:
        yield end
        os.close(end)
