"""The distributions on the path of the interpreter that serves, and what each says of itself."""
