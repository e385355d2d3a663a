// SPDX-License-Identifier: MIT
#include "desktop/crashedruns.h"

#include "desktop/livemark.h"
#include "desktop/mainwindow.h"
#include "desktop/panes/messagearea.h"
#include "desktop/runs/rundesk.h"
#include "desktop/runs/runpage.h"
#include "desktop/runs/runtabs.h"
#include "desktop/runs/runview.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <fanfare/base/clock.h>
#include <fanfare/runs/runreader.h>

#include <QDir>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <signal.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// What is in the file of a run that goes on or was torn off.
static TraceBatch contentOf(const QString &path)
{
    TraceBatch all;
    auto reader = RunReader::open(path);
    for (TraceBatch batch; reader && reader->read(batch); batch = {})
        all.spans.insert(all.spans.end(), batch.spans.begin(), batch.spans.end());
    return all;
}

class tst_CrashedRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aMarkThatSomebodyHoldsIsNoCrash();
    void aMarkWithoutItsRunGoesAway();
    void whatWasKilledIsOfferedAndOpened();
    void aWindowThatEndedInOrderAsksNothing();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString runFile() const
    {
        const QStringList runs = QDir(m_folder->path()).entryList({u"*.ffrun"_s});
        return runs.size() == 1 ? path(runs.first()) : QString();
    }
    /// A window of its own process that emits 500 a second, with a run file that has \a spans.
    bool startWindow(QProcess &window, size_t spans);

    std::unique_ptr<QTemporaryDir> m_folder;
};

bool tst_CrashedRuns::startWindow(QProcess &window, size_t spans)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s})
        environment.insert(name, path(u"home"_s));
    window.setProcessEnvironment(environment);
    window.start(QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare"),
                 {u"--new-window"_s, u"--runs"_s, m_folder->path(), u"--plugins"_s,
                  QStringLiteral(FANFARE_TEST_PLUGIN_DIR), u"--executor"_s, u"threads"_s,
                  u"--emit"_s, u"Echo:100000@500"_s});
    return window.waitForStarted()
        && QTest::qWaitFor([&] { return contentOf(runFile()).spans.size() >= spans; }, 60'000);
}

void tst_CrashedRuns::aMarkThatSomebodyHoldsIsNoCrash()
{
    const QString run = path(u"a.ffrun"_s);
    QFile file(run);
    QVERIFY(file.open(QIODevice::WriteOnly));

    {
        const LiveMark mark(run);
        QVERIFY(LiveMark::abandoned(m_folder->path()).isEmpty());
    }
    QVERIFY(LiveMark::abandoned(m_folder->path()).isEmpty()); // it ended in order
    QFile left(run + u".live"_s);
    QVERIFY(left.open(QIODevice::WriteOnly));

    QCOMPARE(LiveMark::abandoned(m_folder->path()), QStringList{run});
    LiveMark::forget(run);
    QVERIFY(LiveMark::abandoned(m_folder->path()).isEmpty());
}

void tst_CrashedRuns::aMarkWithoutItsRunGoesAway()
{
    QFile left(path(u"gone.ffrun.live"_s));
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.close();

    QVERIFY(crashedRunsIn(m_folder->path()).empty());

    QVERIFY(!left.exists());
}

void tst_CrashedRuns::whatWasKilledIsOfferedAndOpened()
{
    QProcess killed;
    QVERIFY(startWindow(killed, 1500));
    ::kill(pid_t(killed.processId()), SIGKILL);
    const qint64 death = MonotonicClock::now();
    QVERIFY(killed.waitForFinished());

    const TraceBatch kept = contentOf(runFile());
    std::set<quint64> emissions;
    qint64 newest = 0;
    for (const SpanRecord &span : kept.spans) {
        emissions.insert(number(span.task.emission));
        newest = std::max(newest, span.finished);
    }
    QVERIFY2(death - newest < 2'000'000'000, qPrintable(QString::number(death - newest)));
    QCOMPARE(*emissions.rbegin(), quint64(emissions.size())); // none is missing

    QSettings settings(path(u"settings.ini"_s), QSettings::IniFormat);
    Session session(testEngine());
    MainWindow window(session, settings, m_folder->path());
    window.show();
    QPushButton *restore = nullptr;
    const auto findOffer = [&] {
        for (QPushButton *button : window.findChildren<QPushButton *>()) {
            if (button->text().startsWith(u"Restore"_s))
                restore = button;
        }
        return restore != nullptr;
    };
    QTRY_VERIFY(findOffer());
    QVERIFY2(restore->text().contains(QLocale().toString(qulonglong(kept.spans.size()))),
             qPrintable(restore->text()));
    restore->click();

    const auto page = qobject_cast<RunPage *>(window.runs().tabs().currentWidget());
    QVERIFY(page);
    QTRY_VERIFY(page->view());
    QVERIFY(page->view()->run().model->spanCount() >= kept.spans.size());
    QVERIFY(LiveMark::abandoned(m_folder->path()).isEmpty());
}

void tst_CrashedRuns::aWindowThatEndedInOrderAsksNothing()
{
    QProcess ended;
    QVERIFY(startWindow(ended, 100));
    ended.terminate(); // SIGTERM, as at the end of a desktop session
    QVERIFY(ended.waitForFinished());

    const auto left = crashedRunsIn(m_folder->path());

    QVERIFY(left.empty());
}

QTEST_MAIN(tst_CrashedRuns)
#include "tst_crashedruns.moc"
