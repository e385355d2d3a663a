// SPDX-License-Identifier: MIT
#include "savebar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace Fanfare {

static constexpr qint64 patience = 300; ///< ms

SaveBar::SaveBar(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_progress(new QProgressBar(this))
{
    auto cancel = new QPushButton(tr("Cancel"), this);
    m_progress->setAccessibleName(title);
    m_progress->setRange(0, 100);
    m_progress->setMaximumHeight(cancel->sizeHint().height() - 6);
    auto row = new QHBoxLayout(this);
    row->setContentsMargins(8, 3, 8, 3);
    row->addWidget(new QLabel(title, this));
    row->addWidget(m_progress, 1);
    row->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &SaveBar::canceled);
    hide();
}

void SaveBar::begin()
{
    m_since.start();
    m_progress->setValue(0);
}

void SaveBar::setProgress(double share)
{
    m_progress->setValue(int(share * 100));
    if (isHidden() && m_since.isValid() && m_since.elapsed() >= patience)
        show();
}

void SaveBar::end()
{
    m_since.invalidate();
    hide();
}

} // namespace Fanfare
