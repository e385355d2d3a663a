// SPDX-License-Identifier: MIT
#include "desktop/filecollector.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static void touch(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

class tst_FileCollector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsFoldersRecursively();
    void passesFilesOnAsTheyAre();
    void aCanceledListingIsNeverReported();
    void theLatestRequestWins();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_FileCollector::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(u"sub/deep"_s));
    for (const auto &name : {u"a"_s, u".hidden"_s, u"sub/b"_s, u"sub/deep/c"_s})
        touch(path(name));
}

void tst_FileCollector::listsFoldersRecursively()
{
    FileCollector collector;
    QSignalSpy collected(&collector, &FileCollector::collected);

    collector.collect({m_folder->path()});

    QVERIFY(collector.isCollecting());
    QVERIFY(collected.wait());
    QCOMPARE(
        collected[0][0].toStringList(),
        (QStringList{path(u".hidden"_s), path(u"a"_s), path(u"sub/b"_s), path(u"sub/deep/c"_s)}));
    QVERIFY(!collector.isCollecting());
}

void tst_FileCollector::passesFilesOnAsTheyAre()
{
    FileCollector collector;
    QSignalSpy collected(&collector, &FileCollector::collected);

    collector.collect({path(u"a"_s), u"/no/such/file"_s});

    QVERIFY(collected.wait());
    QCOMPARE(collected[0][0].toStringList(), (QStringList{path(u"a"_s), u"/no/such/file"_s}));
}

void tst_FileCollector::aCanceledListingIsNeverReported()
{
    FileCollector collector;
    QSignalSpy collected(&collector, &FileCollector::collected);

    collector.collect({u"/usr/share"_s});
    collector.cancel();
    collector.collect({path(u"a"_s)});

    QVERIFY(collected.wait());
    QCOMPARE(collected.count(), 1);
    QCOMPARE(collected[0][0].toStringList(), QStringList{path(u"a"_s)});
}

void tst_FileCollector::theLatestRequestWins()
{
    FileCollector collector;
    QSignalSpy collected(&collector, &FileCollector::collected);

    collector.collect({path(u"a"_s)});
    collector.collect({path(u"sub/b"_s)});

    QVERIFY(collected.wait());
    QCOMPARE(collected.count(), 1);
    QCOMPARE(collected[0][0].toStringList(), QStringList{path(u"sub/b"_s)});
}

QTEST_GUILESS_MAIN(tst_FileCollector)
#include "tst_filecollector.moc"
