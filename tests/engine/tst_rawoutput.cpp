// SPDX-License-Identifier: MIT
#include <fanfare/engine/rawoutput.h>

#include <QStringList>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RawOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesLines();
    void waitsForTheEndOfALine();
    void endsTheLastLine();
    void cutsLongLines();
    void keepsWithinTheBudget();
};

static constexpr qint64 second = 1'000'000'000;

static QStringList texts(RawOutput &output)
{
    QStringList texts;
    for (const LogLine &line : output.takeLines())
        texts.append(line.text);
    return texts;
}

void tst_RawOutput::makesLines()
{
    RawOutput output;

    output.append("one\ntwo\n\nfour\n", 5 * second);

    QVERIFY(!output.isEmpty());
    QCOMPARE(texts(output), (QStringList{u"one"_s, u"two"_s, QString(), u"four"_s}));
    QVERIFY(output.isEmpty());
}

void tst_RawOutput::waitsForTheEndOfALine()
{
    RawOutput output;

    output.append("be", second);
    QVERIFY(output.isEmpty());
    output.append("ginning\nend", second);

    QCOMPARE(texts(output), QStringList{u"beginning"_s});
}

void tst_RawOutput::endsTheLastLine()
{
    RawOutput output;
    output.append("last words", second);

    output.endLine(second);
    output.endLine(second);

    QCOMPARE(texts(output), QStringList{u"last words"_s});
}

void tst_RawOutput::cutsLongLines()
{
    RawOutput output;

    output.append(QByteArray(20'000, 'x') + '\n', second);

    QCOMPARE(texts(output).join(QString()).size(), 20'000);
}

void tst_RawOutput::keepsWithinTheBudget()
{
    RawOutput output;

    for (int i = 0; i < 10'000; ++i)
        output.append(QByteArray(99, 'x') + '\n', second + i);

    const qsizetype kept = texts(output).size();
    QCOMPARE(kept, RawOutput::budget / 100);
    QCOMPARE(output.takeDropped(), quint64(10'000 - kept));
    output.append("after a second\n", 3 * second);
    QCOMPARE(texts(output), QStringList{u"after a second"_s});
}

QTEST_APPLESS_MAIN(tst_RawOutput)
#include "tst_rawoutput.moc"
