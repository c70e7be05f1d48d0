import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2


def reserve(articles):
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    with connection, connection.cursor() as cursor:
        for article in articles.split(","):
            cursor.execute("update stock set count = count - 1 where article = %s", (article,))
            time.sleep(0.7)
    connection.close()
    return articles


with ThreadPoolExecutor() as pool:
    print(list(pool.map(reserve, sys.argv[1:])))
