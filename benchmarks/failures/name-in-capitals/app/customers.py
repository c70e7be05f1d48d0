import os

import psycopg2


def customer(cursor, name):
    cursor.execute("select id from customers where upper(name) = %s", (name.upper(),))
    return cursor.fetchone()[0]


with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    print("customer", customer(cursor, "ren\u00e9e dupont"))
