// SPDX-License-Identifier: MIT
#include "shortcuteditor.h"

#include "desktop/appearance.h"
#include "desktop/shortcutsettings.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace Fanfare {

using namespace Qt::StringLiterals;

enum ShortcutColumn { ActionColumn, PlaceColumn, KeysColumn };

ShortcutEditor::ShortcutEditor(ShortcutSettings &settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_filter(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_keys(new QKeySequenceEdit(this))
    , m_problem(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Change shortcuts"));
    resize(720, 560);
    createLayout();
    fill();
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutEditor::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutEditor::showCurrent);
    connect(m_keys, &QKeySequenceEdit::editingFinished, this, &ShortcutEditor::change);
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

void ShortcutEditor::createLayout()
{
    m_filter->setPlaceholderText(tr("Filter: action, menu, keys"));
    m_filter->setAccessibleName(tr("Filter the actions"));
    m_filter->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Actions and their keys"));
    m_list->setHeaderLabels({tr("Action"), tr("Menu"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(ActionColumn, QHeaderView::Stretch);
    m_keys->setAccessibleName(tr("New keys of the action"));
    if (auto line = m_keys->findChild<QLineEdit *>()) // gets the focus in place of its owner
        line->setAccessibleName(m_keys->accessibleName());
    m_problem->setWordWrap(true);
    auto none = new QPushButton(tr("No keys"), this);
    auto reset = new QPushButton(tr("Default"), this);
    connect(none, &QPushButton::clicked, this, [this] {
        m_keys->clear();
        change();
    });
    connect(reset, &QPushButton::clicked, this, &ShortcutEditor::resetCurrent);
    auto row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Press the new keys:"), this));
    row->addWidget(m_keys, 1);
    row->addWidget(none);
    row->addWidget(reset);
    auto buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false); // Enter in the filter takes no keys away
    auto layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
}

/// Empty without an item.
static QString idOf(const QTreeWidgetItem *item)
{
    return item ? item->data(ActionColumn, Qt::UserRole).toString() : QString();
}

void ShortcutEditor::fill()
{
    for (const Shortcut &shortcut : m_settings.shortcuts()) {
        auto item = new QTreeWidgetItem(m_list);
        item->setText(ActionColumn, shortcut.text);
        item->setToolTip(ActionColumn, shortcut.text); // long ones are cut
        item->setIcon(ActionColumn, shortcut.icon);
        item->setText(PlaceColumn, shortcut.place);
        item->setData(ActionColumn, Qt::UserRole, shortcut.id);
        refresh(*item);
    }
}

void ShortcutEditor::refresh(QTreeWidgetItem &item)
{
    const QList<QKeySequence> keys = m_settings.find(idOf(&item)).keys;
    item.setText(KeysColumn, QKeySequence::listToString(keys, QKeySequence::NativeText));
}

/// Keys are never given to a row that is not in view.
void ShortcutEditor::filter(const QString &text)
{
    QTreeWidgetItem *first = nullptr;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const QString all = item->text(ActionColumn) + u'\n' + item->text(PlaceColumn) + u'\n'
            + item->text(KeysColumn);
        item->setHidden(!all.contains(text.trimmed(), Qt::CaseInsensitive));
        if (!first && !item->isHidden())
            first = item;
    }
    if (!m_list->currentItem() || m_list->currentItem()->isHidden())
        m_list->setCurrentItem(first);
}

void ShortcutEditor::showCurrent()
{
    m_keys->setEnabled(m_list->currentItem());
    m_keys->setKeySequence(m_settings.find(idOf(m_list->currentItem())).keys.value(0));
    m_problem->clear();
}

void ShortcutEditor::change()
{
    const QString id = idOf(m_list->currentItem());
    if (id.isEmpty() || m_keys->keySequence() == m_settings.find(id).keys.value(0))
        return;
    const Result<void> changed = m_settings.setKeys(id, m_keys->keySequence());
    refresh(*m_list->currentItem());
    m_problem->setText(changed ? QString() : changed.error().message);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, colors));
    m_problem->setPalette(colors);
}

void ShortcutEditor::resetCurrent()
{
    const QString id = idOf(m_list->currentItem());
    if (id.isEmpty())
        return;
    m_settings.reset(id);
    refresh(*m_list->currentItem());
    showCurrent();
}

} // namespace Fanfare
