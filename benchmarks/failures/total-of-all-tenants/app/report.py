import os

import psycopg2


def totals(cursor):
    for tenant in ("acme", "initech"):
        cursor.execute("select sum(total) from invoices where tenant = %s", (tenant,))
        yield tenant, float(cursor.fetchone()[0])


with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    for tenant, total in totals(cursor):
        print(f"{tenant:12} {total:8.2f}")
