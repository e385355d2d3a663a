// SPDX-License-Identifier: MIT
#include "desktop/panes/madelabel.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_MadeLabel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void saysBothRates();
    void showsWhileEmissionsAreMade();
};

void tst_MadeLabel::saysBothRates()
{
    QCOMPARE(madeText(48.4, 50), u"48 of 50 made each second"_s);
    QCOMPARE(madeText(2.24, 2.5), u"2.2 of 2.5 made each second"_s);
    QCOMPARE(madeText(8, 8), u"8 of 8 made each second"_s);
    QCOMPARE(madeText(123'456, 0), u"123,456 made each second"_s);
}

void tst_MadeLabel::showsWhileEmissionsAreMade()
{
    RunModel run;
    QWidget parent;
    MadeLabel label(run, &parent);
    label.setWanted(1'000'000);
    parent.show();
    const bool wasShown = label.isVisible();
    BatchFact batch;
    quint64 each = 10;
    QTimer emitter;
    connect(&emitter, &QTimer::timeout, this, [&] {
        batch.counters.emissions += each++; // so that each sample has another text
        run.apply(batch);
    });

    emitter.start(20);
    QTRY_VERIFY(label.isVisible());
    const QString text = label.text();
    label.setWanted(2); // what was made before is still in the last second
    QTRY_VERIFY(label.text() != text);
    const QString after = label.text();
    QTRY_VERIFY(label.text().endsWith(u" of 2 made each second"_s));
    emitter.stop();

    QVERIFY(!wasShown);
    QVERIFY(after.endsWith(u" of 1,000,000 made each second"_s));
    QVERIFY2(text.endsWith(u" of 1,000,000 made each second"_s), qPrintable(text));
    QTRY_VERIFY(!label.isVisible());
}

QTEST_MAIN(tst_MadeLabel)
#include "tst_madelabel.moc"
