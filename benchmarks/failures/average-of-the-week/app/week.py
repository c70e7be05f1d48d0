from statistics import mean

SOLD = {"mon": 12, "tue": 9, "wed": 14}
print("on average", round(mean(SOLD.values()), 1))
