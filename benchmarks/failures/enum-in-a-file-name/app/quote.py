import json
from enum import Enum


class Region(str, Enum):
    EU = "eu"
    UK = "uk"


def tariff(region):
    with open(f"tariffs/{region}.json") as stream:
        return json.load(stream)


print(tariff(Region.EU)["parcel"])
