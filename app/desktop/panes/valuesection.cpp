// SPDX-License-Identifier: MIT
#include "valuesection.h"

#include "argumentsjson.h"
#include "textblock.h"
#include "valuetree.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

ValueSection::ValueSection(const QString &title, int maximumLines, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_heading(new QLabel(title, this))
    , m_block(new TextBlock(maximumLines, this))
    , m_tree(new ValueTree(maximumLines, this))
{
    QFont font = m_heading->font();
    font.setWeight(QFont::DemiBold);
    m_heading->setFont(font);
    m_heading->setTextFormat(Qt::PlainText);
    m_heading->setToolTip(tr("The size is that of the value as it is sent: CBOR"));
    m_block->setAccessibleName(title);
    m_tree->setAccessibleName(title);
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addWidget(m_heading);
    column->addWidget(m_block);
    column->addWidget(m_tree);
    hide();
}

void ValueSection::setValue(const QCborValue &value)
{
    if (value.isUndefined() || value.isInvalid())
        return setText({});
    const bool isTree = isNested(value);
    if (value != m_value) {
        m_value = value;
        const QString size = QLocale().formattedDataSize(value.toCbor().size(), 1);
        m_heading->setText(u"%1 · %2"_s.arg(m_title, size));
        m_block->setText(isTree ? QString() : readableJson(value));
    }
    if (isTree)
        m_tree->setValue(value);
    m_block->setVisible(!isTree);
    m_tree->setVisible(isTree);
    show();
}

void ValueSection::setText(const QString &text)
{
    m_value = QCborValue();
    m_heading->setText(m_title);
    m_block->setText(text);
    m_block->show();
    m_tree->hide();
    setVisible(!text.isEmpty());
}

QString ValueSection::heading() const
{
    return m_heading->text();
}

QString ValueSection::text() const
{
    return m_value.isUndefined() ? m_block->toPlainText() : readableJson(m_value);
}

} // namespace Fanfare
