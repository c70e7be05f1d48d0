import os

import psycopg2


def below(cursor, parent):
    cursor.execute("select name from category where parent = %s", (parent,))
    return cursor.fetchone()


with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    (root,) = below(cursor, None)
    print(root, below(cursor, root))
