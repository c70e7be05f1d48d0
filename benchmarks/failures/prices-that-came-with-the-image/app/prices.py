import csv
from pathlib import Path

HERE = Path(__file__).parent


def prices() -> dict[str, float]:
    with (HERE / "data" / "prices.csv").open() as file:
        return {row["article"]: float(row["net"]) for row in csv.DictReader(file)}


print(prices()["bolt-m8"])
