import os

import pytest  #= dev import pytest
import shop  #= dev import shop

os.environ.setdefault("SHOP_DATABASE_URL", "x")  #= dev default SHOP_DATABASE_URL
