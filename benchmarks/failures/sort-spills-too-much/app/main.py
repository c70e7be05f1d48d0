import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("select md5(n::text) h from generate_series(1, 200000) n order by h offset 199999")
    print(cursor.fetchone()[0])
