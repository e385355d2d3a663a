// SPDX-License-Identifier: MIT
#include "clirun.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Fanfare::Test;

class tst_NewPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_qs)); }
    void writesAWholeProject();
    void nameGoesIntoEveryFile();
    void makesItInTheCurrentFolder();
    void refusesNames_data();
    void refusesNames();
    void leavesWhatIsThereAlone();
    void leavesNothingWhereItMayNotWrite();
    void refusesMissingFolders();
    void refusesOtherCommandLines_data();
    void refusesOtherCommandLines();

private:
    CliResult make(const QString &name) const
    {
        return runCli({u"new-plugin"_qs, name, u"--dir"_qs, m_folder.path()});
    }

    QTemporaryDir m_folder;
};

static QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden,
                                  QDir::Name);
}

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_NewPlugin::writesAWholeProject()
{
    const CliResult result = make(u"whole"_qs);

    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.err, QByteArray());
    const QString folder = m_folder.filePath(u"whole"_qs);
    QVERIFY(result.out.startsWith("The project is in " + QFile::encodeName(folder) + ". Next:\n"));
    const QStringList expected{u".gitignore"_qs,    u"CMakeLists.txt"_qs, u"README.md"_qs,
                               u"tst_whole.cpp"_qs, u"whole.cpp"_qs,      u"whole.json"_qs};
    QCOMPARE(filesIn(folder), expected);
    QVERIFY(QFile::permissions(folder) & QFile::ExeOther); // not as private as a draft
}

void tst_NewPlugin::nameGoesIntoEveryFile()
{
    QCOMPARE(make(u"a-b2-cd"_qs).exitCode, 0);

    const QString folder = m_folder.filePath(u"a-b2-cd/"_qs);
    for (const QString &file : filesIn(folder))
        QVERIFY2(!contentOf(folder + file).contains("@"), qPrintable(file));
    QVERIFY(contentOf(folder + u"a-b2-cd.cpp"_qs).contains("class AB2CdPlugin final"));
    QVERIFY(contentOf(folder + u"a-b2-cd.json"_qs).contains("\"org.example.a-b2-cd\""));
    QVERIFY(contentOf(folder + u"CMakeLists.txt"_qs).contains("project(a-b2-cd "));
}

void tst_NewPlugin::makesItInTheCurrentFolder()
{
    QProcess process;
    prepareCli(process, {u"new-plugin"_qs, u"here"_qs});
    process.setWorkingDirectory(m_folder.path());

    process.start();
    QVERIFY(process.waitForFinished());

    QCOMPARE(process.exitCode(), 0);
    QVERIFY(QFile::exists(m_folder.filePath(u"here/here.cpp"_qs)));
}

void tst_NewPlugin::refusesNames_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names{u"Word"_qs,  u"word_count"_qs, u"a--b"_qs,    u"a-"_qs,  u"2d"_qs,
                            u"../up"_qs, u"a/b"_qs,        u"a b"_qs,     u"ä"_qs,   u"a\n"_qs,
                            u""_qs,      u"test"_qs,       u"install"_qs, u"drop"_qs};
    for (const QString &name : names)
        QTest::newRow(qPrintable(u'"' + name + u'"')) << name;
    QTest::newRow("long") << QString(41, u'a');
}

void tst_NewPlugin::refusesNames()
{
    QFETCH(QString, name);
    const QStringList before = filesIn(m_folder.path());

    const CliResult result = make(name);

    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.err.startsWith("fanfare-cli: A plugin cannot be called \""));
    QCOMPARE(result.err.count('\n'), 1);
    QCOMPARE(filesIn(m_folder.path()), before);
}

void tst_NewPlugin::leavesWhatIsThereAlone()
{
    QFile file(m_folder.filePath(u"taken"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    QVERIFY(QFile::link(u"/nowhere"_qs, m_folder.filePath(u"link"_qs)));
    const QStringList before = filesIn(m_folder.path());

    for (const QString &name : {u"taken"_qs, u"link"_qs}) {
        const CliResult result = make(name);

        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.err,
                 "fanfare-cli: \"" + QFile::encodeName(m_folder.filePath(name))
                     + "\" is there already; choose another name, or another folder with --dir "
                       "DIR.\n");
    }
    QCOMPARE(contentOf(file.fileName()), QByteArray("mine"));
    QCOMPARE(filesIn(m_folder.path()), before);
}

void tst_NewPlugin::leavesNothingWhereItMayNotWrite()
{
    const CliResult result =
        runCli({u"new-plugin"_qs, u"nowhere"_qs, u"--dir"_qs, u"/proc/self"_qs});

    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.err.contains("cannot be written"));
}

void tst_NewPlugin::refusesMissingFolders()
{
    const CliResult result =
        runCli({u"new-plugin"_qs, u"x"_qs, u"--dir"_qs, m_folder.filePath(u"gone"_qs)});

    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.err.contains("There is no folder"));
    QVERIFY(!QFile::exists(m_folder.filePath(u"gone"_qs)));
}

void tst_NewPlugin::refusesOtherCommandLines_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");

    QTest::newRow("no name") << QStringList{
        u"new-plugin"_qs} << QByteArray("new-plugin needs one name: fanfare-cli new-plugin NAME.");
    QTest::newRow("two names") << QStringList{u"new-plugin"_qs, u"a"_qs, u"b"_qs}
                               << QByteArray(
                                      "new-plugin needs one name: fanfare-cli new-plugin NAME.");
    QTest::newRow("foreign option")
        << QStringList{u"new-plugin"_qs, u"a"_qs, u"--json"_qs}
        << QByteArray("--json goes with `fanfare-cli plugins` or `fanfare-cli emit` or "
                      "`fanfare-cli run` or `fanfare-cli runs` or "
                      "`fanfare-cli import` or `fanfare-cli cluster` only; leave it out.");
    QTest::newRow("--dir elsewhere")
        << QStringList{u"plugins"_qs, u"--dir"_qs, u"x"_qs}
        << QByteArray("--dir goes with `fanfare-cli new-plugin` only; leave it out.");
}

void tst_NewPlugin::refusesOtherCommandLines()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);

    const CliResult result = runCli(arguments);

    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.err, "fanfare-cli: " + sentence + "\n");
}

QTEST_GUILESS_MAIN(tst_NewPlugin)
#include "tst_newplugin.moc"
