import multiprocessing


def fetch(currencies):
    results = multiprocessing.SimpleQueue()

    def one(currency):
        results.put((currency, len(currency) / 3))

    children = [multiprocessing.Process(target=one, args=(currency,)) for currency in currencies]
    for child in children:
        child.start()
    rates = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return rates


if __name__ == "__main__":
    print(fetch(["EUR", "CHF"]))
