from pathlib import Path

KEY = Path("/etc/shop/licence.key")


def licensed():
    return KEY.read_text().startswith("4411")
