// SPDX-License-Identifier: MIT
#include "desktop/shortcutexport.h"

#include "desktop/actionregistry.h"
#include "desktop/shortcutsettings.h"
#include "desktop/timeline/timelinekeys.h"

#include <QAction>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ShortcutExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void hasWhatTheUserChoseOnly();
    void takesTheKeysOfAnother();
    void resetsWhatItDoesNotHave();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();

private:
    QKeySequence keysOf(const QString &id) const { return m_shortcuts->find(id).keys.value(0); }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ActionRegistry> m_registry;
    std::unique_ptr<ShortcutSettings> m_shortcuts;
};

void tst_ShortcutExport::init()
{
    m_window = std::make_unique<QWidget>();
    m_registry = std::make_unique<ActionRegistry>(*m_window);
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_registry->add({.id = u"run.stop"_s, .text = u"&Stop"_s, .tip = {}, .keys = {u"F4"_s}});
    m_registry->add({.id = u"run.emit"_s, .text = u"Emit"_s, .tip = {}, .keys = {u"F5"_s}});
    m_registry->add({.id = u"edit.undo"_s, .text = u"Undo"_s, .tip = {}, .keys = {u"Ctrl+Z"_s}});
    m_shortcuts = std::make_unique<ShortcutSettings>(*m_registry, *m_settings);
}

void tst_ShortcutExport::cleanup()
{
    setTimelineKeys({});
    m_shortcuts.reset();
    m_registry.reset();
}

void tst_ShortcutExport::hasWhatTheUserChoseOnly()
{
    QVERIFY(m_shortcuts->setKeys(u"run.stop"_s, QKeySequence(u"Ctrl+K"_s)));
    QVERIFY(m_shortcuts->setKeys(u"timeline.cycleFlow"_s, QKeySequence(u"J"_s)));
    QVERIFY(m_shortcuts->setKeys(u"run.emit"_s, {}));

    const QJsonValue json = shortcutPart(*m_shortcuts).read();

    QCOMPARE(json,
             QJsonValue(QJsonObject{{u"run.stop"_s, u"Ctrl+K"_s},
                                    {u"run.emit"_s, u""_s},
                                    {u"timeline.cycleFlow"_s, u"J"_s}}));
}

void tst_ShortcutExport::takesTheKeysOfAnother()
{
    const PreferencePart part = shortcutPart(*m_shortcuts);
    const QJsonObject json{{u"run.stop"_s, u"F5"_s}, // the two change places
                           {u"run.emit"_s, u"F4"_s},
                           {u"edit.undo"_s, u"Ctrl+Z"_s}, // which the timeline has, too
                           {u"timeline.cycleFlow"_s, u"J"_s},
                           {u"of.another.version"_s, u"F4"_s}};

    QVERIFY(part.check(json));
    part.take(json);

    QCOMPARE(keysOf(u"run.stop"_s), QKeySequence(u"F5"_s));
    QCOMPARE(keysOf(u"run.emit"_s), QKeySequence(u"F4"_s));
    QVERIFY(timelineKeys().commandFor(QKeySequence(u"J"_s)) == TimelineCommand::CycleFlow);
    QCOMPARE(m_settings->value(u"shortcuts/run.stop"_s).toString(), u"F5"_s); // for the next start
}

void tst_ShortcutExport::resetsWhatItDoesNotHave()
{
    QVERIFY(m_shortcuts->setKeys(u"run.stop"_s, QKeySequence(u"Ctrl+K"_s)));
    QVERIFY(m_shortcuts->setKeys(u"timeline.cycleFlow"_s, QKeySequence(u"J"_s)));

    shortcutPart(*m_shortcuts).take(QJsonObject());

    QCOMPARE(keysOf(u"run.stop"_s), QKeySequence(u"F4"_s));
    QCOMPARE(keysOf(u"timeline.cycleFlow"_s), QKeySequence(u"E"_s));
    QVERIFY(m_settings->allKeys().isEmpty());
}

void tst_ShortcutExport::refusesWhatCannotBe_data()
{
    QTest::addColumn<QJsonValue>("json");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no object") << QJsonValue(3) << u"/shortcuts has to be an object"_s;
    QTest::newRow("no text") << QJsonValue(QJsonObject{{u"run.stop"_s, 4}})
                             << u"/shortcuts/run.stop has to be keys"_s;
    QTest::newRow("no keys") << QJsonValue(QJsonObject{{u"run.stop"_s, u"Ctrl+Nonsense"_s}})
                             << u"/shortcuts/run.stop has to be keys"_s;
    QTest::newRow("taken") << QJsonValue(QJsonObject{{u"run.stop"_s, u"F5"_s}})
                           << u"/shortcuts/run.stop: F5 would belong to both"_s;
    QTest::newRow("taken by the timeline") << QJsonValue(QJsonObject{{u"run.stop"_s, u"E"_s}})
                                           << u"/shortcuts/run.stop: E would belong to both"_s;
}

void tst_ShortcutExport::refusesWhatCannotBe()
{
    QFETCH(QJsonValue, json);
    QFETCH(QString, sentence);

    const Result<void> checked = shortcutPart(*m_shortcuts).check(json);

    QVERIFY(!checked);
    QVERIFY2(checked.error().message.startsWith(sentence), qPrintable(checked.error().message));
}

QTEST_MAIN(tst_ShortcutExport)
#include "tst_shortcutexport.moc"
