import os

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE_URL"])
with connection.cursor() as cursor:
    cursor.execute("select name from customers")
    print([len(name) for (name,) in cursor.fetchall()])
