// SPDX-License-Identifier: MIT
#include "shortcuteditor.h"

#include "desktop/actionregistry.h"
#include "desktop/appearance.h"
#include "desktop/shortcutsettings.h"

#include <QAction>
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
    resize(620, 560);
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
    m_list->header()->setStretchLastSection(true);
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
    auto layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
}

QAction *ShortcutEditor::actionOf(const QTreeWidgetItem *item) const
{
    return item ? m_settings.registry().find(item->data(ActionColumn, Qt::UserRole).toString())
                : nullptr;
}

void ShortcutEditor::fill()
{
    for (const QAction *action : m_settings.registry().actions()) {
        auto item = new QTreeWidgetItem(m_list);
        item->setText(ActionColumn, action->text().remove(u'&'));
        item->setIcon(ActionColumn, action->icon());
        item->setText(PlaceColumn, m_settings.registry().placeOf(*action));
        item->setData(ActionColumn, Qt::UserRole, m_settings.registry().idOf(*action));
        refresh(*item);
    }
    m_list->resizeColumnToContents(ActionColumn);
    m_list->resizeColumnToContents(PlaceColumn);
}

void ShortcutEditor::refresh(QTreeWidgetItem &item)
{
    if (const QAction *action = actionOf(&item)) {
        const QString keys =
            QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        item.setText(KeysColumn, keys);
    }
}

void ShortcutEditor::filter(const QString &text)
{
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const QString all = item->text(ActionColumn) + u'\n' + item->text(PlaceColumn) + u'\n'
            + item->text(KeysColumn);
        item->setHidden(!all.contains(text.trimmed(), Qt::CaseInsensitive));
    }
}

void ShortcutEditor::showCurrent()
{
    const QAction *action = actionOf(m_list->currentItem());
    m_keys->setEnabled(action);
    m_keys->setKeySequence(action ? action->shortcut() : QKeySequence());
    m_problem->clear();
}

void ShortcutEditor::change()
{
    QAction *action = actionOf(m_list->currentItem());
    if (!action || m_keys->keySequence() == action->shortcut())
        return;
    const Result<void> changed = m_settings.setKeys(*action, m_keys->keySequence());
    refresh(*m_list->currentItem());
    m_problem->setText(changed ? QString() : changed.error().message);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, colors));
    m_problem->setPalette(colors);
}

void ShortcutEditor::resetCurrent()
{
    QAction *action = actionOf(m_list->currentItem());
    if (!action)
        return;
    m_settings.reset(*action);
    refresh(*m_list->currentItem());
    showCurrent();
}

} // namespace Fanfare
