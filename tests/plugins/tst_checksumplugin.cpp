// SPDX-License-Identifier: MIT
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Fanfare::Handler;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;

/// What coreutils say. Fed through standard input, because names with a line break are escaped.
static QString sha256sum(const QString &path)
{
    QProcess process;
    process.setStandardInputFile(path);
    process.start(u"sha256sum"_s, QStringList());
    process.waitForFinished();
    return QString::fromLatin1(process.readAllStandardOutput()).section(u' ', 0, 0);
}

static QCborMap hash(Handler &handler, const QString &path)
{
    RecordingContext context(u"FileAdded"_s, {.fields = {{u"path"_s, path}}});
    return handler.run(context).toMap();
}

static QString refusal(Handler &handler, const QString &path)
{
    try {
        hash(handler, path);
    } catch (const std::runtime_error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

class tst_ChecksumPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandler();
    void agreesWithSha256sum_data();
    void agreesWithSha256sum();
    void agreesWithSha256sumOnRealFilesInParallel();
    void refusalNamesFileAndReason_data();
    void refusalNamesFileAndReason();
    void unreadableFileIsRefused();
    void readErrorIsReported();
    void stopsBetweenBlocks();
    void tellsProgressOfLargeFiles();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString write(const QString &name, qsizetype size) const;

    QTemporaryDir m_folder;
    LoadedPlugin m_plugin{u"checksum"_s};
    std::unique_ptr<Handler> m_handler;
};

void tst_ChecksumPlugin::initTestCase()
{
    QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString()));
    m_handler = m_plugin.handler(u"sha256"_s);
    QVERIFY(m_handler);
}

QString tst_ChecksumPlugin::write(const QString &name, qsizetype size) const
{
    QByteArray content(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        content[i] = char((i * 2654435761U) >> 13);
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != size)
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

void tst_ChecksumPlugin::offersItsHandler()
{
    QCOMPARE(m_plugin.handlerStory(), QStringList{u"sha256: sync of FileAdded"_s});
    const QCborMap event = m_plugin->events().first().toMap();
    const QCborMap field = event.value(u"fields"_s).toArray().first().toMap();
    QCOMPARE(field.value(u"type"_s).toString(), u"path"_s);
}

void tst_ChecksumPlugin::agreesWithSha256sum_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qsizetype>("size");

    QTest::newRow("empty") << u"empty"_s << qsizetype(0);
    QTest::newRow("one byte") << u"one"_s << qsizetype(1);
    QTest::newRow("one block") << u"block"_s << qsizetype(1 << 20);
    QTest::newRow("one block and a byte") << u"block+1"_s << qsizetype((1 << 20) + 1);
    QTest::newRow("20 MB") << u"large"_s << qsizetype(20'000'000);
    QTest::newRow("strange name") << u" a \"b\"\nÄ 中 .txt"_s << qsizetype(100);
}

void tst_ChecksumPlugin::agreesWithSha256sum()
{
    QFETCH(QString, name);
    QFETCH(qsizetype, size);
    const QString file = write(name, size);

    const QCborMap result = hash(*m_handler, file);

    QCOMPARE(result.value(u"sha256"_s).toString(), sha256sum(file));
    QCOMPARE(result.value(u"bytes"_s).toInteger(), size);
}

void tst_ChecksumPlugin::agreesWithSha256sumOnRealFilesInParallel()
{
    QStringList files;
    QDirIterator sources(QStringLiteral(FANFARE_TEST_SOURCE_DIR), QDir::Files,
                         QDirIterator::Subdirectories);
    while (sources.hasNext())
        files.append(sources.next());
    QVERIFY(files.size() > 10);
    std::vector<QString> hashes(files.size());

    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (qsizetype i = thread; i < files.size(); i += 4)
                hashes[i] = hash(*m_handler, files[i]).value(u"sha256"_s).toString();
        });
    }
    threads.clear();

    for (qsizetype i = 0; i < files.size(); ++i)
        QCOMPARE(hashes[i], sha256sum(files[i]));
}

void tst_ChecksumPlugin::refusalNamesFileAndReason_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("sentence");
    const QString gone = path(u"gone"_s);
    const QString link = path(u"link"_s);
    const QString fifo = path(u"fifo"_s);
    QVERIFY(QFile::link(gone, link));
    QCOMPARE(::mkfifo(QFile::encodeName(fifo), 0600), 0);

    QTest::newRow("missing") << gone << u"Cannot open %1: No such file or directory"_s.arg(gone);
    QTest::newRow("vanished target")
        << link << u"Cannot open %1: No such file or directory"_s.arg(link);
    QTest::newRow("directory") << m_folder.path()
                               << u"Cannot read %1: Is a directory"_s.arg(m_folder.path());
    QTest::newRow("fifo without writer")
        << fifo << u"Cannot read %1: it is a device, pipe or socket, not a file"_s.arg(fifo);
    QTest::newRow("endless device")
        << u"/dev/zero"_s << u"Cannot read /dev/zero: it is a device, pipe or socket, not a file"_s;
    QTest::newRow("below a file") << u"/dev/null/x"_s
                                  << u"Cannot open /dev/null/x: Not a directory"_s;
    QTest::newRow("no path") << QString() << u"No file to hash: the field \"path\" is empty"_s;
}

void tst_ChecksumPlugin::refusalNamesFileAndReason()
{
    QFETCH(QString, file);
    QFETCH(QString, sentence);

    QCOMPARE(refusal(*m_handler, file), sentence);
}

void tst_ChecksumPlugin::unreadableFileIsRefused()
{
    if (::geteuid() == 0)
        QSKIP("root reads every file");
    const QString file = write(u"secret"_s, 10);
    QVERIFY(QFile::setPermissions(file, {}));

    QCOMPARE(refusal(*m_handler, file), u"Cannot open %1: Permission denied"_s.arg(file));
}

void tst_ChecksumPlugin::readErrorIsReported()
{
    // Nothing is mapped at address 0, so reading the memory of this process from there fails.
    QCOMPARE(refusal(*m_handler, u"/proc/self/mem"_s),
             u"Cannot read /proc/self/mem: Input/output error"_s);
}

void tst_ChecksumPlugin::stopsBetweenBlocks()
{
    const QString file = write(u"stopped"_s, 3 << 20);
    RecordingContext context(u"FileAdded"_s, {.fields = {{u"path"_s, file}}});
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_handler->run(context));

    QVERIFY(context.fractions().empty());
}

void tst_ChecksumPlugin::tellsProgressOfLargeFiles()
{
    const QString file = write(u"progress"_s, 4 << 20);
    RecordingContext context(u"FileAdded"_s, {.fields = {{u"path"_s, file}}});

    m_handler->run(context);

    QCOMPARE(context.fractions(), std::vector<double>({0.25, 0.5, 0.75, 1.0}));
}

QTEST_GUILESS_MAIN(tst_ChecksumPlugin)
#include "tst_checksumplugin.moc"
