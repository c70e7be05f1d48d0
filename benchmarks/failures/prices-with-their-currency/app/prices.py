import locale

locale.setlocale(locale.LC_ALL, "")
for pence in (1250, 99900):
    print(locale.currency(pence / 100, grouping=True, symbol=False))
