// SPDX-License-Identifier: MIT
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>
#include <support/webserver.h>

#include <QCoroTask>
#include <QTest>

#include <optional>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::AsyncHandler;
using Fanfare::Handler;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;
using Fanfare::Test::WebServer;

/// A task of the handler and how it ended: with a result, or with a sentence.
struct Task
{
    explicit Task(const QCborMap &fields)
        : context(u"PageWanted"_s, {.fields = fields})
    {
    }
    bool isDone() const { return result || !sentence.isEmpty(); }

    RecordingContext context;
    std::optional<QCborMap> result;
    QString sentence;
};

static QCoro::Task<void> drive(AsyncHandler &handler, Task &task)
{
    try {
        const QCborValue value = co_await handler.start(task.context);
        task.result = value.toMap();
    } catch (const std::exception &exception) {
        task.sentence = QString::fromUtf8(exception.what());
    }
}

class tst_WebfetchPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandler();
    void getsPages_data();
    void getsPages();
    void followsRedirects();
    void manyPagesWaitAtOnce();
    void refusalTellsTheReason_data();
    void refusalTellsTheReason();
    void lateServerIsLeft();
    void stopEndsAtOnce();
    void stopFromTheStartIsHeard();

private:
    void start(Task &task) { drive(*m_handler->asAsync(), task); }

    WebServer m_server;
    LoadedPlugin m_plugin{u"webfetch"_s};
    std::unique_ptr<Handler> m_handler;
};

void tst_WebfetchPlugin::initTestCase()
{
    QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString()));
    m_handler = m_plugin.handler(u"fetch"_s);
    QVERIFY(m_handler && m_handler->asAsync());
    m_server.addPage(u"/text"_s, "200 OK", "Grüße", "Content-Type: text/plain\r\n");
    m_server.addPage(u"/bytes"_s, "200 OK", QByteArray("\xff\0\xfe", 3));
    m_server.addPage(u"/empty"_s, "204 No Content", {});
    m_server.addPage(u"/gone"_s, "404 Not Found", "nothing here");
    m_server.addPage(u"/long"_s, "200 OK", QByteArray(5000, 'x'));
    m_server.addPage(u"/exact"_s, "200 OK", QByteArray(1000, 'x'));
    m_server.addPage(u"/hop"_s, "302 Found", {}, "Location: /text\r\n");
    m_server.addPage(u"/round"_s, "302 Found", {}, "Location: /round\r\n");
    m_server.add(u"/silent"_s, [](QTcpSocket &) {});
    m_server.add(u"/half"_s, [](QTcpSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
        socket.disconnectFromHost();
    });
}

void tst_WebfetchPlugin::offersItsHandler()
{
    QCOMPARE(m_plugin.handlerStory(), QStringList{u"fetch: async of PageWanted"_s});
}

void tst_WebfetchPlugin::getsPages_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("contentType");
    QTest::addColumn<QCborValue>("body");
    QTest::addColumn<int>("bytes");

    QTest::newRow("text") << u"/text"_s << 200 << u"text/plain"_s << QCborValue(u"Grüße"_s) << 7;
    QTest::newRow("bytes") << u"/bytes"_s << 200 << QString()
                           << QCborValue(QByteArray("\xff\0\xfe", 3)) << 3;
    QTest::newRow("empty") << u"/empty"_s << 204 << QString() << QCborValue(QString()) << 0;
    QTest::newRow("not found") << u"/gone"_s << 404 << QString() << QCborValue(u"nothing here"_s)
                               << 12;
    QTest::newRow("just short enough")
        << u"/exact"_s << 200 << QString() << QCborValue(u"x"_s.repeated(1000)) << 1000;
}

void tst_WebfetchPlugin::getsPages()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    QFETCH(QString, contentType);
    QFETCH(QCborValue, body);
    QFETCH(int, bytes);
    Task task({{u"url"_s, m_server.url(path)}, {u"maximumBytes"_s, 1000}});

    start(task);
    QTRY_VERIFY(task.isDone());

    QCOMPARE(task.sentence, QString());
    const QCborMap expected{{u"status"_s, status},
                            {u"url"_s, m_server.url(path)},
                            {u"contentType"_s, contentType},
                            {u"bytes"_s, bytes},
                            {u"body"_s, body}};
    QCOMPARE(*task.result, expected);
}

