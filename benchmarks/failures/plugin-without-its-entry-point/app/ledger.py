import os

from sqlalchemy import create_engine

engine = create_engine(os.environ["LEDGER_URL"])
print("ledger by", engine.dialect.name)
