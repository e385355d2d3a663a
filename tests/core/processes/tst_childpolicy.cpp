// SPDX-License-Identifier: MIT
#include <fanfare/processes/childpolicy.h>
#include <fanfare/processes/librarypath.h>

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <dlfcn.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// What a worker finds in its environment.
class tst_ChildPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesOnWhatProgramsNeed_data();
    void passesOnWhatProgramsNeed();
    void keepsBackWhatLoadsCode_data();
    void keepsBackWhatLoadsCode();
    void keepsFoldersOfLoadedLibraries();
    void dropsFoldersThatOnlyMislead();

private:
    /// Where the Qt of this test lies.
    static QString folderOfQt()
    {
        Dl_info info{};
        dladdr(reinterpret_cast<void *>(&qVersion), &info);
        return QFileInfo(QFile::decodeName(info.dli_fname)).path();
    }
};

void tst_ChildPolicy::passesOnWhatProgramsNeed_data()
{
    QTest::addColumn<QByteArray>("name");

    for (const char *name : {"HOME", "TZ", "LC_TIME", "QT_LOGGING_RULES", "FANFARE_ANYTHING"})
        QTest::newRow(name) << QByteArray(name);
}

void tst_ChildPolicy::passesOnWhatProgramsNeed()
{
    QFETCH(const QByteArray, name);
    const QByteArray former = qgetenv(name);
    const bool wasSet = qEnvironmentVariableIsSet(name);
    qputenv(name, "anything");

    const QString passed = workerEnvironment().value(QString::fromLatin1(name));

    wasSet ? (void)qputenv(name, former) : (void)qunsetenv(name);
    QCOMPARE(passed, u"anything"_s);
}

void tst_ChildPolicy::keepsBackWhatLoadsCode_data()
{
    QTest::addColumn<QByteArray>("name");

    for (const char *name :
         {"LD_PRELOAD", "LD_AUDIT", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH",
          "QML2_IMPORT_PATH", "A_SECRET", "FANFARE_BROKER_PASSWORD"})
        QTest::newRow(name) << QByteArray(name);
}

void tst_ChildPolicy::keepsBackWhatLoadsCode()
{
    QFETCH(const QByteArray, name);
    qputenv(name, "/anywhere");

    const bool isPassed = workerEnvironment().contains(QString::fromLatin1(name));

    qunsetenv(name);
    QVERIFY(!isPassed);
}

void tst_ChildPolicy::keepsFoldersOfLoadedLibraries()
{
    QTemporaryDir other;
    const QByteArray former = qgetenv("LD_LIBRARY_PATH");
    qputenv("LD_LIBRARY_PATH", QFile::encodeName(other.path() + u':' + folderOfQt()));

    const QString passed = workerEnvironment().value(u"LD_LIBRARY_PATH"_s);

    qputenv("LD_LIBRARY_PATH", former);
    QCOMPARE(passed, folderOfQt());
}

void tst_ChildPolicy::dropsFoldersThatOnlyMislead()
{
    QCOMPARE(neededLibraryPath({}), QString());
    QCOMPARE(neededLibraryPath(u"::relative:/nowhere;/proc"_s), QString());
    QCOMPARE(neededLibraryPath(folderOfQt() + u"::"_s), folderOfQt());
}

QTEST_GUILESS_MAIN(tst_ChildPolicy)
#include "tst_childpolicy.moc"
