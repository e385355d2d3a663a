// SPDX-License-Identifier: MIT
#include "desktop/panes/shortcuteditor.h"

#include "desktop/actionregistry.h"
#include "desktop/shortcutsettings.h"

#include <QAction>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ShortcutEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsActionsAndTheTimeline();
    void allColumnsAreInView();
    void enterInTheFilterTakesNoKeysAway();
    void keysAreGivenToARowInView();
    void namesWhoHasTheKeys();

private:
    QTreeWidget *list() const { return m_editor->findChild<QTreeWidget *>(); }
    QLineEdit *filter() const; ///< not the line in which keys are pressed

    QTemporaryDir m_folder;
    std::unique_ptr<QWidget> m_window;
    ActionRegistry *m_registry = nullptr;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ShortcutSettings> m_shortcuts;
    std::unique_ptr<ShortcutEditor> m_editor;
};

void tst_ShortcutEditor::init()
{
    m_editor.reset();
    m_window = std::make_unique<QWidget>();
    m_registry = new ActionRegistry(*m_window);
    m_registry->add({.id = u"run.stop"_s,
                     .menu = ActionMenu::Run,
                     .text = u"&Stop"_s,
                     .tip = {},
                     .keys = {u"F4"_s}});
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_shortcuts = std::make_unique<ShortcutSettings>(*m_registry, *m_settings);
    m_editor = std::make_unique<ShortcutEditor>(*m_shortcuts, nullptr);
    m_editor->setAttribute(Qt::WA_DeleteOnClose, false);
    m_editor->show();
    QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
}

QLineEdit *tst_ShortcutEditor::filter() const
{
    return m_editor->findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly);
}

void tst_ShortcutEditor::listsActionsAndTheTimeline()
{
    const auto rowOf = [this](const QString &text) {
        const QList<QTreeWidgetItem *> items = list()->findItems(text, Qt::MatchExactly);
        return items.isEmpty() ? QString() : items.first()->text(1) + u' ' + items.first()->text(2);
    };

    QCOMPARE(rowOf(u"Stop"_s), u"Run F4"_s);
    QCOMPARE(rowOf(u"Next failure"_s), u"Timeline N"_s);
}

void tst_ShortcutEditor::allColumnsAreInView()
{
    const QHeaderView &header = *list()->header();

    QCOMPARE(header.length(), list()->viewport()->width());
    QVERIFY(header.sectionSize(2) >= header.sectionSizeHint(2));
}

void tst_ShortcutEditor::enterInTheFilterTakesNoKeysAway()
{
    list()->setCurrentItem(list()->findItems(u"Stop"_s, Qt::MatchExactly).first());

    QTest::keyClick(filter(), Qt::Key_Return);

    QCOMPARE(m_registry->find(u"run.stop"_s)->shortcut(), QKeySequence(u"F4"_s));
}

void tst_ShortcutEditor::keysAreGivenToARowInView()
{
    list()->setCurrentItem(list()->findItems(u"Stop"_s, Qt::MatchExactly).first());

    filter()->setText(u"next failure"_s);
    const QString found = list()->currentItem()->text(0);
    filter()->setText(u"brew coffee"_s);
    const bool isNone = !list()->currentItem();

    QCOMPARE(found, u"Next failure"_s);
    QVERIFY(isNone);
    QVERIFY(!m_editor->findChild<QKeySequenceEdit *>()->isEnabled());
}

void tst_ShortcutEditor::namesWhoHasTheKeys()
{
    list()->setCurrentItem(list()->findItems(u"Stop"_s, Qt::MatchExactly).first());
    auto keys = m_editor->findChild<QKeySequenceEdit *>();

    keys->setKeySequence(QKeySequence(u"N"_s));
    Q_EMIT keys->editingFinished();

    const QList<QLabel *> labels = m_editor->findChildren<QLabel *>();
    const bool isNamed = std::ranges::any_of(labels, [](const QLabel *label) {
        return label->text().startsWith(u"N belongs to “Next failure” of the timeline already."_s);
    });
    QVERIFY(isNamed);
    QCOMPARE(m_registry->find(u"run.stop"_s)->shortcut(), QKeySequence(u"F4"_s));
}

QTEST_MAIN(tst_ShortcutEditor)
#include "tst_shortcuteditor.moc"
