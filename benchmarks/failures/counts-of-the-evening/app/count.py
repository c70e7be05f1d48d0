import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    for count in (12, 14):
        cursor.execute(
            "insert into stock values ('bolt', %s) on conflict (sku) do update set count = excluded.count", (count,)
        )
    cursor.execute("select count from stock")
    print(cursor.fetchall())
