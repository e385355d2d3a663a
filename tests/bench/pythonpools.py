#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the process pools of Python do: pythonpools.py POOL WHAT COUNT [SIZE WINDOW]

POOL is futures (concurrent.futures) or pool (multiprocessing.Pool), each with two workers.
Prints numbers: tasks: seconds; echo: seconds; trips: microseconds of each; start: seconds;
memory: resident and proportional MiB of a worker.
"""
import multiprocessing
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor

WORKERS = 2


def nothing():
    return None


def echo(payload):
    return payload


class Futures:
    def __init__(self):
        self.pool = ProcessPoolExecutor(WORKERS)

    def submit(self, function, *arguments, callback=None):
        future = self.pool.submit(function, *arguments)
        if callback:
            future.add_done_callback(callback)
        return future.result

    def end(self):
        self.pool.shutdown()


class Pool:
    def __init__(self):
        self.pool = multiprocessing.Pool(WORKERS)

    def submit(self, function, *arguments, callback=None):
        return self.pool.apply_async(function, arguments, callback=callback).get

    def end(self):
        self.pool.terminate()  # its workers would stay behind
        self.pool.join()


def tasks(pool, count):
    begin = time.perf_counter()
    for result in [pool.submit(nothing) for _ in range(count)]:
        result()
    return [time.perf_counter() - begin]


def exchange(pool, count, size, window):
    payload = b"x" * size
    room = threading.Semaphore(window)
    begin = time.perf_counter()
    results = []
    for _ in range(count):
        room.acquire()
        results.append(pool.submit(echo, payload, callback=lambda _: room.release()))
    for result in results:
        result()
    return [time.perf_counter() - begin]


def trips(pool, count):
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        pool.submit(nothing)()
        times.append((time.perf_counter() - begin) * 1e6)
    return times


def memory():
    sums = [0, 0]
    workers = multiprocessing.active_children()
    for worker in workers:
        with open(f"/proc/{worker.pid}/smaps_rollup", encoding="ascii") as file:
            for line in file:
                if line.startswith(("Rss:", "Pss:")):
                    sums[line.startswith("Pss:")] += int(line.split()[1]) / 1024
    return [each / len(workers) for each in sums]


def main():
    kind, what, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    begin = time.perf_counter()
    pool = {"futures": Futures, "pool": Pool}[kind]()
    first = pool.submit(nothing)
    first()
    started = time.perf_counter() - begin
    tasks(pool, 200)
    numbers = {"tasks": lambda: tasks(pool, count),
               "echo": lambda: exchange(pool, count, int(sys.argv[4]), int(sys.argv[5])),
               "trips": lambda: trips(pool, count),
               "start": lambda: [started],
               "memory": memory}[what]()
    print(*numbers, flush=True)
    pool.end()


if __name__ == "__main__":
    main()
