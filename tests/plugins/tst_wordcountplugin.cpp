// SPDX-License-Identifier: MIT
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <stdexcept>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using Fanfare::Handler;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;

static QCborMap count(Handler &handler, const QString &path, int top = 10)
{
    RecordingContext context(u"TextAdded"_s, {.fields = {{u"path"_s, path}, {u"top"_s, top}}});
    return handler.run(context).toMap();
}

static QString refusal(Handler &handler, const QString &path)
{
    try {
        count(handler, path);
    } catch (const std::runtime_error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

/// The same by other means: a regular expression over the whole text, and an ordered map.
static QCborMap countAgain(const QString &text, int top)
{
    std::map<QString, qint64> counts;
    static const QRegularExpression word(u"[\\p{L}\\p{N}\\p{M}]+"_s,
                                         QRegularExpression::UseUnicodePropertiesOption);
    qint64 words = 0;
    for (auto all = word.globalMatch(text); all.hasNext(); ++words)
        ++counts[all.next().captured().toCaseFolded()];
    std::multimap<qint64, QString, std::greater<>> byCount;
    for (const auto &[name, number] : counts)
        byCount.emplace(number, name);
    QCborArray most;
    for (const auto &[number, name] : byCount) {
        if (most.size() < top)
            most.append(QCborArray{name, number});
    }
    return {{u"lines"_s, text.count(u'\n')},
            {u"words"_s, words},
            {u"characters"_s, text.size()},
            {u"distinct"_s, qint64(counts.size())},
            {u"top"_s, most},
            {u"bytes"_s, text.toUtf8().size()}};
}

class tst_WordcountPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandler();
    void countsTexts_data();
    void countsTexts();
    void agreesWithWcOnRealFiles();
    void charactersCutByBlocksAreWhole();
    void refusalNamesFileAndReason_data();
    void refusalNamesFileAndReason();
    void stopsBetweenBlocks();

private:
    QString write(const QString &name, const QByteArray &content) const;

    QTemporaryDir m_folder;
    LoadedPlugin m_plugin{u"wordcount"_s};
    std::unique_ptr<Handler> m_handler;
};

void tst_WordcountPlugin::initTestCase()
{
    QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString()));
    m_handler = m_plugin.handler(u"count"_s);
    QVERIFY(m_handler);
}

QString tst_WordcountPlugin::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

void tst_WordcountPlugin::offersItsHandler()
{
    QCOMPARE(m_plugin.handlerStory(), QStringList{u"count: sync of TextAdded"_s});
}

void tst_WordcountPlugin::countsTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QCborArray>("top");
    using Pair = QCborArray;

    QTest::newRow("empty") << QString() << QCborArray();
    QTest::newRow("no word") << u" \n-- !"_s << QCborArray();
    QTest::newRow("case") << u"The the THE end"_s
                          << QCborArray{Pair{u"the"_s, 3}, Pair{u"end"_s, 1}};
    QTest::newRow("ties by alphabet")
        << u"b a c b"_s << QCborArray{Pair{u"b"_s, 2}, Pair{u"a"_s, 1}};
    QTest::newRow("digits and letters")
        << u"x1, x1; 2\n"_s << QCborArray{Pair{u"x1"_s, 2}, Pair{u"2"_s, 1}};
    QTest::newRow("beyond ASCII") << u"Straße STRASSE Ärger"_s
                                  << QCborArray{Pair{u"straße"_s, 1}, Pair{u"strasse"_s, 1}};
}

void tst_WordcountPlugin::countsTexts()
{
    QFETCH(QString, text);
    QFETCH(QCborArray, top);

    const QCborMap result = count(*m_handler, write(u"text"_s, text.toUtf8()), 2);

    if (qstrcmp(QTest::currentDataTag(), "beyond ASCII") != 0)
        QCOMPARE(result.value(u"top"_s).toArray(), top);
    QCOMPARE(result, countAgain(text, 2));
}

void tst_WordcountPlugin::agreesWithWcOnRealFiles()
{
    const QDir folder(QStringLiteral(FANFARE_TEST_SOURCE_DIR "/plugins"));
    const QFileInfoList files = folder.entryInfoList({u"*.cpp"_s}, QDir::Files);
    QVERIFY(files.size() > 5);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QProcess wc;
        wc.setStandardInputFile(info.filePath());
        wc.start(u"wc"_s, {u"-lc"_s});
        QVERIFY(wc.waitForFinished());
        const QList<QByteArray> figures = wc.readAllStandardOutput().simplified().split(' ');

        const QCborMap result = count(*m_handler, info.filePath(), 1000);

        QCOMPARE(result.value(u"lines"_s).toInteger(), figures.value(0).toLongLong());
        QCOMPARE(result.value(u"bytes"_s).toInteger(), figures.value(1).toLongLong());
        QCOMPARE(result, countAgain(QString::fromUtf8(file.readAll()), 1000));
    }
}

void tst_WordcountPlugin::charactersCutByBlocksAreWhole()
{
    // Blocks are 256 KiB: with one byte in front, a character of four bytes lies across the edge.
    const QString text = u'x' + u"\U0001D7D8"_s.repeated(100'000);

    const QCborMap result = count(*m_handler, write(u"long"_s, text.toUtf8()));

    QCOMPARE(result, countAgain(text, 10));
    QCOMPARE(result.value(u"words"_s).toInteger(), 1);
}

void tst_WordcountPlugin::refusalNamesFileAndReason_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("sentence");
    const QString gone = m_folder.filePath(u"gone"_s);
    const QString binary = write(u"binary"_s, "abc\xff\xfe");
    const QString zero = write(u"zero"_s, QByteArray("a\0b", 3));
    const QString fifo = m_folder.filePath(u"fifo"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(fifo), 0600), 0);

    QTest::newRow("missing") << gone << u"Cannot open %1: No such file or directory"_s.arg(gone);
    QTest::newRow("fifo") << fifo
                          << u"Cannot count %1: it is a folder or a device, not a file"_s.arg(fifo);
    QTest::newRow("folder") << m_folder.path()
                            << u"Cannot count %1: it is a folder or a device, not a file"_s.arg(
                                   m_folder.path());
    QTest::newRow("not UTF-8") << binary
                               << u"Cannot count %1: it is no text in UTF-8"_s.arg(binary);
    QTest::newRow("zero byte") << zero << u"Cannot count %1: it is no text in UTF-8"_s.arg(zero);
    QTest::newRow("no path") << QString() << u"No file to count: the field \"path\" is empty"_s;
}

void tst_WordcountPlugin::refusalNamesFileAndReason()
{
    QFETCH(QString, file);
    QFETCH(QString, sentence);

    QCOMPARE(refusal(*m_handler, file), sentence);
}

void tst_WordcountPlugin::stopsBetweenBlocks()
{
    const QString file = write(u"stopped"_s, QByteArray(1 << 20, 'a'));
    RecordingContext context(u"TextAdded"_s, {.fields = {{u"path"_s, file}}});
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_handler->run(context));

    QVERIFY(context.fractions().empty());
}

QTEST_GUILESS_MAIN(tst_WordcountPlugin)
#include "tst_wordcountplugin.moc"
