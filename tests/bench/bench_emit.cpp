// SPDX-License-Identifier: MIT
// bench_emit [--count N] [--workers N] [--rounds N]: what an emission costs, as JSON on stdout.
#include "emitcases.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("count"), QStringLiteral("Emissions a case."),
                      QStringLiteral("N"), QStringLiteral("1000000")});
    parser.addOption({QStringLiteral("workers"), QStringLiteral("Threads."), QStringLiteral("N"),
                      QStringLiteral("2")});
    parser.addOption({QStringLiteral("rounds"), QStringLiteral("Rounds of all cases."),
                      QStringLiteral("N"), QStringLiteral("5")});
    parser.addOption({QStringLiteral("only"), QStringLiteral("Only cases whose name has TEXT."),
                      QStringLiteral("TEXT")});
    parser.process(application);
    auto cases = Fanfare::Bench::emitCases(parser.value(QStringLiteral("count")).toULongLong(),
                                           parser.value(QStringLiteral("workers")).toInt());
    const QString only = parser.value(QStringLiteral("only"));
    std::erase_if(cases, [&](const auto &each) {
        return !each.name.contains(only) && each.name != QStringLiteral("qthreadpool_lambda");
    });
    const QJsonObject result =
        Fanfare::Bench::runInterleaved(cases, QStringLiteral("qthreadpool_lambda"),
                                       parser.value(QStringLiteral("rounds")).toInt());
    std::fputs(QJsonDocument(result).toJson().constData(), stdout);
    return 0;
}
