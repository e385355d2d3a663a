#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The chaos of R1 on the process pools that come with Python: peers.py TASKS PAUSE_MS

TASKS tasks of 4 ms on 4 workers, a random one of which is killed every PAUSE_MS. Prints one JSON
object per pool. A task without an end when nothing happens any more counts as lost.
"""
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, wait

WORKERS = 4


def work(number):
    time.sleep(0.004)
    return number


def children():
    found = []
    for thread in os.listdir("/proc/self/task"):
        try:
            with open(f"/proc/self/task/{thread}/children", encoding="ascii") as file:
                found += [int(pid) for pid in file.read().split()]
        except OSError:
            pass
    return found


class Killer(threading.Thread):
    def __init__(self, pause):
        super().__init__(daemon=True)
        self.pause = pause
        self.kills = 0
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.wait(self.pause):
            workers = children()
            if not workers:
                continue
            try:
                os.kill(random.choice(workers), signal.SIGKILL)
                self.kills += 1
            except ProcessLookupError:
                pass


def futures(count):
    """concurrent.futures: every future after the first kill is broken."""
    pool = ProcessPoolExecutor(WORKERS)
    accepted = []
    for number in range(count):
        try:
            accepted.append(pool.submit(work, number))
        except RuntimeError:
            pass  # the pool is broken
    wait(accepted, timeout=60)
    succeeded = sum(future.done() and not future.exception() for future in accepted)
    ended = sum(future.done() for future in accepted)
    pool.shutdown(wait=False, cancel_futures=True)
    return succeeded, ended - succeeded + count - len(accepted)


def pool(count):
    """multiprocessing.Pool: a task whose worker dies never ends."""
    workers = multiprocessing.Pool(WORKERS)
    results = [workers.apply_async(work, (number,)) for number in range(count)]
    quiet = time.monotonic()
    before = 0
    while True:
        done = sum(result.ready() for result in results)
        if done == count or time.monotonic() - quiet > 5:
            break
        if done > before:
            quiet = time.monotonic()
        before = done
        time.sleep(0.05)
    succeeded = sum(result.ready() and result.successful() for result in results)
    return succeeded, done - succeeded


def measure(run, count, pause):
    killer = Killer(pause)
    begin = time.monotonic()
    killer.start()
    succeeded, failed = run(count)
    killer.stopped.set()
    print(json.dumps({"pool": run.__name__, "succeeded": succeeded, "failed": failed,
                      "lost": count - succeeded - failed, "kills": killer.kills,
                      "seconds": round(time.monotonic() - begin, 2)}), flush=True)


def main():
    count, pause = int(sys.argv[1]), float(sys.argv[2]) / 1000
    name = sys.argv[3] if len(sys.argv) > 3 else ""
    if name:
        measure({"futures": futures, "pool": pool}[name], count, pause)
        os._exit(0)  # a pool that lost its workers may never let go
    for each in ("futures", "pool"):
        # In a group of its own, because workers stay behind.
        process = subprocess.Popen([sys.executable, __file__, sys.argv[1], sys.argv[2], each],
                                   start_new_session=True)
        process.wait()
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


if __name__ == "__main__":
    main()
