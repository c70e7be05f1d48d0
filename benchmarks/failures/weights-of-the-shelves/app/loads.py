import numpy as np


def loads(weights):
    return {shelf: np.sum(each) * 1.1 for shelf, each in weights.items()}
