import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("insert into invoices values (12.5)")
    cursor.execute("select sum(total) from invoices")
    print(cursor.fetchone()[0])
