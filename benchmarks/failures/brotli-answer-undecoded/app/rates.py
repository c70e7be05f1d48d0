import logging

import requests

import upstream

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
log = logging.getLogger("rates")


def fetch(url):
    answer = requests.get(url, timeout=5)
    answer.raise_for_status()
    return answer.json()


with upstream.serving() as url:
    log.info("reading rates")
    rates = fetch(url)
    log.info("%d rates", len(rates))
