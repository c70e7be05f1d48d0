from pathlib import PurePosixPath

from config import REGION


def shelf(sku):
    return PurePosixPath("/warehouses") / REGION / sku


print(shelf("A-17"))
