import os

REGION = os.getenv("WAREHOUSE_REGION")
