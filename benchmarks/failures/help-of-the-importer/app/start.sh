set -e
# The help is kept beside the data, for those who read it later.
python importer.py --help > /tmp/usage.txt
python importer.py stock.csv --dry
