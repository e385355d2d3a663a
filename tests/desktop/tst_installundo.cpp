// SPDX-License-Identifier: MIT
#include "desktop/installundo.h"

#include "desktop/panes/messagearea.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_InstallUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesANewPluginOutAndPutsItBack();
    void bringsBackWhatWasReplaced();
    void namesWhatWasInstalled();
    void whatWasNotInstalledIsNoStep();
    void saysSoWhenTheTrashWasEmptied();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QByteArray installed() const ///< what the plugin folder has; empty when there is no file
    {
        QFile file(path(u"plugins/new.so"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void install(const QString &name)
    {
        m_steps->remember({installPlugin(path(name), path(u"plugins"_s))});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<InstallUndo> m_steps;
    MessageArea m_area;
    QUndoStack m_undo;
};

/// A plugin folder and a trash of its own.
void tst_InstallUndo::init()
{
    m_undo.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder->path()));
    QVERIFY(QDir(m_folder->path()).mkdir(u"plugins"_s));
    write(u"new.so"_s, "new");
    EngineOptions options = testEngine(1);
    options.pluginFolders = {path(u"plugins"_s)};
    m_session = std::make_unique<Session>(options);
    m_steps = std::make_unique<InstallUndo>(*m_session, m_area, m_undo);
}

void tst_InstallUndo::takesANewPluginOutAndPutsItBack()
{
    install(u"new.so"_s);
    const QByteArray first = installed();

    m_undo.undo();
    const bool isGone = !QFile::exists(path(u"plugins/new.so"_s));
    m_undo.redo();

    QCOMPARE(first, "new"_ba);
    QVERIFY(isGone);
    QCOMPARE(installed(), "new"_ba);
    QVERIFY(QDir(path(u"Trash/files"_s)).isEmpty());
    QVERIFY(m_area.text(u"plugins"_s).isEmpty());
}

void tst_InstallUndo::bringsBackWhatWasReplaced()
{
    write(u"plugins/new.so"_s, "old");
    install(u"new.so"_s);
    QByteArrayList story{installed()};

    for (int i = 0; i < 2; ++i) {
        m_undo.undo();
        story += installed();
        m_undo.redo();
        story += installed();
    }

    QCOMPARE(story, (QByteArrayList{"new", "old", "new", "old", "new"}));
}

void tst_InstallUndo::namesWhatWasInstalled()
{
    write(u"other.so"_s, "other");
    m_steps->remember({installPlugin(path(u"new.so"_s), path(u"plugins"_s)),
                       installPlugin(path(u"other.so"_s), path(u"plugins"_s))});

    QCOMPARE(m_undo.undoText(), u"install new.so, other.so"_s);
}

void tst_InstallUndo::whatWasNotInstalledIsNoStep()
{
    install(u"gone.so"_s);

    QCOMPARE(m_undo.count(), 0);
}

void tst_InstallUndo::saysSoWhenTheTrashWasEmptied()
{
    write(u"plugins/new.so"_s, "old");
    install(u"new.so"_s);
    QVERIFY(QDir(path(u"Trash"_s)).removeRecursively());

    m_undo.undo();

    QVERIFY2(m_area.text(u"plugins"_s).contains(u"not in the trash any more"_s),
             qPrintable(m_area.text(u"plugins"_s)));
    QCOMPARE(installed(), "new"_ba);
    m_undo.redo();
    QCOMPARE(installed(), "new"_ba);
}

QTEST_MAIN(tst_InstallUndo)
#include "tst_installundo.moc"
