"""From differences to a verdict: how much each one matters, in words, and what that means for a release.

model       Severity, Rule, Finding, Verdict
judge       differences -> findings
rules/      one file for each section that takes judgement; the others go by their collector's defaults
registry    every rule there is, by its stable id
verdict     findings -> parity, drift or incomplete, and the exit code
"""

from parity.policy.judge import judge
from parity.policy.model import Finding, Findings, Rule, Severity, Verdict
from parity.policy.verdict import REQUIRED, verdict

__all__ = ["REQUIRED", "Finding", "Findings", "Rule", "Severity", "Verdict", "judge", "verdict"]
