import sqlite3
import sys

held = sqlite3.connect(":memory:")
held.execute("create table partners(id integer primary key)")
held.execute("insert into partners values (?)", [int(sys.argv[1])])
print("kept")
