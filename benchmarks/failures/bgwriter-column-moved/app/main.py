import os

import psycopg2

GAUGES = {
    "checkpoints": "select checkpoints_timed from pg_stat_bgwriter",
    "connections": "select count(*) from pg_stat_activity",
}

connection = psycopg2.connect(os.environ["DATABASE_URL"])
for name, query in GAUGES.items():
    with connection.cursor() as cursor:
        cursor.execute(query)
        print(name, cursor.fetchone()[0])
