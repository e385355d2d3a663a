// SPDX-License-Identifier: MIT
#include "desktop/panes/messagearea.h"

#include <QPushButton>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_MessageArea : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isHiddenWithoutMessages();
    void replacesTheMessageWithTheSameKey();
    void theActionRunsOnceAndClosesTheMessage();
};

void tst_MessageArea::isHiddenWithoutMessages()
{
    MessageArea area;

    area.showMessage({u"a"_s, Accent::Bad, u"One"_s, {}, {}});
    const bool wasHidden = area.isHidden();
    area.withdraw(u"a"_s);

    QVERIFY(!wasHidden);
    QVERIFY(area.isHidden());
}

void tst_MessageArea::replacesTheMessageWithTheSameKey()
{
    MessageArea area;

    area.showMessage({u"a"_s, Accent::Bad, u"One"_s, {}, {}});
    area.showMessage({u"b"_s, Accent::Caution, u"Two"_s, {}, {}});
    area.showMessage({u"a"_s, Accent::Bad, u"Three"_s, {}, {}});

    QCOMPARE(area.text(u"a"_s), u"Three"_s);
    QCOMPARE(area.text(u"b"_s), u"Two"_s);
}

void tst_MessageArea::theActionRunsOnceAndClosesTheMessage()
{
    MessageArea area;
    int runs = 0;
    area.showMessage({u"a"_s, Accent::Bad, u"Broken"_s, u"Repair"_s, [&runs] { ++runs; }});

    QTest::mouseClick(area.findChild<QPushButton *>(), Qt::LeftButton);

    QCOMPARE(runs, 1);
    QVERIFY(area.isHidden());
}

QTEST_MAIN(tst_MessageArea)
#include "tst_messagearea.moc"
