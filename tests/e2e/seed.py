# SPDX-License-Identifier: MIT
"""Starts the real window on a display in memory, presses Emit twice and checks the four tasks.

    seed.py FANFARE threads|processes

What the window shows is judged by the trace it writes when it is closed, and by its title, which
tells whether the engine is ready and whether tasks run.
"""
import pathlib
import sys
import tempfile

from drivenwindow import Display, Window, until


def tasks(trace):
    """(handler, outcome) of every task, sorted."""
    events = trace["traceEvents"] if isinstance(trace, dict) else trace
    return sorted((event["name"], event["args"]["outcome"]) for event in events
                  if "outcome" in event.get("args", {}))


def main(program, executor):
    with Display() as display, tempfile.TemporaryDirectory() as folder:
        window = Window(program, executor, display, pathlib.Path(folder), "--workers", "2")
        for _ in range(2):
            window.tool("key", "ctrl+Return")
        until("running tasks", lambda: window.title().startswith("Live"))
        until("the end of the tasks", lambda: window.title() == "Fanfare")
        found = tasks(window.close())
    print(*found, sep="\n")
    expected = [("[Async]", "Succeeded")] * 2 + [("[Sync]", "Succeeded")] * 2
    if found != expected:
        sys.exit(f"expected {expected}")
    if window.process.returncode != 0:
        sys.exit(f"the window ended with {window.process.returncode}")


main(*sys.argv[1:])
