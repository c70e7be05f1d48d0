# -*- coding: latin-1 -*-
import os

# café
os.environ["CAFE"]  #= required CAFE
