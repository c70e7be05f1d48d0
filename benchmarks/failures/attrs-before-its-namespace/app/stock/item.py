from attrs import define, field


@define
class Item:
    sku: str
    quantity: int = field(default=0)
