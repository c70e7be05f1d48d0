import importlib
import os

import carriers


def names():
    for entry in sorted(os.listdir(os.path.dirname(carriers.__file__))):
        name, extension = os.path.splitext(entry)
        if extension == ".py" and not name.startswith("_"):
            yield name


for name in names():
    print(name, importlib.import_module(f"carriers.{name}").rate(2.5))
