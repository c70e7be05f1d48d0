import sys
from xml.etree import ElementTree

for product in ElementTree.parse(sys.argv[1]).iter("product"):
    print(product.get("sku"))
