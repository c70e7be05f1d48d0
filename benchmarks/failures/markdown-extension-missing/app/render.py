import markdown

EXTENSIONS = ["tables", "pymdownx.tasklist"]

TEXT = """
- [x] packed
- [ ] shipped
"""

print(markdown.markdown(TEXT, extensions=EXTENSIONS))