void tst_WebfetchPlugin::followsRedirects()
{
    Task task({{u"url"_s, m_server.url(u"/hop"_s)}, {u"redirects"_s, 1}});

    start(task);
    QTRY_VERIFY(task.isDone());

    QCOMPARE(task.sentence, QString());
    QCOMPARE(task.result->value(u"status"_s).toInteger(), 200);
    QCOMPARE(task.result->value(u"url"_s).toString(), m_server.url(u"/text"_s));
}

void tst_WebfetchPlugin::manyPagesWaitAtOnce()
{
    std::vector<std::unique_ptr<Task>> tasks;
    const int before = m_server.connections();

    for (int i = 0; i < 50; ++i) {
        tasks.push_back(std::make_unique<Task>(QCborMap{{u"url"_s, m_server.url(u"/silent"_s)}}));
        start(*tasks.back());
    }

    // All of them are connected while none has an answer, and all on this one thread.
    QTRY_COMPARE(m_server.connections() - before, 50);
    for (const auto &task : tasks)
        task->context.requestStop();
    for (const auto &task : tasks)
        QTRY_COMPARE(task->sentence, u"Asked to stop"_s);
}

void tst_WebfetchPlugin::refusalTellsTheReason_data()
{
    QTest::addColumn<QCborMap>("fields");
    QTest::addColumn<QString>("sentence");
    const QString round = m_server.url(u"/round"_s);
    const QString half = m_server.url(u"/half"_s);
    const QString longPage = m_server.url(u"/long"_s);

    QTest::newRow("no url") << QCborMap()
                            << u"Cannot fetch \"\": the field \"url\" takes http and https"_s;
    QTest::newRow("file") << QCborMap{{u"url"_s, u"file:///etc/hostname"_s}}
                          << u"Cannot fetch \"file:///etc/hostname\": the field \"url\" takes http "
                             u"and https"_s;
    QTest::newRow("nobody listens") << QCborMap{{u"url"_s, u"http://127.0.0.1:1/"_s}}
                                    << u"Cannot fetch http://127.0.0.1:1/: Connection refused"_s;
    QTest::newRow("in a circle") << QCborMap{{u"url"_s, round}, {u"redirects"_s, 3}}
                                 << u"Cannot fetch %1: Too many redirects"_s.arg(round);
    QTest::newRow("half a page") << QCborMap{{u"url"_s, half}}
                                 << u"Cannot fetch %1: Connection closed"_s.arg(half);
    QTest::newRow("too long") << QCborMap{{u"url"_s, longPage}, {u"maximumBytes"_s, 4999}}
                              << u"The body of %1 has more than 4999 bytes"_s.arg(longPage);
}

void tst_WebfetchPlugin::refusalTellsTheReason()
{
    QFETCH(QCborMap, fields);
    QFETCH(QString, sentence);
    Task task(fields);

    start(task);
    QTRY_VERIFY(task.isDone());

    QCOMPARE(task.sentence, sentence);
}

void tst_WebfetchPlugin::lateServerIsLeft()
{
    const QString url = m_server.url(u"/silent"_s);
    Task task({{u"url"_s, url}, {u"timeoutMs"_s, 30}});
    const int before = m_server.disconnections();

    start(task);
    QTRY_VERIFY(task.isDone());

    QCOMPARE(task.sentence, u"Fetching %1 took longer than 30 ms"_s.arg(url));
    QTRY_COMPARE(m_server.disconnections(), before + 1);
}

void tst_WebfetchPlugin::stopEndsAtOnce()
{
    Task task({{u"url"_s, m_server.url(u"/silent"_s)}});
    const auto before = m_server.requests().size();

    start(task);
    QTRY_COMPARE(m_server.requests().size(), before + 1);
    task.context.requestStop();

    QTRY_COMPARE(task.sentence, u"Asked to stop"_s);
}

void tst_WebfetchPlugin::stopFromTheStartIsHeard()
{
    Task task({{u"url"_s, m_server.url(u"/text"_s)}});
    task.context.requestStop();

    start(task);
    QTRY_VERIFY(task.isDone());

    QCOMPARE(task.sentence, u"Asked to stop"_s);
}

QTEST_GUILESS_MAIN(tst_WebfetchPlugin)
#include "tst_webfetchplugin.moc"
