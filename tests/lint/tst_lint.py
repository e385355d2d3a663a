#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every check of lint.py is silent on a good tree and finds what it is made for in a bad one."""
import argparse
import tempfile
import unittest
from pathlib import Path

import lint

HEAD = "// SPDX-License-Identifier: MIT\n"
HEADER = HEAD + "#pragma once\n"
GOOD = {
    "core/CMakeLists.txt": "# SPDX-License-Identifier: MIT\nfind_package(Qt6 COMPONENTS Core)\n",
    "core/sdk/fanfare/sdk/handler.h": HEADER + "#include <QCoroTask>\n#include <QtPlugin>\n"
                                               "#include <fanfare/sdk/context.h>\n#include <memory>\n",
    "core/fanfare/base/ids.h": HEADER + "#include <QHash>\n",
    "core/fanfare/events/linker.cpp": HEAD + '#include "fanfare/events/linker.h"\n'
                                             "#include <fanfare/base/ids.h>\n"
                                             "#include <fanfare/sdk/handler.h>\n",
    "app/desktop/window.cpp": HEAD + "#include <QWidget>\n#include <fanfare/events/linker.h>\n",
    "plugins/basics/basics.cpp": HEAD + "#include <fanfare/sdk/handler.h>\n#include <QColor>\n",
    "tests/run.sh": "#!/bin/sh\n# SPDX-License-Identifier: MIT\n",
    "tests/tst_x.cpp": HEAD + "const bool done = co_await task;\nif (done)\n    stop();\n",
    "resources/notes.md": "All is done.\n",
    "README.md": "[tests](tests/run.sh) [web](https://x)\n<!-- app/main.cpp -->\n```cpp\nint x;\n```\n",
    "app/main.cpp": HEAD + "int x;\n",
}
QT = ["QtCore/QHash", "QtCore/QtPlugin", "QtGui/QColor", "QtGui/qcolor.h", "QtWidgets/QWidget"]


class Tree:
    """A source tree and Qt headers in a temporary folder."""

    def __init__(self, changes=None):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name) / "source"
        self.qt = Path(self.folder.name) / "qt"
        for name in QT:
            self.write(self.qt / name, "")
        for name, text in {**GOOD, **(changes or {})}.items():
            self.write(self.root / name, text)

    @staticmethod
    def write(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def findings(self, check, program=None):
        options = argparse.Namespace(qt_headers=self.qt, program=program)
        found = lint.CHECKS[check](self.root, options)
        return [f"{path.relative_to(self.root)}:{number}" for path, number, _ in found]


class LintTest(unittest.TestCase):
    def tree(self, changes=None):
        tree = Tree(changes)
        self.addCleanup(tree.folder.cleanup)
        return tree

    def finds(self, check, name, text, line):
        self.assertEqual(self.tree({name: text}).findings(check), [f"{name}:{line}"])

    def test_a_good_tree_has_no_findings(self):
        tree = self.tree()
        for check in lint.CHECKS.keys() - {"program", "format"}:
            self.assertEqual(tree.findings(check), [], check)

    def test_gui_headers_in_core(self):
        for include in ["<QColor>", "<QtWidgets/QWidget>", "<qcolor.h>", '"QWidget"']:
            self.finds("gui", "core/fanfare/base/a.h", HEADER + f"#include {include}\n", 3)

    def test_gui_libraries_of_core(self):
        head = "# SPDX-License-Identifier: MIT\n"
        self.finds("gui", "core/CMakeLists.txt", head + "target_link_libraries(x Qt6::Widgets)\n", 2)
        self.finds("gui", "core/CMakeLists.txt", head + "find_package(Qt6 COMPONENTS Core Gui)\n", 2)

    def test_deciders(self):
        self.finds("deciders", "core/fanfare/processes/slot.h", HEADER + "#include <QString>\n", 3)
        tree = self.tree({"core/fanfare/processes/supervisor.cpp":
                          HEAD + "#include <fanfare/base/ids.h>\n"})
        self.assertEqual(tree.findings("deciders"), ["core/fanfare/base/ids.h:3"])

    def test_layers(self):
        self.finds("layers", "core/fanfare/base/a.h",
                   HEADER + "#include <fanfare/events/linker.h>\n", 3)
        self.finds("layers", "core/fanfare/base/a.h",
                   HEADER + '#include "fanfare/events/linker.h"\n', 3)
        self.finds("layers", "core/fanfare/base/a.h", HEADER + '#include "../events/linker.h"\n', 3)
        self.finds("layers", "core/fanfare/helpers/a.h", HEADER, 1)

    def test_sdk(self):
        for include in ["<fanfare/base/ids.h>", "<QColor>", "<openssl/evp.h>", "<unistd.h>"]:
            self.finds("sdk", "core/sdk/fanfare/sdk/a.h", HEADER + f"#include {include}\n", 3)

    def test_plugins(self):
        for include in ["<fanfare/base/ids.h>", '"../basics/basics.h"', "<QWidget>"]:
            self.finds("plugins", "plugins/x/x.cpp", HEAD + f"#include {include}\n", 2)

    def test_spdx(self):
        self.finds("spdx", "app/a.cpp", "#include <QHash>\n", 1)
        self.finds("spdx", "app/a.cpp", "", 1)
        self.finds("spdx", "app/a.h", HEAD + "#ifndef A_H\n", 2)
        self.finds("spdx", "tests/a.py", "#!/usr/bin/env python3\nprint()\n", 1)
        self.finds("spdx", "core/x.cmake", "function(x)\n", 1)

    def test_length(self):
        self.assertEqual(self.tree({"app/a.cpp": "\n" * 400}).findings("length"), [])
        self.finds("length", "app/a.cpp", "\n" * 401, 401)

    def test_marks(self):
        mark = "TO" + "DO"
        self.finds("marks", "resources/notes.md", f"Done.\nBut {mark}: more.\n", 2)
        self.finds("marks", "plugins/x/x.cpp", HEAD + f"// {mark} more\n", 2)

    def test_coawait(self):
        for text in ["if (co_await task)", "while (!co_await next())", "if (x && (co_await task))"]:
            self.finds("coawait", "app/a.cpp", HEAD + text + "\n", 2)
        self.assertEqual(self.tree({"app/a.cpp": "// if (co_await x)\n"}).findings("coawait"), [])

    def test_docs(self):
        self.finds("docs", "app/README.md", "\n" * 81, 81)
        self.finds("docs", "core/decisions/0001-x.md", "\n" * 41, 41)
        self.finds("docs", "app/README.md", "See\n[this](gone.md)\n", 2)
        changed = self.tree({"app/main.cpp": HEAD + "int y;\n"})
        self.assertEqual(changed.findings("docs"), ["README.md:2"])

    def test_format(self):
        tree = self.tree({".clang-format": "BasedOnStyle: WebKit\n", "app/a.cpp": "int  a ;\n"})
        try:
            self.assertIn("app/a.cpp:1", tree.findings("format"))
        except lint.CannotCheck as reason:
            self.skipTest(str(reason))

    def test_what_cannot_be_checked_is_said(self):
        with self.assertRaises(lint.CannotCheck):
            self.tree().findings("program", Path("/nowhere/program"))


if __name__ == "__main__":
    unittest.main()
