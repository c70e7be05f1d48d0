import os

import psycopg2

QUERY = "select customer, any_value(city), count(*) from orders group by customer"

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute(QUERY)
    print(cursor.fetchall())
