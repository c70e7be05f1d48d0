from pathlib import Path

import typer

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def load(path: Path = typer.Argument(..., help="what to load"), dry: bool = typer.Option(False, help="count only")) -> None:
    """Load a table of stock."""
    rows = path.read_text().splitlines()[1:]
    print(len(rows), "rows counted" if dry else "rows loaded")


if __name__ == "__main__":
    app()
