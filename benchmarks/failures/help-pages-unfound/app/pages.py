import os

import psycopg2

QUERY = "select title from pages where to_tsvector(title) @@ plainto_tsquery(%s)"


def best(cursor, words):
    cursor.execute(QUERY, (words,))
    return cursor.fetchall()[0][0]


with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    print(best(cursor, "returned parcels"))
