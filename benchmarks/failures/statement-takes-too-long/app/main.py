import os

import psycopg2

REPORT = "select count(*) from generate_series(1, 3000) a, generate_series(1, 3000) b where (a * b) % 7 = 0"

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute(REPORT)
    print(cursor.fetchone()[0])
