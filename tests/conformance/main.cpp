// SPDX-License-Identifier: MIT
#include "comparison.h"
#include "crossing.h"
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

/// Where scenarios are replayed, and what came of it.
struct Replays
{
    QList<Place> places;
    Totals totals; ///< a scenario passes when it passes everywhere it is replayed
    QHash<Place, Totals> byPlace;
    QMap<QString, int> threadsOnly; ///< scenarios by the reason
};

static QString placeName(Place place)
{
    return place == Place::Threads ? u"threads"_s : u"processes"_s;
}

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

static QStringList check(const QJsonObject &scenario, Place place)
{
    try {
        return differences(scenario, replay(scenario, place));
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

/// The places of \a replays where \a scenario means something.
static QList<Place> placesFor(const QJsonObject &scenario, Replays &replays)
{
    QList<Place> places = replays.places;
    if (!places.contains(Place::Processes))
        return places;
    const QString reason = reasonForThreadsOnly(scenario);
    if (!reason.isEmpty()) {
        ++replays.threadsOnly[reason];
        places.removeAll(Place::Processes);
    }
    return places;
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
    const QList<Place> places = placesFor(scenario, replays);
    for (const Place place : places) {
        const QStringList lines = check(scenario, place);
        Totals &here = replays.byPlace[place];
        ++(lines.isEmpty() ? here.passed : here.failed);
        hasPassed = hasPassed && lines.isEmpty();
        if (!lines.isEmpty())
            tellDifferences(scenario, u" on "_s + placeName(place), lines, out);
    }
    if (!places.isEmpty())
        ++(hasPassed ? replays.totals.passed : replays.totals.failed);
}

static void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Replays recorded scenarios against the library and compares what happens."_s);
    parser.addHelpOption();
    parser.addOption({u"at-least"_s, u"Succeed when at least N scenarios pass."_s, u"N"_s});
    parser.addOption({u"executor"_s,
                      u"Where handlers run: threads, processes or both. What can be replayed on "
                      "threads only is told."_s,
                      u"KIND"_s, u"both"_s});
    parser.addOption({u"only"_s, u"Replay only scenarios with TEXT in their name."_s, u"TEXT"_s});
    parser.addOption({u"repeat"_s, u"Replay everything N times."_s, u"N"_s, u"1"_s});
    parser.addPositionalArgument(u"file"_s, u"Vector files."_s, u"FILE..."_s);
}

/// Empty when \a name is unknown.
static QList<Place> placesNamed(const QString &name)
{
    if (name == "both"_L1)
        return {Place::Threads, Place::Processes};
    if (name == "threads"_L1)
        return {Place::Threads};
    return name == "processes"_L1 ? QList<Place>{Place::Processes} : QList<Place>();
}

static void runAll(const QCommandLineParser &parser, Replays &replays, QTextStream &out)
{
    const QStringList files = parser.positionalArguments();
    for (const QString &file : files) {
        const QJsonArray scenarios = loadScenarios(file);
        for (const QJsonValue &scenario : scenarios) {
            if (scenario["name"_L1].toString().contains(parser.value(u"only"_s)))
                run(scenario.toObject(), replays, out);
        }
    }
}

static void tellTotals(const Replays &replays, QTextStream &out)
{
    for (const Place place : replays.places) {
        const Totals here = replays.byPlace.value(place);
        out << "on " << placeName(place) << ": " << here.passed << " passed, " << here.failed
            << " failed" << Qt::endl;
        if (place == Place::Threads)
            continue;
        for (auto it = replays.threadsOnly.begin(); it != replays.threadsOnly.end(); ++it)
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
    Replays replays{.places = placesNamed(parser.value(u"executor"_s))};
    if (replays.places.isEmpty()) {
        out << "There is no executor \"" << parser.value(u"executor"_s)
            << "\"; it is threads, processes or both." << Qt::endl;
        return 2;
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
