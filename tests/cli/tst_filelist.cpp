// SPDX-License-Identifier: MIT
#include "cli/filelist.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Cli;

class tst_FileList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsRegularFilesInOrder();
    void leavesOutLinksAndPipes();
    void refusesWhatIsNoFolderWithFiles();
    void namesUnreadableFolders();
};

static void touch(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

void tst_FileList::findsRegularFilesInOrder()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"b/c"_qs));
    for (const QString &name : {u"z"_qs, u"b/c/two words"_qs, u"b/.hidden"_qs, u"a"_qs})
        touch(folder.filePath(name));

    const Result<FileList> list = filesBelow(folder.path() + u"/b/.."_qs);

    QVERIFY(list);
    const QString root = folder.path() + u'/';
    const QStringList expected{root + u'a', root + u"b/.hidden"_qs, root + u"b/c/two words"_qs,
                               root + u'z'};
    QCOMPARE(list->files, expected);
    QVERIFY(list->unreadable.isEmpty());
}

void tst_FileList::leavesOutLinksAndPipes()
{
    QTemporaryDir folder;
    touch(folder.filePath(u"file"_qs));
    QVERIFY(QFile::link(folder.path(), folder.filePath(u"loop"_qs)));
    QVERIFY(QFile::link(folder.filePath(u"file"_qs), folder.filePath(u"link"_qs)));
    QVERIFY(QFile::link(u"/no/such/file"_qs, folder.filePath(u"dangling"_qs)));
    QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(u"pipe"_qs)).constData(), 0600), 0);

    const Result<FileList> list = filesBelow(folder.path());

    QVERIFY(list);
    QCOMPARE(list->files, QStringList{folder.filePath(u"file"_qs)});
}

void tst_FileList::refusesWhatIsNoFolderWithFiles()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_qs);
    touch(file);
    QVERIFY(QDir(folder.path()).mkdir(u"empty"_qs));

    for (const QString &path : {u"/no/such/folder"_qs, file, folder.filePath(u"empty"_qs)}) {
        const Result<FileList> list = filesBelow(path);
        QVERIFY(!list);
        QVERIFY2(list.error().message.contains(path.left(50)), qPrintable(list.error().message));
    }
}

void tst_FileList::namesUnreadableFolders()
{
    if (::geteuid() == 0)
        QSKIP("root may read everything");
    QTemporaryDir folder;
    touch(folder.filePath(u"file"_qs));
    const QString closed = folder.filePath(u"closed"_qs);
    QVERIFY(QDir().mkdir(closed));
    QVERIFY(QFile::setPermissions(closed, {}));

    const Result<FileList> list = filesBelow(folder.path());
    const Result<FileList> closedList = filesBelow(closed);

    QVERIFY(QFile::setPermissions(closed, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(list);
    QCOMPARE(list->unreadable, QStringList{closed});
    QCOMPARE(list->files.size(), 1);
    QVERIFY(!closedList);
}

QTEST_APPLESS_MAIN(tst_FileList)
#include "tst_filelist.moc"
