// SPDX-License-Identifier: MIT
#include "loadingpage.h"

#include "backgroundjob.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace Fanfare {

LoadingPage::LoadingPage(const QString &title, const BackgroundJob &job, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bar->setRange(0, 0);
    m_bar->setFixedWidth(320);
    m_bar->setAccessibleName(tr("Progress"));
    auto column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addStretch(2);
    column->addWidget(m_title);
    column->addWidget(m_bar, 0, Qt::AlignHCenter);
    column->addWidget(m_cancel, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_cancel, &QPushButton::clicked, this, &LoadingPage::canceled);
    connect(&job, &BackgroundJob::progressed, this, &LoadingPage::showProgress);
}

void LoadingPage::showProgress(double share)
{
    m_bar->setRange(0, share < 0 ? 0 : 100);
    m_bar->setValue(int(share * 100));
}

void LoadingPage::showProblem(const QString &sentence)
{
    m_problem = sentence;
    m_title->setText(sentence);
    m_bar->hide();
    m_cancel->setText(tr("Close"));
}

QString LoadingPage::problem() const
{
    return m_problem;
}

} // namespace Fanfare
