"""The Markdown reports: a comment on a change, and the summary of a CI step.

inline      text as code or prose that no reader of Markdown takes for anything else
rows        findings, sections and sides as rows of tables
document    the order of the parts, and what is left out where there is no room
"""
