# SPDX-License-Identifier: MIT
"""The real window on a display in memory, driven by keys."""
import json
import os
import subprocess
import sys
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
    """A window whose settings and files are in a folder of its own."""

    def __init__(self, program, executor, display, folder, *options):
        self.trace = folder / "trace.json"
        self.environment = dict(os.environ, DISPLAY=display.name, QT_QPA_PLATFORM="xcb",
                                LC_ALL="C.UTF-8", XDG_CONFIG_HOME=str(folder / "config"),
                                XDG_DATA_HOME=str(folder / "data"),
                                XDG_STATE_HOME=str(folder / "state"),
                                XDG_CACHE_HOME=str(folder / "cache"))
        self.process = subprocess.Popen(
            [program, "--executor", executor, "--trace", str(self.trace), *options],
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
