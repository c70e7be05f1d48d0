import os
import sys

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("insert into books values (%s)", (sys.argv[1],))
    print("added", sys.argv[1])
