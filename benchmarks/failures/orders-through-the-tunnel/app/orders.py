import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("select count(*) from orders")
    print(cursor.fetchone()[0], "orders")
