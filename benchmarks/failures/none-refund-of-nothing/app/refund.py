import os
import sys

from sqlalchemy import create_engine, text

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    each = text("select paid / items from orders where number = :number")
    print("refunding", connection.execute(each, {"number": int(sys.argv[1])}).scalar_one(), "cents an item")
