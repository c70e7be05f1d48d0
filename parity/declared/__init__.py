"""What a repository promises, read from its files alone: nothing of it is imported or run.

    walk ─▶ (text, name) ─ readers ─▶ Facts ─ assemble ─▶ sections of a Profile

A reader is a pure function from one file's text to `Facts`; only walk.py and git.py touch the machine.
"""
