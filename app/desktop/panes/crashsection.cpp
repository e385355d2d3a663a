// SPDX-License-Identifier: MIT
#include "crashsection.h"

#include "argumentsjson.h"
#include "crashtext.h"
#include "textblock.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace Fanfare {

CrashSection::CrashSection(QWidget *parent)
    : QWidget(parent)
    , m_block(new TextBlock(16, this))
{
    auto heading = new QLabel(tr("Crash report"), this);
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    auto button = new QPushButton(tr("Copy"), this);
    button->setToolTip(tr("Put the report on the clipboard, as JSON"));
    connect(button, &QPushButton::clicked, this, &CrashSection::copy);
    m_block->setAccessibleName(heading->text());
    auto row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(button);
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addLayout(row);
    column->addWidget(m_block);
    hide();
}

void CrashSection::setReport(const QCborMap &report)
{
    m_report = report;
    m_block->setText(crashText(report));
    setVisible(!report.isEmpty());
}

QString CrashSection::text() const
{
    return m_block->toPlainText();
}

void CrashSection::copy() const
{
    QApplication::clipboard()->setText(readableJson(m_report));
}

} // namespace Fanfare
