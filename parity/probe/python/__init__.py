"""The Python that serves: where it is, what it was built as, and the path that it would have."""
