// SPDX-License-Identifier: MIT
#include <fanfare/plugins/filehash.h>
#include <fanfare/plugins/sha256.h>
#include <fanfare/plugins/shadowstore.h>
#include <fanfare/plugins/verdictcache.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ShadowStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void hashesTheSameInEveryWay(); // the first, see there
    void hashesAsEverybodyDoes();
    void copiesByContent();
    void copiesTheSameContentOnce();
    void letsNobodyElseIn();
    void trimsWhatNobodyHolds();
    void saysWhyItCannotCopy();
    void remembersAVerdictForTheSameHost();

private:
    ShadowStore store() const { return ShadowStore(m_folder->filePath(u"shadow"_s)); }
    Result<ShadowCopy> keep(const QByteArray &content, const QString &name = u"a.so"_s) const
    {
        QFile file(m_folder->filePath(u"source"_s));
        if (!file.open(QIODevice::ReadWrite | QIODevice::Truncate))
            qFatal("the file cannot be written");
        file.write(content);
        file.flush();
        return store().keep(file.handle(), name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

static QByteArray sha256(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
}

void tst_ShadowStore::hashesAsEverybodyDoes()
{
    const QByteArray content(3'000'000, 'x');
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();

    QCOMPARE(fileHash(file.fileName()), sha256(content)); // large: by OpenSSL
    QFile small(m_folder->filePath(u"small"_s));
    QVERIFY(small.open(QIODevice::WriteOnly));
    small.close();
    QCOMPARE(fileHash(small.fileName()), sha256({}));
    QCOMPARE(fileHash(m_folder->filePath(u"nothing"_s)), QByteArray());
}

/// The first small thing of a process is hashed by Qt, what comes later by OpenSSL.
void tst_ShadowStore::hashesTheSameInEveryWay()
{
    Sha256 few(10);
    few.add("some text");
    Sha256 many(1'000'000);
    many.add("some ");
    many.add("text");

    QCOMPARE(few.result(), sha256("some text"));
    QCOMPARE(many.result(), sha256("some text"));
}

void tst_ShadowStore::copiesByContent()
{
    const auto copy = keep("some content");

    QVERIFY(copy);
    QCOMPARE(copy->hash, sha256("some content"));
    QCOMPARE(copy->path,
             store().root() + u'/' + QString::fromLatin1(copy->hash.toHex()) + u"/a.so"_s);
    QCOMPARE(fileHash(copy->path), copy->hash);
}

void tst_ShadowStore::copiesTheSameContentOnce()
{
    const auto first = keep("content");
    const auto inode = [](const QString &path) {
        struct stat status = {};
        stat(QFile::encodeName(path).constData(), &status);
        return status.st_ino;
    };
    const auto before = inode(first->path);

    const auto second = keep("content");
    const auto other = keep("content", u"b.so"_s);

    QCOMPARE(second->path, first->path);
    QCOMPARE(inode(second->path), before);
    QCOMPARE(other->hash, first->hash);
    QVERIFY(QFile::exists(other->path));
}

void tst_ShadowStore::letsNobodyElseIn()
{
    const auto copy = keep("content");
    const auto mode = [](const QString &path) {
        struct stat status = {};
        stat(QFile::encodeName(path).constData(), &status);
        return int(status.st_mode & 07777);
    };

    QCOMPARE(mode(copy->path), 0500);
    QCOMPARE(mode(QFileInfo(copy->path).path()), 0700);
    QCOMPARE(mode(store().root()), 0700);
}

void tst_ShadowStore::trimsWhatNobodyHolds()
{
    const auto held = keep(QByteArray(1000, 'a'));
    const QString dropped = keep(QByteArray(1000, 'b'))->path;
    const auto kept = keep(QByteArray(1000, 'c'));

    store().trim(2500);

    QVERIFY(QFile::exists(held->path)); // the oldest, but in use
    QVERIFY(!QFile::exists(dropped));
    QVERIFY(QFile::exists(kept->path));
    QVERIFY(keep(QByteArray(1000, 'b')));
    QVERIFY(QFile::exists(dropped));
}

void tst_ShadowStore::saysWhyItCannotCopy()
{
    QFile file(m_folder->filePath(u"shadow"_s)); // where a folder should be
    QVERIFY(file.open(QIODevice::WriteOnly));

    const auto copy = keep("content");

    QVERIFY(!copy);
    QCOMPARE(copy.error().code, ErrorCode::Unreadable);
}

void tst_ShadowStore::remembersAVerdictForTheSameHost()
{
    const auto copy = keep("content");
    const QString host = QCoreApplication::applicationFilePath();

    QVERIFY(!VerdictCache(host).find(copy->path));
    VerdictCache(host).keep(copy->path, "verdict\n\0more"_ba);

    QCOMPARE(VerdictCache(host).find(copy->path), "verdict\n\0more"_ba);
    QVERIFY(!VerdictCache(m_folder->filePath(u"source"_s)).find(copy->path)); // another program
}

QTEST_GUILESS_MAIN(tst_ShadowStore)
#include "tst_shadowstore.moc"
