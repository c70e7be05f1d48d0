import os

from elasticsearch import Elasticsearch

catalogue = Elasticsearch([os.environ["SEARCH_HOST"]])
print("searching through", type(catalogue.transport).__name__)
