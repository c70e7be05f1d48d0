"""parity inside pytest: `pytest --parity profiles/production.json`.

plugin    what pytest loads at its start: two options, a marker, a fixture, and nothing of parity
session   one run with --parity: the marker's word, what failed, and the summary at the end
parity    the comparison that a test may ask (the fixture), pure
taken     its two sides, read
failed    a report of pytest's into the traceback that Python would have printed
bearing   which differences bear on what failed, pure
causes    which of them break it, as `parity explain` knows, pure
summary   the lines at the end, pure
"""
