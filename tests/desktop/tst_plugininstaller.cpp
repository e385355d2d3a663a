// SPDX-License-Identifier: MIT
#include "desktop/plugininstaller.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PluginInstaller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void copiesAFileUnderItsName();
    void replacesWhatIsThere();
    void leavesAFileAloneThatIsThereAlready();
    void saysWhyItCannotCopy();
    void tellsOneSentenceForEachFile();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_PluginInstaller::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder->path())); // with a trash of its own
    QVERIFY(QDir(m_folder->path()).mkdir(u"plugins"_s));
    write(u"new.so"_s, "new");
}

void tst_PluginInstaller::copiesAFileUnderItsName()
{
    QVERIFY(QFile::setPermissions(path(u"new.so"_s), QFile::Permissions(0x6666)));

    const InstalledPlugin plugin = installPlugin(path(u"new.so"_s), path(u"plugins"_s));
    const QString sentence = plugin.sentence;

    QVERIFY2(sentence.contains(u"new.so was copied"_s), qPrintable(sentence));
    QCOMPARE(read(u"plugins/new.so"_s), "new"_ba);
    const auto others = QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path(u"plugins/new.so"_s)) & others));
    QCOMPARE(QDir(path(u"plugins"_s)).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void tst_PluginInstaller::replacesWhatIsThere()
{
    write(u"plugins/new.so"_s, "old");

    const InstalledPlugin plugin = installPlugin(path(u"new.so"_s), path(u"plugins"_s));
    const QString sentence = plugin.sentence;

    QVERIFY2(sentence.contains(u"new.so was replaced"_s), qPrintable(sentence));
    QCOMPARE(read(u"plugins/new.so"_s), "new"_ba);
    QCOMPARE(plugin.former.file, path(u"plugins/new.so"_s));
    QFile former(plugin.former.trashed);
    QVERIFY(former.open(QIODevice::ReadOnly));
    QCOMPARE(former.readAll(), "old"_ba);
}

void tst_PluginInstaller::leavesAFileAloneThatIsThereAlready()
{
    write(u"plugins/new.so"_s, "here");

    const InstalledPlugin plugin = installPlugin(path(u"plugins/new.so"_s), path(u"plugins"_s));
    const QString sentence = plugin.sentence;

    QVERIFY(plugin.file.isEmpty());
    QVERIFY2(sentence.contains(u"already"_s), qPrintable(sentence));
    QCOMPARE(read(u"plugins/new.so"_s), "here"_ba);
}

void tst_PluginInstaller::saysWhyItCannotCopy()
{
    QVERIFY(
        installPlugin(path(u"new.so"_s), path(u"nowhere"_s)).sentence.contains(u"could not be"_s));
    QVERIFY(
        installPlugin(path(u"gone.so"_s), path(u"plugins"_s)).sentence.contains(u"could not be"_s));
    QVERIFY(QDir(path(u"plugins"_s)).mkdir(u"new.so"_s));
    QVERIFY(
        installPlugin(path(u"new.so"_s), path(u"plugins"_s)).sentence.contains(u"could not be"_s));
    QCOMPARE(QDir(path(u"plugins"_s)).entryList(QDir::Files | QDir::Hidden).size(), 0);
}

void tst_PluginInstaller::tellsOneSentenceForEachFile()
{
    PluginInstaller installer;
    QSignalSpy installed(&installer, &PluginInstaller::installed);

    installer.install({path(u"new.so"_s), path(u"gone.so"_s)}, path(u"plugins"_s));
    installer.install({path(u"new.so"_s)}, path(u"plugins"_s));

    QTRY_COMPARE(installed.count(), 2);
    const auto told = [&installed](int call) {
        return installed.at(call).first().value<QList<InstalledPlugin>>();
    };
    QCOMPARE(told(0).size(), 2);
    QCOMPARE(told(0)[0].file, path(u"plugins/new.so"_s));
    QVERIFY(told(0)[1].file.isEmpty());
    QVERIFY(told(1).first().sentence.contains(u"replaced"_s));
}

QTEST_GUILESS_MAIN(tst_PluginInstaller)
#include "tst_plugininstaller.moc"
