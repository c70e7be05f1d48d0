from rich.console import Console
from rich.table import Table

from stock import STOCK

table = Table("sku", "title", "place")
for sku, (title, place) in STOCK.items():
    table.add_row(sku, title, place)
Console().print(table)
