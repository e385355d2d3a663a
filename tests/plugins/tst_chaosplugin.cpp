// SPDX-License-Identifier: MIT
#include <support/childprocess.h>
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>

#include <QTest>

#include <cstdio>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;

class tst_ChaosPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandlers();
    void throws();
    void refusesUnknownKinds();
    void endsItsProcess_data();
    void endsItsProcess();
    void hangsDespiteAStopRequest();

private:
    LoadedPlugin m_plugin{u"chaos"_s};
};

/// Runs \a handler with a stop request already made; the parent watches how this process ends.
static int runHandler(const QString &handler, const QString &kind)
{
    LoadedPlugin plugin(u"chaos"_s);
    RecordingContext context(u"any"_s, {.fields = {{u"kind"_s, kind}}});
    context.requestStop();
    std::puts("entered");
    std::fflush(stdout);
    plugin.handler(handler)->run(context);
    return 0;
}

void tst_ChaosPlugin::offersItsHandlers()
{
    const QStringList expected{u"throw: sync of ChaosThrow"_s, u"segfault: sync of ChaosSegfault"_s,
                               u"abort: sync of ChaosAbort"_s, u"hang: sync of ChaosHang"_s,
                               u"exit: sync of ChaosExit"_s,   u"chaos: sync of Chaos"_s};

    QCOMPARE(m_plugin.handlerStory(), expected);
}

void tst_ChaosPlugin::throws()
{
    RecordingContext context(u"ChaosThrow"_s, {});
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_plugin.handler(u"throw"_s)->run(context));

    RecordingContext typed(u"Chaos"_s, {.fields = {{u"kind"_s, u"throw"_s}}});
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_plugin.handler(u"chaos"_s)->run(typed));
}

void tst_ChaosPlugin::refusesUnknownKinds()
{
    RecordingContext context(u"Chaos"_s, {.fields = {{u"kind"_s, u"dance"_s}}});

    QString what;
    try {
        m_plugin.handler(u"chaos"_s)->run(context);
    } catch (const std::invalid_argument &error) {
        what = QString::fromUtf8(error.what());
    }

    const QString begin = u"Chaos knows no kind \"dance\": use throw, segfault, abort, "_s;
    QVERIFY2(what.startsWith(begin) && what.endsWith(u" or leak"_s), qPrintable(what));
}

void tst_ChaosPlugin::endsItsProcess_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("end");

    QTest::newRow("segfault") << u"segfault"_s << u"signal 11"_s;
    QTest::newRow("abort") << u"abort"_s << u"signal 6"_s;
    QTest::newRow("exit") << u"exit"_s << u"exit 3"_s;
}

void tst_ChaosPlugin::endsItsProcess()
{
    QFETCH(QString, kind);
    QFETCH(QString, end);

    for (const QString &handler : {kind, u"chaos"_s}) {
        QProcess process;
        Fanfare::Test::startSelf(process, {u"--run"_s, handler, kind});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), "entered\n");
        QCOMPARE(Fanfare::Test::endOf(process), end);
    }
}

void tst_ChaosPlugin::hangsDespiteAStopRequest()
{
    QProcess process;
    Fanfare::Test::startSelf(process, {u"--run"_s, u"hang"_s, u"hang"_s});
    QVERIFY(process.waitForReadyRead());

    const bool hasEnded = process.waitForFinished(200);
    QCOMPARE(Fanfare::Test::endOf(process), u"running"_s);
    process.kill();

    QVERIFY(!hasEnded);
    QVERIFY(process.waitForFinished());
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == "--run"_L1)
        return runHandler(arguments.value(2), arguments.value(3));
    tst_ChaosPlugin test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_chaosplugin.moc"
