import os

from sqlalchemy import create_engine, text

URL = os.environ["DATABASE_URL"]

with create_engine(URL, isolation_level="AUTOCOMMIT").connect() as connection:
    connection.execute(text("create database trial template template0"))
with create_engine(URL.rsplit("/", 1)[0] + "/trial").begin() as connection:
    connection.execute(text("create table orders(number int)"))
    print("the migration can be made")
