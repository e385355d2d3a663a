// SPDX-License-Identifier: MIT
#include "desktop/droparea.h"
#include "desktop/samplefacts.h"

#include "desktop/models/runmodel.h"

#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QFile>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_DropArea : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void namesTheActionBeforeTheDrop();
    void aDropReportsAllFiles();
    void aDropBeforeTheListingIsReadyWaitsForIt();
    void pluginsAreReportedApart();
    void runsAndTracesAreOpened();
    void twoRunsAreCompared();
    void saysWhenNothingReacts();
    void leavesTextAlone();

private:
    void enter(const QStringList &paths);
    void drop();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<QMimeData> m_mime;
    DropArea *m_area = nullptr;
};

void tst_DropArea::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    for (const auto &name : {u"a"_s, u"b"_s}) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_window = std::make_unique<QWidget>();
    m_window->resize(400, 300);
    m_area = new DropArea(*m_run, *m_window);
    m_window->show();
}

void tst_DropArea::cleanup()
{
    m_window.reset();
    m_run.reset();
}

void tst_DropArea::enter(const QStringList &paths)
{
    m_mime = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls.append(QUrl::fromLocalFile(path));
    m_mime->setUrls(urls);
    QDragEnterEvent event({10, 10}, Qt::CopyAction, m_mime.get(), Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_window.get(), &event);
}

void tst_DropArea::drop()
{
    QDropEvent event({10, 10}, Qt::CopyAction, m_mime.get(), Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_area, &event);
}

void tst_DropArea::namesTheActionBeforeTheDrop()
{
    enter({m_folder->path()});

    QVERIFY(m_area->isVisible());
    QTRY_COMPARE(m_area->title(), u"Drop to run sha256 on 2 files"_s);
}

void tst_DropArea::aDropReportsAllFiles()
{
    QSignalSpy dropped(m_area, &DropArea::filesDropped);
    enter({m_folder->path()});
    QTRY_VERIFY(m_area->title().contains(u"2 files"_s));

    drop();

    QCOMPARE(dropped.count(), 1);
    QCOMPARE(dropped[0][0].toStringList(),
             (QStringList{m_folder->filePath(u"a"_s), m_folder->filePath(u"b"_s)}));
    QVERIFY(!m_area->isVisible());
}

void tst_DropArea::aDropBeforeTheListingIsReadyWaitsForIt()
{
    QSignalSpy dropped(m_area, &DropArea::filesDropped);
    enter({m_folder->path()});

    drop();

    QCOMPARE(dropped.count(), 0);
    QTRY_COMPARE(dropped.count(), 1);
}

void tst_DropArea::pluginsAreReportedApart()
{
    QSignalSpy files(m_area, &DropArea::filesDropped);
    QSignalSpy plugins(m_area, &DropArea::pluginsDropped);
    enter({u"/somewhere/mine.so"_s});

    drop();

    QCOMPARE(plugins.count(), 1);
    QCOMPARE(plugins[0][0].toStringList(), QStringList{u"/somewhere/mine.so"_s});
    QCOMPARE(files.count(), 0);
}

void tst_DropArea::runsAndTracesAreOpened()
{
    QFile trace(m_folder->filePath(u"trace.json"_s));
    QVERIFY(trace.open(QIODevice::WriteOnly));
    trace.write("{\"traceEvents\": []}");
    trace.close();
    QSignalSpy runs(m_area, &DropArea::runsDropped);
    QSignalSpy files(m_area, &DropArea::filesDropped);

    enter({u"/somewhere/kept.ffrun"_s, trace.fileName()});
    const QString title = m_area->title();
    drop();

    QVERIFY2(title.contains(u"2 runs"_s), qPrintable(title));
    QCOMPARE(runs.count(), 1);
    QCOMPARE(runs[0][0].toStringList(),
             (QStringList{u"/somewhere/kept.ffrun"_s, trace.fileName()}));
    QCOMPARE(files.count(), 0);
}

void tst_DropArea::twoRunsAreCompared()
{
    QSignalSpy runs(m_area, &DropArea::runsDropped);
    QSignalSpy comparison(m_area, &DropArea::comparisonDropped);

    enter({u"/somewhere/a.ffrun"_s, u"/somewhere/b.ffrun"_s});
    const QString title = m_area->title();
    drop();

    QCOMPARE(title, u"Drop to compare a.ffrun with b.ffrun"_s);
    QCOMPARE(comparison.count(), 1);
    QCOMPARE(comparison[0][0].toString(), u"/somewhere/a.ffrun"_s);
    QCOMPARE(comparison[0][1].toString(), u"/somewhere/b.ffrun"_s);
    QCOMPARE(runs.count(), 0);

    enter({u"/somewhere/a.ffrun"_s, u"/somewhere/b.ffrun"_s, u"/somewhere/c.ffrun"_s});
    drop();
    QCOMPARE(runs.count(), 1);
    QCOMPARE(comparison.count(), 1);
}

void tst_DropArea::saysWhenNothingReacts()
{
    m_run->setCatalog({});

    enter({m_folder->path()});

    QCOMPARE(m_area->title(), u"No handler reacts to files"_s);
}

void tst_DropArea::leavesTextAlone()
{
    m_mime = std::make_unique<QMimeData>();
    m_mime->setText(u"text"_s);
    QDragEnterEvent event({10, 10}, Qt::CopyAction, m_mime.get(), Qt::LeftButton, {});
    event.ignore();

    QCoreApplication::sendEvent(m_window.get(), &event);

    QVERIFY(!m_area->isVisible());
}

QTEST_MAIN(tst_DropArea)
#include "tst_droparea.moc"
