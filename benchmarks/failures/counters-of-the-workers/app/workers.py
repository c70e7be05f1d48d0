import multiprocessing


def work(done, parcels):
    for _ in range(parcels):
        with done.get_lock():
            done.value += 1


if __name__ == "__main__":
    done = multiprocessing.Value("i", 0)
    workers = [multiprocessing.Process(target=work, args=(done, 50)) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    print(done.value)
