import json
from pathlib import Path

ledger = json.loads(Path("ledger.json").read_text())
for account, held in ledger.items():
    total = sum(held["journal"])
    if total != held["total"]:
        raise SystemExit(f"account {account}: journal and ledger do not agree")
print(len(ledger), "accounts agree")
