// SPDX-License-Identifier: MIT
#include <fanfare/plugins/filevetting.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_FileVetting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensAFileOfTheUser();
    void refusesWhatOthersCanChange_data();
    void refusesWhatOthersCanChange();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void refusesForeignOwners();
    void refusesNamesThatAreNoText();
    void refusesHugeFiles();
    void followsALinkToATrustedPlace();
    void refusesALinkToAPlaceOfOthers();
    void readsWhatItVetted();

private:
    QByteArray local(const QString &name) const
    {
        return QFile::encodeName(m_folder->filePath(name));
    }
    QString code(const QString &name) const
    {
        const Vetting vetting = vetFile(local(name), m_folder->filePath(name));
        return vetting.refusal ? vetting.refusal->code : QString();
    }
    void write(const QString &name, const QByteArray &text = "text") const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_FileVetting::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(QDir(m_folder->path()).mkdir(u"sub"_s));
    QCOMPARE(chmod(local(u"sub"_s), 0755), 0);
    write(u"sub/a.so"_s);
    QCOMPARE(chmod(local(u"sub/a.so"_s), 0644), 0);
}

void tst_FileVetting::opensAFileOfTheUser()
{
    const Vetting vetting = vetFile(local(u"sub/a.so"_s), u"a.so"_s);

    QVERIFY(!vetting.refusal);
    QVERIFY(vetting.file.descriptor() >= 0);
    QCOMPARE(vetting.file.stamp().size, 4);
}

void tst_FileVetting::refusesWhatOthersCanChange_data()
{
    QTest::addColumn<int>("folder");
    QTest::addColumn<int>("file");
    QTest::addColumn<QString>("code");

    QTest::newRow("private") << 0700 << 0600 << QString();
    QTest::newRow("readable") << 0755 << 0755 << QString();
    QTest::newRow("file of the world") << 0755 << 0646 << u"writable-by-others"_s;
    QTest::newRow("folder of the world") << 0757 << 0644 << u"writable-by-others"_s;
    QTest::newRow("sticky folder") << 01777 << 0644 << QString();
}

void tst_FileVetting::refusesWhatOthersCanChange()
{
    QFETCH(int, folder);
    QFETCH(int, file);
    QFETCH(QString, code);

    chmod(local(u"sub"_s), mode_t(folder));
    chmod(local(u"sub/a.so"_s), mode_t(file));

    QCOMPARE(this->code(u"sub/a.so"_s), code);
}

void tst_FileVetting::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");

    QTest::newRow("nothing") << u"nothing"_s << u"unreadable"_s;
    QTest::newRow("folder") << u"folder"_s << u"not-a-library"_s;
    QTest::newRow("fifo") << u"fifo"_s << u"not-a-library"_s;
    QTest::newRow("device") << u"/dev/null"_s << u"not-a-library"_s;
    QTest::newRow("endless device") << u"/dev/zero"_s << u"not-a-library"_s;
    QTest::newRow("dangling link") << u"nowhere"_s << u"unreadable"_s;
    QTest::newRow("loop of links") << u"sub/x.so"_s << u"unreadable"_s;
}

void tst_FileVetting::refusesWhatIsNoFile()
{
    QFETCH(QString, kind);
    QFETCH(QString, code);
    const QByteArray path = local(u"sub/x.so"_s);

    if (kind == "folder"_L1)
        QCOMPARE(mkdir(path, 0755), 0);
    else if (kind == "fifo"_L1)
        QCOMPARE(mkfifo(path, 0644), 0);
    else if (kind != "nothing"_L1)
        QCOMPARE(symlink(kind.startsWith(u"sub"_s) ? path : QFile::encodeName(kind), path), 0);

    QCOMPARE(this->code(u"sub/x.so"_s), code);
}

void tst_FileVetting::refusesForeignOwners()
{
    if (geteuid() != 0)
        QSKIP("Only root can give a file away");

    QCOMPARE(chown(local(u"sub/a.so"_s), 65534, 65534), 0);
    QCOMPARE(code(u"sub/a.so"_s), u"not-owner"_s);
    QCOMPARE(chown(local(u"sub/a.so"_s), 0, 0), 0);
    QCOMPARE(chown(local(u"sub"_s), 65534, 65534), 0);
    QCOMPARE(code(u"sub/a.so"_s), u"not-owner"_s);
}

void tst_FileVetting::refusesNamesThatAreNoText()
{
    const QByteArray newline = local(u"sub/a\nb.so"_s);
    const QByteArray latin = local(u"sub/"_s) + "\xe4.so";

    QCOMPARE(vetFile(newline, QFile::decodeName(newline)).refusal->code, u"bad-file-name"_s);
    QCOMPARE(vetFile(latin, QString::fromLatin1(latin)).refusal->code, u"bad-file-name"_s);
    write(u"sub/<b>ä %s.so"_s);
    chmod(local(u"sub/<b>ä %s.so"_s), 0644);
    QCOMPARE(code(u"sub/<b>ä %s.so"_s), QString());
}

void tst_FileVetting::refusesHugeFiles()
{
    QCOMPARE(truncate(local(u"sub/a.so"_s), maximumPluginSize), 0);
    QCOMPARE(code(u"sub/a.so"_s), QString());
    QCOMPARE(truncate(local(u"sub/a.so"_s), maximumPluginSize + 1), 0);
    QCOMPARE(code(u"sub/a.so"_s), u"too-big"_s);
}

void tst_FileVetting::followsALinkToATrustedPlace()
{
    QCOMPARE(symlink(local(u"sub/a.so"_s), local(u"link.so"_s)), 0);

    QCOMPARE(code(u"link.so"_s), QString());
}

void tst_FileVetting::refusesALinkToAPlaceOfOthers()
{
    QCOMPARE(symlink(local(u"sub/a.so"_s), local(u"link.so"_s)), 0);
    chmod(local(u"sub"_s), 0777);

    QCOMPARE(code(u"link.so"_s), u"symlink-outside"_s);
}

/// What happens to the name afterwards does not matter.
void tst_FileVetting::readsWhatItVetted()
{
    const Vetting vetting = vetFile(local(u"sub/a.so"_s), u"a.so"_s);
    QVERIFY(!vetting.refusal);

    QCOMPARE(unlink(local(u"sub/a.so"_s)), 0);
    write(u"sub/a.so"_s, "evil");

    char text[5] = {};
    QCOMPARE(pread(vetting.file.descriptor(), text, 4, 0), ssize_t(4));
    QCOMPARE(QByteArray(text), "text"_ba);
}

QTEST_APPLESS_MAIN(tst_FileVetting)
#include "tst_filevetting.moc"
