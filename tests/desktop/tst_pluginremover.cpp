// SPDX-License-Identifier: MIT
#include "desktop/pluginremover.h"

#include "desktop/panes/messagearea.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <fanfare/engine/enginelink.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <algorithm>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PluginRemover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void movesTheFileIntoTheTrashAndBack();
    void leavesAFileInTheTrashWhoseNameIsTaken();
    void saysSoWhenTheTrashWasEmptied();
    void leavesAloneWhatComesWithFanfare();
    void leavesAloneWhatIsNotInThePluginFolder();
    void asksForAPluginWhenNoneIsChosen();
    void theEngineFollowsBothWays();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString plugin() const { return path(u"plugins/basics.so"_s); }
    QString told() const { return m_area.text(u"plugin-removal"_s); }
    bool isListed() const
    {
        const QList<PluginFact> &plugins = m_session->model().catalog().plugins;
        return std::any_of(plugins.begin(), plugins.end(),
                           [](const PluginFact &each) { return each.name == u"basics"_s; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<PluginRemover> m_remover;
    MessageArea m_area;
    QUndoStack m_undo;
};

/// A plugin folder and a trash of its own.
void tst_PluginRemover::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder->path()));
    QVERIFY(QDir(m_folder->path()).mkdir(u"plugins"_s));
    QVERIFY(QFile::copy(QStringLiteral(FANFARE_TEST_PLUGIN_DIR "/basics.so"), plugin()));
    EngineOptions options = testEngine(1);
    options.pluginFolders = {path(u"plugins"_s)};
    m_session = std::make_unique<Session>(options);
    m_remover = std::make_unique<PluginRemover>(*m_session, m_area, m_undo);
    m_area.withdraw(u"plugin-removal"_s);
}

void tst_PluginRemover::cleanup()
{
    m_undo.clear();
    m_remover.reset();
    m_session.reset();
}

void tst_PluginRemover::movesTheFileIntoTheTrashAndBack()
{
    m_remover->remove({plugin()});

    QVERIFY(!QFile::exists(plugin()));
    QVERIFY2(told().contains(u"basics.so was uninstalled"_s), qPrintable(told()));
    QCOMPARE(QDir(path(u"Trash/files"_s)).entryList(QDir::Files).size(), 1);

    m_undo.undo();

    QVERIFY(QFile::exists(plugin()));
    QVERIFY(told().isEmpty());
    QVERIFY(QDir(path(u"Trash/files"_s)).isEmpty());
    QVERIFY(QDir(path(u"Trash/info"_s)).isEmpty());

    m_undo.redo();

    QVERIFY(!QFile::exists(plugin()));
}

void tst_PluginRemover::leavesAFileInTheTrashWhoseNameIsTaken()
{
    m_remover->remove({plugin()});
    QFile other(plugin());
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("newer");
    other.close();

    m_undo.undo();

    QVERIFY2(told().contains(u"another file has its name"_s), qPrintable(told()));
    QCOMPARE(QFile(plugin()).size(), 5);
}

void tst_PluginRemover::saysSoWhenTheTrashWasEmptied()
{
    m_remover->remove({plugin()});
    QVERIFY(QDir(path(u"Trash"_s)).removeRecursively());

    m_undo.undo();

    QVERIFY2(told().contains(u"not in the trash any more"_s), qPrintable(told()));
}

void tst_PluginRemover::leavesAloneWhatComesWithFanfare()
{
    const QString bundled = bundledPluginFolder() + u"/basics.so"_s;

    m_remover->remove({bundled});

    QVERIFY(QFile::exists(bundled));
    QVERIFY2(told().contains(u"comes with Fanfare"_s), qPrintable(told()));
    QCOMPARE(m_undo.count(), 0);
}

void tst_PluginRemover::leavesAloneWhatIsNotInThePluginFolder()
{
    QVERIFY(QFile::copy(plugin(), path(u"basics.so"_s)));

    m_remover->remove({path(u"basics.so"_s)});

    QVERIFY(QFile::exists(path(u"basics.so"_s)));
    QVERIFY2(told().contains(u"not in your plugin folder"_s), qPrintable(told()));
    QCOMPARE(m_undo.count(), 0);
}

void tst_PluginRemover::asksForAPluginWhenNoneIsChosen()
{
    m_remover->remove({});

    QVERIFY2(told().contains(u"Choose the row of a plugin"_s), qPrintable(told()));
}

void tst_PluginRemover::theEngineFollowsBothWays()
{
    QSignalSpy ready(m_session.get(), &Session::engineReady);
    m_session->startEngine();
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(isListed());

    m_remover->remove({plugin()});
    QTRY_VERIFY(!isListed());

    m_undo.undo();
    QTRY_VERIFY(isListed());
}

QTEST_MAIN(tst_PluginRemover)
#include "tst_pluginremover.moc"
