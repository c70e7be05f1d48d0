import os
import time

import psycopg2


def price(sku):
    time.sleep(0.8)  # asks three suppliers
    return 12.5


with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("delete from quotes where sku = %s", ["A-17"])
    cursor.execute("insert into quotes values (%s, %s)", ["A-17", price("A-17")])
print("quoted")
