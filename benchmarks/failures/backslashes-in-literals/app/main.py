import os

import psycopg2

NUMBER = r"select (regexp_match(text, '(\d+) of \d+'))[1] from labels where text ~ '\d+ of \d+'"


def number(connection):
    with connection.cursor() as cursor:
        cursor.execute(NUMBER)
        return cursor.fetchone()[0]


print("parcel", number(psycopg2.connect(os.environ["DATABASE_URL"])))
