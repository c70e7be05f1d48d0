import sqlite3

QUERY = "select c.name, count(o.id) from orders o right join customers c on c.id = o.customer group by c.id"

held = sqlite3.connect(":memory:")
held.executescript("create table customers(id, name); create table orders(id, customer);"
                   "insert into customers values (1, 'Ada'), (2, 'Bob'); insert into orders values (7, 1);")
for row in held.execute(QUERY):
    print(row)
