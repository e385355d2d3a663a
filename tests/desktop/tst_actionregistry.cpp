// SPDX-License-Identifier: MIT
#include "desktop/actionregistry.h"
#include "desktop/shortcutsettings.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ActionRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fillsTheMenusInTheirOrder();
    void neighborsShareASubmenu();
    void followsActionsThatComeAndGo();
    void saysKeysInTheTooltip();
    void refusesKeysThatAreTaken();
    void remembersKeys();
    void resetLeavesTakenKeysAlone();

private:
    QAction *add(const QString &id, const QString &text, const QString &keys = {})
    {
        QList<QKeySequence> list;
        if (!keys.isEmpty())
            list.append(QKeySequence(keys));
        return m_registry->add(
            {.id = id, .menu = ActionMenu::Run, .text = text, .tip = text, .keys = list});
    }
    static QStringList textsOf(const QMenu &menu);
    QMenu *menu(int index) { return m_bar->actions().at(index)->menu(); }

    QTemporaryDir m_folder;
    std::unique_ptr<QWidget> m_window;
    QMenuBar *m_bar = nullptr;
    ActionRegistry *m_registry = nullptr;
    std::unique_ptr<QSettings> m_settings;
};

void tst_ActionRegistry::init()
{
    m_window = std::make_unique<QWidget>();
    m_bar = new QMenuBar(m_window.get());
    m_registry = new ActionRegistry(*m_window);
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
}

QStringList tst_ActionRegistry::textsOf(const QMenu &menu)
{
    QStringList texts;
    for (const QAction *action : menu.actions())
        texts.append(action->isSeparator() ? u"-"_s : action->text());
    return texts;
}

void tst_ActionRegistry::fillsTheMenusInTheirOrder()
{
    add(u"run.emit"_s, u"Emit"_s);
    m_registry->add({.id = u"run.stop"_s,
                     .menu = ActionMenu::Run,
                     .text = u"Stop"_s,
                     .tip = {},
                     .startsGroup = true});
    m_registry->add({.id = u"hidden"_s, .menu = ActionMenu::None, .text = u"Hidden"_s, .tip = {}});

    m_registry->fillMenus(*m_bar);

    QCOMPARE(m_bar->actions().size(), 5);
    QCOMPARE(m_bar->actions().at(3)->text(), u"&Run"_s);
    QCOMPARE(textsOf(*menu(3)), (QStringList{u"Emit"_s, u"-"_s, u"Stop"_s}));
    QCOMPARE(m_registry->placeOf(*m_registry->find(u"run.stop"_s)), u"Run"_s);
}

void tst_ActionRegistry::neighborsShareASubmenu()
{
    for (const QString &name : {u"light"_s, u"dark"_s})
        m_registry->add(
            {.id = name, .menu = ActionMenu::View, .text = name, .tip = {}, .submenu = u"Theme"_s});
    m_registry->fillMenus(*m_bar);

    QCOMPARE(textsOf(*menu(2)), (QStringList{u"Theme"_s}));
    QCOMPARE(textsOf(*menu(2)->actions().at(0)->menu()), (QStringList{u"light"_s, u"dark"_s}));
    QCOMPARE(m_registry->placeOf(*m_registry->find(u"dark"_s)), u"View › Theme"_s);
}

void tst_ActionRegistry::followsActionsThatComeAndGo()
{
    m_registry->fillMenus(*m_bar);

    QAction *emitAction = add(u"run.emit"_s, u"Emit"_s);
    const QStringList after = textsOf(*menu(3));
    m_registry->remove(*emitAction);

    QCOMPARE(after, (QStringList{u"Emit"_s}));
    QVERIFY(textsOf(*menu(3)).isEmpty());
    QCOMPARE(m_registry->find(u"run.emit"_s), nullptr);
}

void tst_ActionRegistry::saysKeysInTheTooltip()
{
    QAction *stop = add(u"run.stop"_s, u"Stop"_s, u"Ctrl+."_s);
    const QString before = stop->toolTip();

    m_registry->setKeys(*stop, {QKeySequence(u"F4"_s)});

    QCOMPARE(before, u"Stop (Ctrl+.)"_s);
    QCOMPARE(stop->toolTip(), u"Stop (F4)"_s);
}

void tst_ActionRegistry::refusesKeysThatAreTaken()
{
    ShortcutSettings settings(*m_registry, *m_settings);
    add(u"run.emit"_s, u"Emit"_s, u"F4"_s);
    QAction *stop = add(u"run.stop"_s, u"Stop"_s, u"F5"_s);

    const Result<void> refused = settings.setKeys(u"run.stop"_s, QKeySequence(u"F4"_s));

    QVERIFY(!refused);
    QVERIFY(refused.error().message.startsWith(u"F4 belongs to “Emit” already."_s));
    QCOMPARE(stop->shortcut(), QKeySequence(u"F5"_s));
}

void tst_ActionRegistry::remembersKeys()
{
    QAction *stop = add(u"run.stop"_s, u"Stop"_s, u"F5"_s);
    QVERIFY(
        ShortcutSettings(*m_registry, *m_settings).setKeys(u"run.stop"_s, QKeySequence(u"F6"_s)));
    m_registry->setKeys(*stop, {});

    ShortcutSettings(*m_registry, *m_settings).restore();

    QCOMPARE(stop->shortcut(), QKeySequence(u"F6"_s));
}

void tst_ActionRegistry::resetLeavesTakenKeysAlone()
{
    ShortcutSettings settings(*m_registry, *m_settings);
    QAction *emitAction = add(u"run.emit"_s, u"Emit"_s, u"F4"_s);
    QAction *stop = add(u"run.stop"_s, u"Stop"_s, u"F5"_s);
    QVERIFY(settings.setKeys(u"run.emit"_s, QKeySequence(u"F6"_s)));
    QVERIFY(settings.setKeys(u"run.stop"_s, QKeySequence(u"F4"_s)));

    settings.reset(u"run.emit"_s);
    settings.reset(u"run.stop"_s);

    QVERIFY(emitAction->shortcut().isEmpty());
    QCOMPARE(stop->shortcut(), QKeySequence(u"F5"_s));
    QVERIFY(m_settings->allKeys().isEmpty());
}

QTEST_MAIN(tst_ActionRegistry)
#include "tst_actionregistry.moc"
