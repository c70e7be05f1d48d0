import sqlite3

ledger = sqlite3.connect("/data/ledger.db")
ledger.execute("create table if not exists entries(amount)")
ledger.execute("insert into entries values (12.5)")
ledger.commit()
print("booked")
