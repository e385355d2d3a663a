// SPDX-License-Identifier: MIT
#include "desktop/models/runarguments.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheArgumentsOfEveryEmission();
    void anEmissionWithoutArgumentsIsKnown();
    void boundsItsBytes();
};

static EmitCommand command(quint64 count, const QList<QCborValue> &values)
{
    EmitCommand command;
    command.count = count;
    for (const QCborValue &value : values)
        command.arguments.append(Arguments{.positional = {value}});
    return command;
}

void tst_RunArguments::findsTheArgumentsOfEveryEmission()
{
    RunArguments arguments;

    arguments.add(EmissionId{1}, command(5, {u"a"_s, u"b"_s}));
    arguments.add(EmissionId{6}, command(1, {u"c"_s}));

    const auto first = [&](quint64 emission) {
        return arguments.find(EmissionId{emission})->positional.first().toString();
    };
    QCOMPARE(first(1), u"a"_s);
    QCOMPARE(first(4), u"b"_s);
    QCOMPARE(first(5), u"a"_s);
    QCOMPARE(first(6), u"c"_s);
    QVERIFY(!arguments.find(EmissionId{7}));
    QVERIFY(!arguments.find(EmissionId{0}));
}

void tst_RunArguments::anEmissionWithoutArgumentsIsKnown()
{
    RunArguments arguments;

    arguments.add(EmissionId{1}, command(2, {}));

    QVERIFY(arguments.find(EmissionId{2}));
    QVERIFY(arguments.find(EmissionId{2})->isEmpty());
}

void tst_RunArguments::boundsItsBytes()
{
    RunArguments arguments;
    const QByteArray large(16 * 1024 * 1024, 'x');

    for (quint64 emission = 1; emission <= 5; ++emission)
        arguments.add(EmissionId{emission}, command(1, {large}));

    QVERIFY(!arguments.find(EmissionId{1}));
    QVERIFY(!arguments.find(EmissionId{2}));
    QVERIFY(arguments.find(EmissionId{5}));
}

QTEST_GUILESS_MAIN(tst_RunArguments)
#include "tst_runarguments.moc"
