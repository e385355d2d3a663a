// SPDX-License-Identifier: MIT
#include "preferencesdialog.h"

#include "desktop/panes/emptystate.h"
#include "preferencerow.h"
#include "preferences.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qint64 largestFile = 1 << 20; // bytes; a file of preferences has a few hundred

PreferencesDialog::PreferencesDialog(Preferences &preferences, QWidget *parent)
    : QDialog(parent)
    , m_preferences(preferences)
    , m_search(new QLineEdit(this))
    , m_message(new QLabel(this))
    , m_nothing(new EmptyState(this))
{
    setWindowTitle(tr("Preferences"));
    resize(640, 620);
    m_search->setPlaceholderText(tr("Search preferences"));
    m_search->setAccessibleName(tr("Search preferences"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &PreferencesDialog::applySearch);
    connect(m_nothing, &EmptyState::actionWanted, m_search, &QLineEdit::clear);
    m_nothing->hide();
    m_message->setWordWrap(true);
    m_message->hide();

    auto inside = new QWidget(this);
    auto rows = new QVBoxLayout(inside);
    createRows(*rows);
    rows->addWidget(m_nothing, 1);
    rows->addStretch();
    auto area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);

    auto column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(area, 1);
    column->addWidget(m_message);
    column->addWidget(createButtons());
}

void PreferencesDialog::createRows(QVBoxLayout &column)
{
    QString group;
    for (const Preference &preference : m_preferences.list()) {
        if (m_groups.isEmpty() || preference.group != group) {
            group = preference.group;
            auto heading = new QLabel(group, this);
            QFont font = heading->font();
            font.setBold(true);
            heading->setFont(font);
            column.addWidget(heading);
            m_groups.append(Group{heading, {}});
        }
        auto row = new PreferenceRow(preference, m_preferences, this);
        column.addWidget(row);
        m_groups.last().rows.append(row);
    }
}

QWidget *PreferencesDialog::createButtons()
{
    auto buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto import = buttons->addButton(tr("&Import…"), QDialogButtonBox::ActionRole);
    auto write = buttons->addButton(tr("&Export…"), QDialogButtonBox::ActionRole);
    connect(import, &QPushButton::clicked, this, &PreferencesDialog::askForImport);
    connect(write, &QPushButton::clicked, this, &PreferencesDialog::askForExport);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void PreferencesDialog::setSearch(const QString &text)
{
    m_search->setText(text);
    m_search->setFocus();
}

void PreferencesDialog::applySearch(const QString &text)
{
    bool isAnything = false;
    for (const Group &group : std::as_const(m_groups)) {
        bool isGroup = false;
        for (PreferenceRow *row : group.rows) {
            const bool isShown = row->matches(text);
            row->setVisible(isShown);
            isGroup = isGroup || isShown;
        }
        group.heading->setVisible(isGroup);
        isAnything = isAnything || isGroup;
    }
    m_nothing->setState(tr("No preference has “%1” in it.").arg(text), tr("Show all"));
    m_nothing->setVisible(!isAnything);
}

void PreferencesDialog::importFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tell(tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > largestFile)
        return tell(tr("%1 is no file of preferences: it is larger than 1 MiB.").arg(path));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError) {
        return tell(
            tr("%1 is no JSON: %2, at byte %3.").arg(path, error.errorString()).arg(error.offset));
    }
    const Result<void> taken = m_preferences.takeJson(document.object());
    tell(taken ? tr("The preferences of %1 hold now.").arg(path) : taken.error().message);
}

void PreferencesDialog::exportTo(const QString &path)
{
    QSaveFile file(path);
    const QByteArray text = QJsonDocument(m_preferences.toJson()).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return tell(tr("%1 cannot be written: %2.").arg(path, file.errorString()));
    tell(tr("What is not standard was written to %1.").arg(path));
}

void PreferencesDialog::askForImport()
{
    auto dialog = new QFileDialog(this, tr("Import preferences"), {}, tr("Preferences (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PreferencesDialog::importFrom);
    dialog->open();
}

void PreferencesDialog::askForExport()
{
    auto dialog = new QFileDialog(this, tr("Export preferences"), u"fanfare-preferences.json"_s,
                                  tr("Preferences (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &PreferencesDialog::exportTo);
    dialog->open();
}

void PreferencesDialog::tell(const QString &sentence)
{
    m_message->setText(sentence);
    m_message->show();
}

QString PreferencesDialog::message() const
{
    return m_message->text();
}

} // namespace Fanfare
