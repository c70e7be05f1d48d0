"""A module of the project's own, with the name of a library's."""
