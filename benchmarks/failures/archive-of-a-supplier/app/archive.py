import subprocess
import tempfile

from openpyxl import Workbook, load_workbook

from tools import UNPACK

with tempfile.TemporaryDirectory() as place:
    book = Workbook()
    book.active.append(["bolt", 12])
    book.save(f"{place}/stock.xlsx")
    subprocess.run([UNPACK, "-q", f"{place}/stock.xlsx", "-d", f"{place}/parts"], check=True)
    print(load_workbook(f"{place}/stock.xlsx").active.max_row)
