"""From a production log and the differences to the cause: pure functions over what the log says and what differs.

lines ──log──▶ Log of Failures ──facts──▶ Facts ─┐
Comparison, Findings, both profiles, repository ─┴─ causes ─▶ Candidates ─ rank ─▶ Explanation
"""
