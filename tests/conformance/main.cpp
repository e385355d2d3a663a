// SPDX-License-Identifier: MIT
#include "comparison.h"
#include "vectorformat.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHash>
#include <QLoggingCategory>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace Fanfare::Conformance;

/// Where Fanfare differs from the recorded library on purpose. Only scenarios with these tags are
/// skipped.
static const QHash<QString, QString> differencesOnPurpose{
    {u"quirk:onceLostOnRefusedEmit"_s,
     u"an emission that is refused gives one-time subscribers back instead of losing them"_s}};

struct Totals
{
    int passed = 0;
    int failed = 0;
    int skipped = 0;
};

static QString reasonToSkip(const QJsonObject &scenario)
{
    const QJsonArray tags = scenario["tags"_L1].toArray();
    for (const QJsonValue &tag : tags) {
        const QString reason = differencesOnPurpose.value(tag.toString());
        if (!reason.isEmpty())
            return u"%1: %2"_s.arg(tag.toString(), reason);
    }
    return {};
}

static QStringList check(const QJsonObject &scenario)
{
    try {
        checkScenario(scenario);
        return differences(scenario, replay(scenario));
    } catch (const FormatError &error) {
        return {QString::fromUtf8(error.what())};
    }
}

static void run(const QJsonObject &scenario, Totals &totals, QTextStream &out)
{
    static constexpr qsizetype shown = 6;
    const QString name = scenario["name"_L1].toString();
    const QString reason = reasonToSkip(scenario);
    if (!reason.isEmpty()) {
        ++totals.skipped;
        out << "skipped " << name << ": " << reason << Qt::endl;
        return;
    }
    const QStringList lines = check(scenario);
    if (lines.isEmpty()) {
        ++totals.passed;
        return;
    }
    ++totals.failed;
    out << "FAILED " << name << ": " << scenario["about"_L1].toString() << Qt::endl;
    for (const QString &line : lines.first(std::min(shown, lines.size())))
        out << "    " << line << Qt::endl;
    if (lines.size() > shown)
        out << "    and " << lines.size() - shown << " more differences" << Qt::endl;
}

static void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Replays recorded scenarios against the library and compares what happens."_s);
    parser.addHelpOption();
    parser.addOption({u"at-least"_s, u"Succeed when at least N scenarios pass."_s, u"N"_s});
    parser.addOption({u"only"_s, u"Replay only scenarios with TEXT in their name."_s, u"TEXT"_s});
    parser.addOption({u"repeat"_s, u"Replay everything N times."_s, u"N"_s, u"1"_s});
    parser.addPositionalArgument(u"file"_s, u"Vector files."_s, u"FILE..."_s);
}

static void runAll(const QCommandLineParser &parser, Totals &totals, QTextStream &out)
{
    const QStringList files = parser.positionalArguments();
    for (const QString &file : files) {
        const QJsonArray scenarios = loadScenarios(file);
        for (const QJsonValue &scenario : scenarios) {
            if (scenario["name"_L1].toString().contains(parser.value(u"only"_s)))
                run(scenario.toObject(), totals, out);
        }
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    if (parser.positionalArguments().isEmpty())
        parser.showHelp(2);
    // Many scenarios have callbacks that throw, which the library reports.
    QLoggingCategory::setFilterRules(u"fanfare.executor.warning=false"_s);

    QTextStream out(stdout);
    Totals totals;
    try {
        for (int i = 0; i < parser.value(u"repeat"_s).toInt(); ++i)
            runAll(parser, totals, out);
    } catch (const FormatError &error) {
        out << error.what() << Qt::endl;
        return 2;
    }
    out << totals.passed << " passed, " << totals.failed << " failed, " << totals.skipped
        << " skipped" << Qt::endl;
    if (parser.isSet(u"at-least"_s))
        return totals.passed >= parser.value(u"at-least"_s).toInt() ? 0 : 1;
    return totals.failed == 0 ? 0 : 1;
}
