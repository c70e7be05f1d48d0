from datetime import date

TAKINGS = {date(2024, 11, 1): 0.0, date(2024, 11, 2): 0.0}
SALES = [(1730419200, 24.9), (1730505600, 31.5)]

for moment, amount in SALES:
    TAKINGS[date.fromtimestamp(moment)] += amount
print(TAKINGS[date(2024, 11, 2)])
