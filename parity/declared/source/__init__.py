"""What the Python source of a repository says, by its syntax trees.

    file ─ scan ─▶ Rows (what one file says by itself) ─ link ─▶ Facts (names followed through the repository)

scan.py goes over each tree once, in a child process (children.py): a hostile file can end a parser, and must not end
parity. What the scan needs of the field's libraries stands in tables: readers.py, pools.py, programs.py.
"""
