import os

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE_URL"])
with connection, connection.cursor() as cursor:
    cursor.execute("insert into orders(sku) values (%s) returning id", ["A-17"])
    print("order", cursor.fetchone()[0])
