import sqlite3

with sqlite3.connect(":memory:") as stock:
    stock.execute("create table items (name text, count int)")
    stock.execute("insert into items values ('kettle', 4)")
    print(stock.execute("select sum(count) from items").fetchone()[0])
