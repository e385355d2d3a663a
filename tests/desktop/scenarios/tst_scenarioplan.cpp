// SPDX-License-Identifier: MIT
#include "desktop/scenarios/scenarioplan.h"

#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace SampleFacts;
using namespace Qt::StringLiterals;

class tst_ScenarioPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsTheTasksOfAllHandlers();
    void fitsFields();
    void refusesWithTheEventNamed_data();
    void refusesWithTheEventNamed();
};

static ScenarioStep step(const QString &event, quint64 count, const Arguments &arguments = {})
{
    return {.event = event,
            .arguments = {arguments},
            .count = count,
            .file = u"s.json"_s,
            .entries = {4}};
}

void tst_ScenarioPlan::countsTheTasksOfAllHandlers()
{
    const auto plan = planOf({step(u"StringEvent"_s, 3), step(u"Echo"_s, 5)}, catalog());

    QVERIFY(plan);
    QCOMPARE(plan->commands.size(), size_t(2));
    QCOMPARE(plan->tasks, quint64(3 * 2 + 5));
}

void tst_ScenarioPlan::fitsFields()
{
    const auto plan = planOf({step(u"Sleep"_s, 1, {{}, {}, {{u"ms"_s, 2.0}}})}, catalog());

    QVERIFY(plan);
    QVERIFY(plan->commands[0].arguments[0].fields[u"ms"_s].isInteger());
}

void tst_ScenarioPlan::refusesWithTheEventNamed_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<Arguments>("arguments");
    QTest::addColumn<QString>("word");
    QTest::newRow("nobody reacts") << u"Nobody"_s << Arguments() << u".event: "_s;
    QTest::newRow("unknown field")
        << u"Sleep"_s << Arguments{{}, {}, {{u"hours"_s, 1}}} << u".fields.hours: "_s;
    QTest::newRow("too large") << u"Sleep"_s << Arguments{{}, {}, {{u"ms"_s, 5000}}}
                               << u".fields.ms: "_s;
    QTest::newRow("free arguments") << u"Sleep"_s << Arguments{{1}, {}, {}} << u".arguments: "_s;
}

void tst_ScenarioPlan::refusesWithTheEventNamed()
{
    QFETCH(QString, event);
    QFETCH(Arguments, arguments);
    QFETCH(QString, word);

    const auto plan = planOf({step(event, 1, arguments)}, catalog());

    QVERIFY(!plan);
    QVERIFY2(plan.error().message.contains(event), qPrintable(plan.error().message));
    QVERIFY2(plan.error().message.startsWith(u"s.json: emissions[4]"_s + word),
             qPrintable(plan.error().message));
}

QTEST_GUILESS_MAIN(tst_ScenarioPlan)
#include "tst_scenarioplan.moc"
