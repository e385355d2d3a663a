// SPDX-License-Identifier: MIT
#include "clustervenue.h"
#include "comparison.h"
#include "crossing.h"
#include "vectorformat.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHash>
#include <QLoggingCategory>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Conformance;

/// Where Fanfare differs from the recorded library on purpose. Only scenarios with these tags are
/// skipped.
static const QHash<QString, QString> differencesOnPurpose{
    {u"quirk:onceLostOnRefusedEmit"_s,
     u"an emission that is refused gives one-time subscribers back instead of losing them"_s}};

static constexpr int skippedCode = 77; // as ctest knows it

struct Totals
{
    int passed = 0;
    int failed = 0;
    int skipped = 0;
};

/// Where scenarios are replayed, and what came of it there.
struct Ground
{
    std::unique_ptr<Venue> venue;
    Totals totals;
    QMap<QString, int> skipped; ///< scenarios by the reason
};

struct Replays
{
    std::vector<Ground> grounds;
    Totals totals; ///< a scenario passes when it passes everywhere it is replayed
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

static QStringList check(const QJsonObject &scenario, Venue &venue)
{
    try {
        return differences(scenario, replay(scenario, venue));
    } catch (const FormatError &error) {
        return {QString::fromUtf8(error.what())};
    }
}

static void tellDifferences(const QJsonObject &scenario, const QString &where,
                            const QStringList &lines, QTextStream &out)
{
    static constexpr qsizetype shown = 6;
    out << "FAILED " << scenario["name"_L1].toString() << where << ": "
        << scenario["about"_L1].toString() << Qt::endl;
    for (const QString &line : lines.first(std::min(shown, lines.size())))
        out << "    " << line << Qt::endl;
    if (lines.size() > shown)
        out << "    and " << lines.size() - shown << " more differences" << Qt::endl;
}

/// Whether \a scenario means something on \a ground; if not, that is counted.
static bool isFor(const QJsonObject &scenario, Ground &ground)
{
    const QString reason = ground.venue->isRemote() ? reasonForThreadsOnly(scenario) : QString();
    if (reason.isEmpty())
        return true;
    ++ground.skipped[reason];
    ++ground.totals.skipped;
    return false;
}

static void run(const QJsonObject &scenario, Replays &replays, QTextStream &out)
{
    const QString reason = reasonToSkip(scenario);
    if (!reason.isEmpty()) {
        ++replays.totals.skipped;
        out << "skipped " << scenario["name"_L1].toString() << ": " << reason << Qt::endl;
        return;
    }
    try {
        checkScenario(scenario);
    } catch (const FormatError &error) {
        ++replays.totals.failed;
        tellDifferences(scenario, {}, {QString::fromUtf8(error.what())}, out);
        return;
    }
    bool hasPassed = true;
    bool hasRun = false;
    for (Ground &ground : replays.grounds) {
        if (!isFor(scenario, ground))
            continue;
        const QStringList lines = check(scenario, *ground.venue);
        ++(lines.isEmpty() ? ground.totals.passed : ground.totals.failed);
        hasRun = true;
        hasPassed = hasPassed && lines.isEmpty();
        if (!lines.isEmpty())
            tellDifferences(scenario, u" on "_s + ground.venue->name(), lines, out);
    }
    if (hasRun)
        ++(hasPassed ? replays.totals.passed : replays.totals.failed);
}

static void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Replays recorded scenarios against the library and compares what happens."_s);
    parser.addHelpOption();
    parser.addOption({u"at-least"_s, u"Succeed when at least N scenarios pass."_s, u"N"_s});
    parser.addOption({u"executor"_s,
                      u"Where handlers run: threads, processes, both, or cluster. What can be "
                      "replayed on threads only is told."_s,
                      u"KIND"_s, u"both"_s});
    parser.addOption({u"only"_s, u"Replay only scenarios with TEXT in their name."_s, u"TEXT"_s});
    parser.addOption({u"repeat"_s, u"Replay everything N times."_s, u"N"_s, u"1"_s});
    parser.addPositionalArgument(u"file"_s, u"Vector files."_s, u"FILE..."_s);
}

/// Adds what \a name stands for to \a replays. Error: what is wrong with it, or missing for it.
static Result<void> addGrounds(const QString &name, Replays &replays)
{
    if (name == "both"_L1 || name == "threads"_L1)
        replays.grounds.push_back({threadVenue(), {}, {}});
    if (name == "both"_L1 || name == "processes"_L1)
        replays.grounds.push_back({processVenue(), {}, {}});
    if (name == "cluster"_L1) {
        auto venue = clusterVenue();
        if (!venue)
            return venue.error();
        replays.grounds.push_back({*std::move(venue), {}, {}});
    }
    if (!replays.grounds.empty())
        return {};
    return Error{
        ErrorCode::InvalidArgument,
        u"There is no executor \"%1\"; it is threads, processes, both or cluster."_s.arg(name)};
}

static void runAll(const QCommandLineParser &parser, Replays &replays, QTextStream &out)
{
    const QStringList files = parser.positionalArguments();
    for (const QString &file : files) {
        const QJsonArray loaded = loadScenarios(file);
        for (const QJsonValue &scenario : loaded) {
            if (scenario["name"_L1].toString().contains(parser.value(u"only"_s)))
                run(scenario.toObject(), replays, out);
        }
    }
}

static void tellTotals(const Replays &replays, QTextStream &out)
{
    for (const Ground &ground : replays.grounds) {
        out << "on " << ground.venue->name() << ": " << ground.totals.passed << " passed, "
            << ground.totals.failed << " failed, " << ground.totals.skipped << " skipped"
            << Qt::endl;
        for (auto it = ground.skipped.begin(); it != ground.skipped.end(); ++it)
            out << "    threads only: " << it.value() << ", because " << it.key() << Qt::endl;
    }
    const Totals &totals = replays.totals;
    out << totals.passed << " passed, " << totals.failed << " failed, " << totals.skipped
        << " skipped" << Qt::endl;
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
    Replays replays;
    if (const auto added = addGrounds(parser.value(u"executor"_s), replays); !added) {
        out << added.error().message << Qt::endl;
        return added.error().code == ErrorCode::Unsupported ? skippedCode : 2;
    }
    try {
        for (int i = 0; i < parser.value(u"repeat"_s).toInt(); ++i)
            runAll(parser, replays, out);
    } catch (const FormatError &error) {
        out << error.what() << Qt::endl;
        return 2;
    }
    tellTotals(replays, out);
    if (parser.isSet(u"at-least"_s))
        return replays.totals.passed >= parser.value(u"at-least"_s).toInt() ? 0 : 1;
    return replays.totals.failed == 0 ? 0 : 1;
}
