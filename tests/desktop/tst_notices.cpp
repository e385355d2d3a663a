// SPDX-License-Identifier: MIT
#include "desktop/notices.h"
#include "desktop/panes/messagearea.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Notices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_root = std::make_unique<QTemporaryDir>(); }
    void offersProcessesAfterACrashOnThreads();
    void offersItAgainAtTheNextStart();
    void liftsAQuarantineWithOneClick();

private:
    EngineOptions options(ExecutorKind executor) const;
    std::unique_ptr<QTemporaryDir> m_root;
    QTemporaryDir m_data;
};

void tst_Notices::initTestCase()
{
    QVERIFY(m_data.isValid());
    qputenv("XDG_DATA_HOME", m_data.path().toLocal8Bit()); // where crash reports go
}

EngineOptions tst_Notices::options(ExecutorKind executor) const
{
    EngineOptions options = testEngine();
    options.executor = executor;
    options.rules.stateFolder = m_root->path();
    return options;
}

static void click(const MessageArea &area, const QString &text)
{
    for (QPushButton *button : area.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button->click();
    }
    qFatal("there is no button %s", qPrintable(text));
}

void tst_Notices::offersProcessesAfterACrashOnThreads()
{
    Session session(options(ExecutorKind::Threads));
    MessageArea area;
    Notices notices(session, area);
    const QSignalSpy wanted(&notices, &Notices::processesWanted);
    session.startEngine();
    session.emitEvent({u"ChaosSegfault"_s, {}, 1, 0});
    QTRY_COMPARE_WITH_TIMEOUT(session.engineState(), EngineState::Ended, 20'000);
    QVERIFY(area.text(u"processes"_s).isEmpty()); // first the engine has to be started

    session.startEngine();

    QTRY_VERIFY_WITH_TIMEOUT(area.text(u"processes"_s).contains(u"“segfault” of "_s), 20'000);
    click(area, u"Run on processes"_s);
    QCOMPARE(wanted.count(), 1);
}

void tst_Notices::offersItAgainAtTheNextStart()
{
    {
        Session session(options(ExecutorKind::Threads));
        session.startEngine();
        session.emitEvent({u"ChaosSegfault"_s, {}, 1, 0});
        QTRY_COMPARE_WITH_TIMEOUT(session.engineState(), EngineState::Ended, 20'000);
    }
    for (const ExecutorKind executor : {ExecutorKind::Threads, ExecutorKind::Processes}) {
        Session next(options(executor));
        MessageArea area;
        Notices notices(next, area);

        next.startEngine();

        QTRY_COMPARE_WITH_TIMEOUT(next.engineState(), EngineState::Ready, 20'000);
        QCOMPARE(area.text(u"processes"_s).isEmpty(), executor == ExecutorKind::Processes);
    }
}

void tst_Notices::liftsAQuarantineWithOneClick()
{
    Session session(options(ExecutorKind::Processes));
    MessageArea area;
    Notices notices(session, area);
    session.startEngine();
    for (size_t i = 1; i <= 3; ++i) {
        session.emitEvent({u"ChaosSegfault"_s, {}, 1, 0});
        QTRY_COMPARE_WITH_TIMEOUT(session.model().spanCount(), i, 20'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(area.text(u"quarantine"_s).contains(u"\"segfault\" of "_s), 20'000);

    click(area, u"Let it run again"_s);

    QTRY_VERIFY(area.text(u"quarantine"_s).isEmpty());
    session.emitEvent({u"ChaosSegfault"_s, {}, 1, 0});
    QTRY_COMPARE_WITH_TIMEOUT(session.model().spanCount(), size_t(4), 20'000);
    QCOMPARE(session.model().span(3).record.outcome, Outcome::Crashed);
}

QTEST_MAIN(tst_Notices)
#include "tst_notices.moc"
