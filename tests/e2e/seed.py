# SPDX-License-Identifier: MIT
"""Starts the real window on a display in memory, presses Emit twice and checks the four tasks.

    seed.py FANFARE threads|processes

What the window shows is judged by the trace it writes when it is closed, and by its title, which
tells whether the engine is ready and whether tasks run.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

PATIENCE = 40  # seconds


def until(what, look):
    """Polls look() until it gives something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    sys.exit(f"not within {PATIENCE} s: {what}")


class Display:
    """An X server in memory, on a number that it chooses itself."""

    def __enter__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as numbers:
            self.name = f":{numbers.readline().strip()}"
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()


class Window:
    def __init__(self, program, executor, display, folder):
        self.trace = folder / "trace.json"
        self.environment = dict(os.environ, DISPLAY=display.name, QT_QPA_PLATFORM="xcb",
                                LC_ALL="C.UTF-8", XDG_CONFIG_HOME=str(folder / "config"),
                                XDG_DATA_HOME=str(folder / "data"),
                                XDG_STATE_HOME=str(folder / "state"))
        self.process = subprocess.Popen(
            [program, "--executor", executor, "--workers", "2", "--trace", str(self.trace)],
            env=self.environment)
        self.id = until("a window", lambda: self.tool("search", "--onlyvisible", "--name", "Fanfare"))
        until("a ready engine", lambda: self.title() == "Fanfare")
        self.tool("windowfocus", self.id)

    def tool(self, *arguments):
        done = subprocess.run(["xdotool", *arguments], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.stdout.split("\n")[0].strip()

    def title(self):
        return self.tool("getwindowname", self.id)

    def close(self):
        self.tool("key", "ctrl+q")
        self.process.wait(PATIENCE)
        return json.loads(self.trace.read_text())


def tasks(trace):
    """(handler, outcome) of every task, sorted."""
    events = trace["traceEvents"] if isinstance(trace, dict) else trace
    return sorted((event["name"], event["args"]["outcome"]) for event in events
                  if "outcome" in event.get("args", {}))


def main(program, executor):
    with Display() as display, tempfile.TemporaryDirectory() as folder:
        window = Window(program, executor, display, pathlib.Path(folder))
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
