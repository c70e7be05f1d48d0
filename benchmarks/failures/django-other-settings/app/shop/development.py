from shop.live import *

DEBUG = True
INVOICE_PREFIX = "DEV"
