import json
from multiprocessing import Pool
from pathlib import Path


def in_euro(amount):
    value, currency = amount
    return round(value / RATES[currency], 2)


if __name__ == "__main__":
    RATES = json.loads(Path(__file__).with_name("rates.json").read_text())
    with Pool(2) as pool:
        print(pool.map(in_euro, [(12.0, "USD"), (900.0, "JPY"), (4.5, "GBP")]))
