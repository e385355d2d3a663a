// SPDX-License-Identifier: MIT
#include "validate/interruption.h"
#include "validate/report.h"
#include "validate/stages.h"

#include <QCoreApplication>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <langinfo.h>

using namespace Fanfare::Validate;

enum ExitCode { Valid = 0, Found = 1, Usage = 2, Interrupted = 130 };

/// Qt takes file names as UTF-8 and warns when the locale says otherwise.
static void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        ::setenv("LC_ALL", "C.UTF-8", 1);
}

static void print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
    std::fflush(stdout);
}

static int validateAll(const Options &options)
{
    int findings = 0;
    for (const QString &plugin : options.plugins) {
        const Verdict verdict = validate(plugin, options);
        if (isInterrupted())
            return Interrupted;
        findings += int(verdict.findings.size());
        print(options.json ? jsonReport(verdict, options) : textReport(verdict, options).toUtf8());
    }
    if (options.json)
        print(jsonSummary(int(options.plugins.size()), findings));
    return findings == 0 ? Valid : Found;
}

int main(int argc, char **argv)
{
    useUtf8();
    if (argc > 1 && std::strcmp(argv[1], "--stage") == 0)
        return runStage(argc, argv);
    const QCoreApplication application(argc, argv);
    const auto options = parseOptions(QCoreApplication::arguments().mid(1));
    if (!options) {
        std::fprintf(stderr, "fanfare-validate: %s\n", qPrintable(options.error().message));
        return Usage;
    }
    switch (options->verb) {
    case Options::Verb::Help:
        print(usage().toUtf8());
        return Valid;
    case Options::Verb::Version:
        print("fanfare-validate " FANFARE_VERSION "\n");
        return Valid;
    case Options::Verb::List:
        print(options->json ? jsonChecks() : checkTable().toUtf8());
        return Valid;
    case Options::Verb::Validate:
        break;
    }
    noteInterruptions();
    return validateAll(*options);
}
