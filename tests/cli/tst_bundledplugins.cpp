// SPDX-License-Identifier: MIT
// What the bundled plugins compute does not depend on where they run.
#include "clirun.h"

#include <support/webserver.h>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare::Test;

class tst_BundledPlugins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_qs)); }
    void computesTheSameInThreadsAndProcesses_data();
    void computesTheSameInThreadsAndProcesses();
    void makesThumbnailsOfAFolder_data();
    void makesThumbnailsOfAFolder();
    void fetchesPages_data();
    void fetchesPages();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

static QString json(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// Runs the tool while the event loop of this test goes on, for the web server.
static CliResult emitOn(const QString &executor, const QStringList &arguments)
{
    QProcess process;
    prepareCli(
        process,
        QStringList{u"emit"_qs} + arguments
            + QStringList{u"--executor"_qs, executor, u"--workers"_qs, u"2"_qs, u"--json"_qs});
    process.start();
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
        process.kill();
    return resultOf(process);
}

static void addExecutors()
{
    QTest::addColumn<QString>("executor");
    QTest::newRow("threads") << u"threads"_qs;
    QTest::newRow("processes") << u"processes"_qs;
}

void tst_BundledPlugins::initTestCase()
{
    QFile text(path(u"text.txt"_qs));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("one two two\nthree three three\n");
    QVERIFY(QDir(m_folder.path()).mkdir(u"images"_qs));
    QImage image(60, 30, QImage::Format_RGB32);
    image.fill(QColor(0x10, 0x80, 0xf0));
    QVERIFY(image.save(path(u"images/a.png"_qs)));
    QVERIFY(image.save(path(u"images/b.jpg"_qs)));
}

void tst_BundledPlugins::computesTheSameInThreadsAndProcesses_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QJsonObject>("fields");
    QTest::addColumn<QJsonValue>("expected");

    QTest::newRow("wordcount") << u"TextAdded"_qs
                               << QJsonObject{{u"path"_qs, path(u"text.txt"_qs)}, {u"top"_qs, 1}}
                               << QJsonValue(QJsonObject{
                                      {u"lines"_qs, 2},
                                      {u"words"_qs, 6},
                                      {u"characters"_qs, 30},
                                      {u"distinct"_qs, 3},
                                      {u"bytes"_qs, 30},
                                      {u"top"_qs, QJsonArray{QJsonArray{u"three"_qs, 3}}}});
    QTest::newRow("primes") << u"Primes"_qs << QJsonObject{{u"from"_qs, 0}, {u"to"_qs, 100}}
                            << QJsonValue(QJsonObject{{u"count"_qs, 25}, {u"largest"_qs, 97}});
    QTest::newRow("mandelbrot") << u"MandelbrotTile"_qs
                                << QJsonObject{{u"x"_qs, 0},
                                               {u"y"_qs, 0},
                                               {u"width"_qs, 1},
                                               {u"pixels"_qs, 1},
                                               {u"iterations"_qs, 50}}
                                << QJsonValue(QJsonObject{{u"inside"_qs, 1}, {u"steps"_qs, 50}});
    QTest::newRow("legacy") << u"AlignTexts"_qs
                            << QJsonObject{{u"first"_qs, u"kitten"_qs},
                                           {u"second"_qs, u"sitting"_qs},
                                           {u"times"_qs, 10}}
                            << QJsonValue(3);
}

void tst_BundledPlugins::computesTheSameInThreadsAndProcesses()
{
    QFETCH(QString, event);
    QFETCH(QJsonObject, fields);
    QFETCH(QJsonValue, expected);

    for (const QString &executor : {u"threads"_qs, u"processes"_qs}) {
        const CliResult result =
            emitOn(executor, {event, u"--fields"_qs, json(fields), u"--count"_qs, u"4"_qs});

        QCOMPARE(result.exitCode, 0);
        const QList<QJsonObject> tasks = result.ofType(u"task"_qs);
        QCOMPARE(tasks.size(), 4);
        for (const QJsonObject &task : tasks)
            QCOMPARE(task.value(u"result"_qs), expected);
    }
}

void tst_BundledPlugins::makesThumbnailsOfAFolder_data()
{
    addExecutors();
}

void tst_BundledPlugins::makesThumbnailsOfAFolder()
{
    QFETCH(QString, executor);
    const QString folder = path(u"thumbnails-"_qs + executor);

    const CliResult result =
        emitOn(executor,
               {u"ImageAdded"_qs, u"--each-file"_qs, path(u"images"_qs), u"--fields"_qs,
                json({{u"folder"_qs, folder}, {u"size"_qs, 20}})});

    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.ofType(u"task"_qs).size(), 2);
    for (const QString &name : {u"a.png.png"_qs, u"b.jpg.png"_qs})
        QCOMPARE(QImage(folder + u'/' + name).size(), QSize(20, 10));
}

void tst_BundledPlugins::fetchesPages_data()
{
    addExecutors();
}

void tst_BundledPlugins::fetchesPages()
{
    QFETCH(QString, executor);
    WebServer server;
    server.addPage(u"/page"_qs, "200 OK", "content");

    const CliResult result =
        emitOn(executor,
               {u"PageWanted"_qs, u"--fields"_qs, json({{u"url"_qs, server.url(u"/page"_qs)}}),
                u"--count"_qs, u"20"_qs});

    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.ofType(u"task"_qs).size(), 20);
    QCOMPARE(server.requests().size(), 20);
    for (const QJsonObject &task : result.ofType(u"task"_qs))
        QCOMPARE(task[u"result"][u"body"].toString(), u"content"_qs);
}

QTEST_GUILESS_MAIN(tst_BundledPlugins)
#include "tst_bundledplugins.moc"
