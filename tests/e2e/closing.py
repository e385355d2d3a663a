# SPDX-License-Identifier: MIT
"""P9 of the window: closes it while 50 plugins are active and their handlers hang.

    closing.py FANFARE FANFARE_CLI ENDLESS_PLUGIN threads|processes [PLUGINS]

Prints how long it took. The window has to end with 0 within 1.5 s, whatever runs, no process may
be left that knows its folder, and the run that is kept has every task.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from drivenwindow import Display, Window, until

LIMIT = 1.5  # seconds


def install(plugin, folder, count):
    """Writes count builds of a plugin, each with an id of its own."""
    folder.mkdir(mode=0o700)
    content = plugin.read_bytes()
    end = content.index(b"org.fanfare.fixture.endless") + len(b"org.fanfare.fixture.endless")
    for number in range(count):
        copy = folder / f"endless-{number}.so"
        copy.write_bytes(content[:end - 4] + b"%04d" % number + content[end:])
        copy.chmod(0o700)


def processes_using(folder):
    """The ids of all processes that have folder in their command line or environment."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                known = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:  # it has ended meanwhile, or is not ours
                continue
            if str(folder).encode() in known:
                found.append(int(entry.name))
    return found


def close(window):
    """Seconds from the keys that close the window until it has ended."""
    start = time.monotonic()
    window.tool("key", "ctrl+q")
    window.process.wait(60)
    return time.monotonic() - start


def kept_tasks(client, folder):
    """How many tasks each of the kept runs has."""
    told = subprocess.run([client, "runs", "--json", "--runs", folder / "data/fanfare/runs"],
                          check=True, text=True, stdout=subprocess.PIPE).stdout
    return [json.loads(line)["tasks"] for line in told.splitlines()]


def main(program, client, plugin, executor, count=50):
    with Display() as display, tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        install(pathlib.Path(plugin), folder / "plugins", int(count))
        window = Window(program, executor, display, folder,
                        "--workers", "4", "--plugins", str(folder / "plugins"))
        before = len(processes_using(folder))
        window.tool("key", "ctrl+Return")
        until("running tasks", lambda: window.title().startswith("Live"))
        seconds = close(window)
        code = window.process.returncode
        until("the end of all processes", lambda: not processes_using(folder))
        kept = kept_tasks(client, folder)
    print(f"{count} plugins on {executor}: closed in {seconds * 1000:.0f} ms with {code}, "
          f"{before} processes before, none after")
    if code != 0 or seconds > LIMIT:
        sys.exit("it has to end with 0 within 1.5 s")
    if kept != [int(count)]:
        sys.exit(f"the run should have one task of each plugin, not {kept}")


main(*sys.argv[1:])
