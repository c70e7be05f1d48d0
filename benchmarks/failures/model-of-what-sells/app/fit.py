import pickle
from pathlib import Path

Path("model.pkl").write_bytes(pickle.dumps({"bolt-m8": ["nut-m8", "washer-m8"], "nut-m8": ["bolt-m8"]}))
