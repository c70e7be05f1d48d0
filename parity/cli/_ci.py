"""What GitHub and GitLab take besides: annotations, the step's summary, the code quality report.

GitHub reads workflow commands on both standard streams
(https://docs.github.com/actions/reference/workflow-commands-for-github-actions): annotations go to standard error, and
standard output stays the result's. The summary is appended to the file that GITHUB_STEP_SUMMARY names. GitLab takes a
file (https://docs.gitlab.com/ci/testing/code_quality), for `artifacts:reports:codequality`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from parity.cli._outputs import Output, Outputs

if TYPE_CHECKING:
    from parity.cli._progress import Shown
    from parity.report import Report

CODE_QUALITY = "gl-code-quality-report.json"


def also(report: Report, outputs: Outputs, show: Shown) -> None:
    """Write what the surroundings take and nobody asked for by name. What fails is a warning: the answer stands."""
    from parity.errors import OutputError
    from parity.output import append, as_it_is, emit, write
    from parity.report import formats

    asked = {one.format for one in outputs.each}
    for name, path in _taken():
        if name not in formats() or name in asked:
            continue
        text = outputs.text(report, Output(name, path or os.devnull))
        try:
            if path is None:
                show.wipe()
                emit(text, sys.stderr, disarm=as_it_is)
            elif name == "summary":
                append(path, text)
            else:
                write(path, text)
        except OutputError as error:
            show.warn(str(error))


def _taken() -> list[tuple[str, str | None]]:
    """[(format, its file, None for standard error)] of what runs here."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        return [("github", None), *([("summary", summary)] if summary else [])]
    if os.environ.get("GITLAB_CI") == "true":
        return [("gitlab", str(Path(os.environ.get("CI_PROJECT_DIR", "")) / CODE_QUALITY))]
    return []
