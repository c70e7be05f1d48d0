import os

os.environ["MARKED"]  #= required MARKED
