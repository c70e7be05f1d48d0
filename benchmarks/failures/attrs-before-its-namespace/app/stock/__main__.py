from stock.item import Item

print(Item(sku="A-17", quantity=4))
