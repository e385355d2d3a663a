// SPDX-License-Identifier: MIT
#include "cli/application.h"

#include <fanfare/base/heap.h>

#include <QCoreApplication>

#include <clocale>
#include <cstdlib>
#include <cstring>
#include <langinfo.h>

/// Qt takes arguments and file names as UTF-8 and warns on standard error when the locale says
/// otherwise, as in a service or a container without LANG. Saying UTF-8 ourselves keeps standard
/// error for what the user must know.
static void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        ::setenv("LC_ALL", "C.UTF-8", 1);
}

int main(int argc, char **argv)
{
    useUtf8();
    Fanfare::returnLargeBlocks();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("fanfare-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FANFARE_VERSION));
    return Fanfare::Cli::execute(QCoreApplication::arguments().mid(1));
}
