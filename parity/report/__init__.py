"""Results into text. Every renderer is a pure function that returns the text and prints nothing.

base               Report: one finished comparison; Screen: what a renderer may know of where it is read
formats/           one file a format of `parity diff`, found by the directory
html/              what the HTML report is made of
markdown/          what the Markdown reports are made of
parts              the findings under the headings of a document
profile_terminal   one profile, for `parity show`
diff.schema.json   the published format of the JSON document
explained          Explained: the answer of `parity explain`; explanation/ has its formats, explanation.schema.json the
                   published one
"""

from parity.report.base import Report, Screen
from parity.report.formats import formats, render

__all__ = ["Report", "Screen", "formats", "render"]
