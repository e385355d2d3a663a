#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that no compiler makes: lint.py ROOT CHECK [--qt-headers DIR] [--program FILE]

Prints one line "file:line: sentence" per finding and ends with 1 when there is one, with 77
when the check cannot be made here.
"""
import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

LAYERS = ["base", "trace", "ipc", "executors", "processes", "events", "plugins", "runs", "engine"]
SOURCE_FOLDERS = ["core", "app", "plugins", "tests"]
MAXIMUM_LINES = 400
SPDX = "SPDX-License-Identifier: MIT"
SKIPPED = 77
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
# Spelled in pieces, so that this file does not find itself.
MARKS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
CONDITION = re.compile(r"\b(if|while|for|switch)\s*\([^;]*\bco_await\b")


class CannotCheck(Exception):
    pass


def files(root, folders, suffixes):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and (path.suffix in suffixes or path.name in suffixes):
                yield path


def sources(root, *folders):
    return files(root, folders or SOURCE_FOLDERS, {".h", ".cpp"})


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def includes(path):
    """(line number, what) of every include of a file."""
    for number, line in enumerate(lines(path), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1]


def header_names(folder):
    if not folder.is_dir():
        raise CannotCheck(f"There are no Qt headers in {folder}")
    return {entry.name for entry in folder.iterdir()}


def gui_names(options):
    """Every spelling under which a header of QtGui or QtWidgets can be included."""
    if not options.qt_headers:
        raise CannotCheck("Say where Qt's headers are with --qt-headers")
    core = header_names(options.qt_headers / "QtCore")
    gui = header_names(options.qt_headers / "QtGui")
    widgets = header_names(options.qt_headers / "QtWidgets")
    return (gui | widgets) - core


def widget_names(options):
    """Every spelling under which a header of QtWidgets can be included."""
    names = gui_names(options)
    return names - header_names(options.qt_headers / "QtGui")


def check_gui(root, options):
    """Core knows no window. Linking only Qt6::Core does not ensure that: the headers are found."""
    names = gui_names(options)
    for path in sources(root, "core"):
        for number, what in includes(path):
            if what in names or what.startswith(("QtGui/", "QtWidgets/")):
                yield path, number, f"core includes {what}, a header of QtGui or QtWidgets"
    for path in files(root, ["core"], {"CMakeLists.txt", ".cmake"}):
        for number, line in enumerate(lines(path), 1):
            if re.search(r"Qt6::(Gui|Widgets)|COMPONENTS.*\b(Gui|Widgets)\b", line):
                yield path, number, "core links QtGui or QtWidgets"


def check_program(root, options):
    """A program that must not need a window system, found by what it is linked to."""
    if not options.program or not options.program.is_file():
        raise CannotCheck(f"There is no program {options.program}")
    dump = subprocess.run(["readelf", "-d", options.program], capture_output=True, text=True,
                          check=True).stdout
    for library in re.findall(r"NEEDED.*\[(.*)\]", dump):
        if re.match(r"libQt6(Gui|Widgets|DBus)|libX11|libxcb", library):
            yield options.program, 0, f"is linked to {library}"


def check_layers(root, options):
    """A folder of core/fanfare includes itself, the folders to its left and the SDK."""
    library = root / "core" / "fanfare"
    for path in sources(root, "core/fanfare"):
        layer = path.relative_to(library).parts[0]
        if layer not in LAYERS:
            yield path, 1, f"the folder {layer} has no place in the layer order {', '.join(LAYERS)}"
            continue
        allowed = ["sdk", *LAYERS[:LAYERS.index(layer) + 1]]
        for number, what in includes(path):
            parts = what.split("/")
            if parts[0] == "fanfare" and parts[1] not in allowed:
                yield path, number, f"{layer} includes {what}, which is not to its left"
            if ".." in parts:
                yield path, number, f"{what} leaves its folder; write <fanfare/...>"


def check_deciders(root, options):
    """What decides in a process pool is simulated, so it includes no Qt, not even indirectly."""
    names = ["supervisor", "slot", "tasktable", "pooltask", "killcause"]
    todo = [path for path in sources(root, "core/fanfare/processes")
            if any(path.stem.startswith(name) for name in names)]
    seen = set()
    while todo:
        path = todo.pop()
        seen.add(path)
        for number, what in includes(path):
            if re.match(r"Q[A-Z]|Qt", what):
                yield path, number, f"includes {what}; what decides in processes is free of Qt"
            included = root / "core" / what
            if included.is_file() and included not in seen:
                todo.append(included)


def check_sdk(root, options):
    """SDK headers stand on Qt Core, QCoro, the standard library and themselves."""
    names = gui_names(options)
    for path in sources(root, "core/sdk"):
        for number, what in includes(path):
            known = re.match(r"fanfare/sdk/|QCoro|Q[A-Z]|Qt[A-Z]\w*$|[a-z_0-9]+$", what)
            if not known or what in names:
                yield path, number, f"an SDK header includes {what}"


def check_plugins(root, options):
    """A bundled plugin sees of Fanfare what an outsider sees: the SDK. It may compute images with
    QtGui, but the process that it runs in has no windows."""
    names = widget_names(options)
    for path in sources(root, "plugins"):
        for number, what in includes(path):
            if what.startswith("fanfare/") and not what.startswith("fanfare/sdk/"):
                yield path, number, f"a plugin includes {what}, which is not in the SDK"
            if ".." in what.split("/"):
                yield path, number, f"a plugin includes {what} from outside its folder"
            if what in names or what.startswith("QtWidgets/"):
                yield path, number, f"a plugin includes {what}, a header of QtWidgets"


def check_spdx(root, options):
    """The license is the first line, after the interpreter line of a script."""
    suffixes = {".h", ".cpp", ".py", ".sh", ".cmake", "CMakeLists.txt"}
    for path in files(root, SOURCE_FOLDERS, suffixes):
        head = [line for line in lines(path)[:2] if not line.startswith("#!")]
        comment = "// " if path.suffix in {".h", ".cpp"} else "# "
        if not head or head[0] != comment + SPDX:
            yield path, 1, f'the first line must be "{comment}{SPDX}"'
        elif path.suffix == ".h" and head[1:] != ["#pragma once"]:
            yield path, 2, 'the second line of a header must be "#pragma once"'


def check_length(root, options):
    for path in sources(root, "core", "app", "plugins"):
        count = len(lines(path))
        if count > MAXIMUM_LINES:
            yield path, count, f"{count} lines; split what has more than {MAXIMUM_LINES}"


def check_marks(root, options):
    """Unfinished work is an issue, not a comment."""
    suffixes = {".h", ".cpp", ".py", ".sh", ".cmake", "CMakeLists.txt", ".md", ".in"}
    for path in files(root, SOURCE_FOLDERS + ["resources"], suffixes):
        for number, line in enumerate(lines(path), 1):
            if MARKS.search(line):
                yield path, number, "unfinished work is marked here"


def check_coawait(root, options):
    """g++ 12 makes wrong code of a co_await inside a condition: it resumes freed memory."""
    for path in sources(root):
        for number, line in enumerate(lines(path), 1):
            if CONDITION.search(line.split("//")[0]):
                yield path, number, "co_await inside a condition; use a variable"


def check_format(root, options):
    """The layout is .clang-format's; versions differ, so only Debian 12's is asked."""
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    version = program and subprocess.run([program, "--version"], capture_output=True, text=True,
                                         check=True).stdout
    if not version or " 14." not in version:
        raise CannotCheck("clang-format 14 is not installed")
    paths = [str(path) for path in sources(root)]
    report = subprocess.run([program, "--dry-run", "-Werror", *paths], capture_output=True,
                            text=True, check=False).stderr
    for name, number in re.findall(r"^(.*?):(\d+):\d+: error", report, re.MULTILINE):
        yield Path(name), int(number), "run clang-format"


EXAMPLE = re.compile(r"^<!-- (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:\s]+)\)")


def check_docs(root, options):
    """Examples are files that are compiled, links lead somewhere, and what is short stays short."""
    documents = [*root.glob("*.md"), *files(root, SOURCE_FOLDERS, {".md"})]
    for path in documents:
        text = path.read_text(encoding="utf-8")
        limit = 40 if path.parent.name == "decisions" else 80 if path.parent != root else None
        if limit and len(lines(path)) > limit:
            yield path, limit + 1, f"more than {limit} lines"
        for match in LINK.finditer(text):
            if not (path.parent / match[1]).exists():
                yield path, text.count("\n", 0, match.start()) + 1, f"{match[1]} does not exist"
        for match in EXAMPLE.finditer(text):
            example = root / match[1]
            source = "\n".join(lines(example)[1:]) + "\n" if example.is_file() else None
            if source != match[2]:
                yield path, text.count("\n", 0, match.start()) + 1, f"this is not {match[1]}"


CHECKS = {name.removeprefix("check_"): check for name, check in list(globals().items())
          if name.startswith("check_")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("check", choices=CHECKS)
    parser.add_argument("--qt-headers", type=Path)
    parser.add_argument("--program", type=Path)
    options = parser.parse_args()
    try:
        findings = list(CHECKS[options.check](options.root, options))
    except CannotCheck as reason:
        print(reason)
        return SKIPPED
    for path, number, sentence in findings:
        print(f"{path}:{number}: {sentence}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
