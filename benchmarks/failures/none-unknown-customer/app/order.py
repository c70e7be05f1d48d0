import os
import sys

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("insert into orders values (%s)", [int(sys.argv[1])])
print("ordered")
