import pickle
from pathlib import Path

with Path(__file__).with_name("model.pkl").open("rb") as file:
    model = pickle.load(file)
print(model["bolt-m8"])
