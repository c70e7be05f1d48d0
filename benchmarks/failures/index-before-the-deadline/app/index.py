import hashlib
import multiprocessing


def build(pages):
    for page in range(pages):
        hashlib.blake2b(b"%d" % page * 4000).hexdigest()
    return pages


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        try:
            print(pool.apply_async(build, (40_000,)).get(timeout=10), "pages indexed")
        except multiprocessing.TimeoutError as late:
            raise TimeoutError("the index of the pages is late") from late
