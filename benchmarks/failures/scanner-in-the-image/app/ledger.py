import logging

logging.basicConfig(level=logging.INFO)
logging.info("opening the ledger")
import sqlite3  # noqa: E402

with sqlite3.connect(":memory:") as ledger:
    logging.info("%s entries", ledger.execute("select 0").fetchone()[0])
