import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("select number from orders where cents > 1_000_000 order by number")
    print([number for (number,) in cursor])
