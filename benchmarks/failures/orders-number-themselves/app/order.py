import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("insert into orders (item) values (%s) returning number", ("kettle",))
    print("order", cursor.fetchone()[0])
