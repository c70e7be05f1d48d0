import sys

import pandas as pd

prices = pd.read_csv(sys.argv[1])
print(prices.groupby(prices["article"].str[:3])["net"].sum())
