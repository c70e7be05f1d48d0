"""kubectl's command lines, and what its errors mean.

Its own configuration, contexts and credential plugins work as for the person who calls it. Nothing depends on its
exit status: `exec` ends with 0 when the answer was cut off, too.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parity.child import Result
from parity.errors import Incomplete, ParityError, Unreachable
from parity.snapshot.transport import execute, last_words
from parity.text import safe

_FORBIDDEN = re.compile(
    r'cannot (?P<verb>[a-z]+) resource "(?P<resource>[a-z0-9./-]+)"(?: in API group "(?P<group>[^"]*)")?'
)

_NOT_FOUND = re.compile(r'\(NotFound\): (?P<resource>[a-z0-9.]+) "(?P<name>[^"]{1,253})" not found')
_NO_PROGRAM = re.compile(r"executable file not found|no such file or directory|exit code 12[67]")
_STARTED = "command terminated with exit code"
"""What kubectl says when the command was started, and failed by itself."""

_CAUSES = (
    (
        r"context \S+ does not exist|no context exists with the name",
        "kubectl knows no context {context}",
        "`kubectl config get-contexts` lists them",
    ),
    (
        r"localhost:8080 was refused|current-context is not set|no configuration has been|Missing or incomplete",
        "kubectl has no cluster configured",
        "name a context, or set KUBECONFIG: kubernetes://CONTEXT/NAMESPACE/KIND/NAME",
    ),
    (
        r"must be logged in|Unauthorized|getting credentials|no Auth Provider|token has expired",
        "the cluster does not accept the credentials",
        "log in anew; `kubectl auth whoami` must work",
    ),
    (r"no such host", "the cluster's name cannot be resolved", "check the context, and the network or VPN"),
    (r"connection refused|was refused", "the cluster refuses the connection", "check the context, and that it runs"),
    (
        r"x509|certificate",
        "the cluster's certificate is not accepted",
        "check the certificate-authority of the context",
    ),
    (
        r"i/o timeout|TLS handshake timeout|deadline exceeded|context deadline|Client\.Timeout|timed out",
        "the cluster does not answer",
        "check the network or VPN; --timeout S allows more",
    ),
)
"""(what kubectl says, what it means, what to do), the most telling first."""


class NoPython(Incomplete):
    """There is no such interpreter in the container."""


@dataclass(frozen=True, slots=True)
class Kubectl:
    """One namespace of one context; None is the current context."""

    context: str | None
    namespace: str

    def get(self, what: Sequence[str], place: str, deadline: float) -> Any:
        """The JSON of `kubectl get WHAT`. `place` is a safe name for errors. Raises Unreachable or Incomplete."""
        left = max(1, int(deadline - time.monotonic()))
        result = execute([*self._base("get"), *what, "--output=json", f"--request-timeout={left}s"], b"", deadline)
        if result.code != 0 or result.cut is not None:
            raise self.diagnose(result, place) or Incomplete(
                f"kubectl could not read {place}: {last_words(result)}", hint=f"`kubectl get {' '.join(what)}` shows it"
            )
        try:
            return json.loads(result.out)
        except (ValueError, RecursionError) as error:
            raise Incomplete(f"kubectl's answer about {place} is no JSON") from error

    def exec_argv(self, pod: str, container: str | None, command: Sequence[str]) -> list[str]:
        """Run a command in a container with standard input handed on."""
        of_container = [] if container is None else [f"--container={container}"]
        return [*self._base("exec"), pod, *of_container, "--stdin", "--", *command]

    def logs_argv(self, words: Sequence[str]) -> list[str]:
        """Show logs."""
        return [*self._base("logs"), *words]

    def _base(self, verb: str) -> list[str]:
        of_context = [] if self.context is None else [f"--context={self.context}"]
        return ["kubectl", verb, *of_context, f"--namespace={self.namespace}"]

    def diagnose(self, result: Result, place: str) -> ParityError | None:
        """What kubectl says went wrong with `place`, or None where its words do not tell."""
        if result.cut == "timeout":
            return Unreachable(f"{place} gave no answer within the deadline", hint="--timeout S allows more")
        if result.code == 0:
            return None
        said = result.err.decode("utf-8", "replace")
        if _STARTED not in said:
            cause = self._refused(said, place)
            if cause is not None:
                return cause
        return NoPython(f"no Python was found in {place}") if _NO_PROGRAM.search(said) else None

    def _refused(self, said: str, place: str) -> Unreachable | None:
        """What the API, or the way to it, refused."""
        if "(Forbidden)" in said or _FORBIDDEN.search(said):
            return self._forbidden(_FORBIDDEN.search(said), place)
        gone = _NOT_FOUND.search(said)
        if gone is not None:
            return self._gone(gone["resource"], safe(gone["name"]))
        for pattern, message, hint in _CAUSES:
            if re.search(pattern, said):
                return Unreachable(message.format(context=self.context), hint=hint)
        return None

    def _forbidden(self, match: re.Match[str] | None, place: str) -> Unreachable:
        if match is None:
            return Unreachable(f"the cluster forbids to look at {place}", hint="ask for the right to create pods/exec")
        verb, resource = match["verb"], match["resource"] + (f".{match['group']}" if match["group"] else "")
        return Unreachable(
            f"the cluster forbids to {verb} {resource} in namespace {self.namespace}",
            hint=f"a Role must grant the verb {verb} on {resource}; `kubectl auth can-i {verb} {resource}` tells",
        )

    def _gone(self, resource: str, name: str) -> Unreachable:
        if resource == "namespaces":
            return Unreachable(f"the cluster has no namespace {name}", hint="`kubectl get namespaces` lists them")
        singular = resource.partition(".")[0].removesuffix("s")
        return Unreachable(
            f"namespace {self.namespace} has no {singular} {name}",
            hint=f"`kubectl get {resource} --namespace={self.namespace}` lists them",
        )
