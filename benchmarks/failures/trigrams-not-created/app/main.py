import os

import psycopg2


def search(cursor, words):
    cursor.execute("select name from products order by similarity(name, %s) desc limit 1", [words])
    return cursor.fetchone()[0]


with psycopg2.connect(os.environ["DATABASE_URL"]) as connection:
    print(search(connection.cursor(), "ketle"))
