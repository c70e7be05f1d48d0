"""The HTML report: one file that asks for nothing, loads nothing, and shows hostile text as text.

markup      elements and the one escaping: whatever is not finished markup becomes text
page        the document: its policy of content, the head, and the order of its parts
verdict     what stands at the top: the verdict, the two sides, what needs attention
findings    the differences side by side, by severity, section and sentence
filters     the controls that the script brings to life; without it they are not shown
coverage    the map of what was compared and what was not, and why
agreed      what the policy did
assets/     the style and the script, as files of their own
"""
