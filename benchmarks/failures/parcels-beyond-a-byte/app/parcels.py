import numpy as np
import structlog

log = structlog.get_logger()


def girth(length, width, height):
    total = length + 2 * (width + height)
    if total < length:
        raise ValueError(f"girth {total} of a parcel is below its longest side {length}")
    return total


for sides in np.array([[100, 30, 20], [240, 60, 40]], dtype=np.uint8):
    log.info("parcel", girth=int(girth(*sides)))
