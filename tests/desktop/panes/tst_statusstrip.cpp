// SPDX-License-Identifier: MIT
#include "desktop/panes/statusstrip.h"

#include "desktop/models/runstory.h"
#include "desktop/session.h"

#include <QLabel>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_StatusStrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsOddTimesOnlyWhenThereAreSome();
};

/// The text about odd times as it is shown; empty when it is hidden.
static QString oddTimes(const StatusStrip &strip)
{
    for (const QLabel *label : strip.findChildren<QLabel *>()) {
        if (label->text().contains(u"odd times"_s) && !label->isHidden())
            return label->text();
    }
    return {};
}

void tst_StatusStrip::countsOddTimesOnlyWhenThereAreSome()
{
    Session session({});
    RunStory story(session.model());
    story.startEngine();
    story.span(1, RunStory::thread1, 1, 2);
    story.apply(10);
    const StatusStrip before(session);
    story.span(2, RunStory::thread1, 5, 3);
    story.span(3, RunStory::thread2, 6, 4);
    story.span(4, RunStory::thread1, 7, 8);
    story.apply(20);

    const StatusStrip after(session);

    QCOMPARE(oddTimes(before), QString());
    QCOMPARE(oddTimes(after), u"2 with odd times"_s);
}

QTEST_MAIN(tst_StatusStrip)
#include "tst_statusstrip.moc"
