import structlog

import cache
from loads import loads

log = structlog.get_logger()
cache.put("shelves", loads({"oak": [12.5, 8.25], "pine": [3.0, 4.5, 6.75]}))
for shelf, load in cache.get("shelves").items():
    log.info("shelf", shelf=shelf, load=load)
