"""Tells the stock, for people and for programs."""

from rich.console import Console

Console().print_json(data={"sku": "bolt", "count": 12})
