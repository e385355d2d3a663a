// SPDX-License-Identifier: MIT
#include "desktop/singleinstance.h"

#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_SingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theSecondHandsOverToTheFirst();
    void eachRunFolderHasItsOwn();
    void worksWithoutARuntimeFolder();
    void keepsOutOfAFolderThatOthersMayEnter();
    void takesOverFromOneThatWasKilled();
    void dropsGuestsThatTalkNonsense_data();
    void dropsGuestsThatTalkNonsense();
    void aSecondStartLeavesAtOnce();

private:
    QString socket() const;
    QProcessEnvironment environment() const;

    std::unique_ptr<QTemporaryDir> m_runtime;
};

void tst_SingleInstance::init()
{
    m_runtime = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime->path()));
}

/// The only one there is.
QString tst_SingleInstance::socket() const
{
    const QDir folder(m_runtime->filePath(u"fanfare"_s));
    const QStringList names = folder.entryList(QDir::System | QDir::Files)
                                  .filter(QRegularExpression(u"^[0-9a-f]{16}$"_s));
    return names.size() == 1 ? folder.filePath(names.first()) : QString();
}

void tst_SingleInstance::theSecondHandsOverToTheFirst()
{
    SingleInstance first(u"/runs"_s);
    QSignalSpy opened(&first, &SingleInstance::openWanted);
    QSignalSpy raised(&first, &SingleInstance::raiseWanted);
    QVERIFY(first.claim());
    QVERIFY(!SingleInstance(u"/runs"_s).claim());
    QProcess second; // handOver() blocks, and the first one has to answer meanwhile
    const QStringList things{u"/a/run.ffrun"_s, u"fanfare://run/12345678"_s};

    std::thread guest([&] {
        const auto taken = SingleInstance(u"/runs"_s).handOver(things);
        QVERIFY(taken);
    });

    QTRY_COMPARE(raised.count(), 1);
    guest.join();
    QCOMPARE(opened.value(0).value(0).toStringList(), things);
    const QFileInfo folder(m_runtime->filePath(u"fanfare"_s));
    QCOMPARE(folder.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther),
             QFile::Permissions());
}

void tst_SingleInstance::eachRunFolderHasItsOwn()
{
    SingleInstance first(u"/runs"_s);
    SingleInstance other(u"/other"_s);

    QVERIFY(first.claim());
    QVERIFY(other.claim());
}

void tst_SingleInstance::worksWithoutARuntimeFolder()
{
    qunsetenv("XDG_RUNTIME_DIR");
    SingleInstance instance(u"/runs"_s);

    QVERIFY(!instance.isPossible());
    QVERIFY(!instance.claim());
    QVERIFY(!instance.handOver({}));
}

void tst_SingleInstance::keepsOutOfAFolderThatOthersMayEnter()
{
    const QString folder = m_runtime->filePath(u"fanfare"_s);
    QVERIFY(QDir().mkdir(folder));
    QVERIFY(QFile::setPermissions(folder, QFile::Permissions(0x7777)));

    QVERIFY(!SingleInstance(u"/runs"_s).isPossible());
}

void tst_SingleInstance::takesOverFromOneThatWasKilled()
{
    QFile left(m_runtime->filePath(u"x"_s));
    {
        SingleInstance first(u"/runs"_s);
        QVERIFY(first.claim());
        QVERIFY(QFile::link(socket(), socket() + u".kept"_s)); // and the lock file stays anyway
    }

    SingleInstance second(u"/runs"_s);

    QVERIFY(second.claim());
}

void tst_SingleInstance::dropsGuestsThatTalkNonsense_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("no length") << QByteArray(40, 'x');
    QTest::newRow("huge") << QByteArray("999999999999\n");
    QTest::newRow("negative") << QByteArray("-1\n");
    QTest::newRow("no cbor") << QByteArray("3\n\xff\xff\xff");
    QTest::newRow("a relative path")
        << QByteArray("26\n\xa2\x67version\x01\x64open\x81\x6a../.././ab", 29);
}

void tst_SingleInstance::dropsGuestsThatTalkNonsense()
{
    QFETCH(QByteArray, bytes);
    SingleInstance instance(u"/runs"_s);
    QSignalSpy opened(&instance, &SingleInstance::openWanted);
    QSignalSpy raised(&instance, &SingleInstance::raiseWanted);
    QVERIFY(instance.claim());
    QLocalSocket guest;
    guest.connectToServer(socket());
    QVERIFY(guest.waitForConnected());

    guest.write(bytes);

    QTRY_COMPARE(guest.state(), QLocalSocket::UnconnectedState);
    QVERIFY(guest.readAll().isEmpty());
    QVERIFY(opened.isEmpty() && raised.isEmpty());
}

QProcessEnvironment tst_SingleInstance::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s})
        environment.insert(name, m_runtime->filePath(u"home"_s));
    return environment;
}

void tst_SingleInstance::aSecondStartLeavesAtOnce()
{
    const QString program = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare");
    const QStringList arguments{u"--runs"_s, m_runtime->filePath(u"runs"_s)};
    QProcess first;
    first.setProcessEnvironment(environment());
    first.start(program, arguments);
    QTRY_VERIFY(!socket().isEmpty());

    QProcess second;
    second.setProcessEnvironment(environment());
    second.start(program, arguments + QStringList{u"fanfare://run/12345678"_s});
    QVERIFY(second.waitForFinished());

    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(second.exitStatus(), QProcess::NormalExit);
    QCOMPARE(second.readAllStandardError(), QByteArray());
    QCOMPARE(first.state(), QProcess::Running);
    first.terminate();
    QVERIFY(first.waitForFinished());
    QCOMPARE(first.exitStatus(), QProcess::NormalExit);
    QVERIFY(socket().isEmpty());
}

QTEST_MAIN(tst_SingleInstance)
#include "tst_singleinstance.moc"
