// SPDX-License-Identifier: MIT
#include "brokerdialog.h"

#include <fanfare/cluster/brokeraddress.h>

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

BrokerDialog::BrokerDialog(const BrokerChoice &choice, QWidget *parent)
    : QDialog(parent)
    , m_url(new QLineEdit(choice.url, this))
    , m_file(new QLineEdit(choice.passwordFile, this))
    , m_plainText(new QCheckBox(tr("Allow amqp:// to another machine"), this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Message broker"));
    m_url->setPlaceholderText(u"amqps://user@host/vhost"_s);
    m_url->setMinimumWidth(360);
    m_url->setAccessibleName(tr("Address"));
    m_file->setPlaceholderText(tr("empty: %1").arg(QLatin1StringView(brokerPasswordVariable)));
    m_file->setAccessibleName(tr("Password file"));
    m_plainText->setChecked(choice.allowsPlainText);
    m_plainText->setToolTip(tr("Everybody on the way can read tasks and results then."));
    createLayout();
    for (const QLineEdit *input : {m_url, m_file})
        connect(input, &QLineEdit::textChanged, this, &BrokerDialog::refresh);
    connect(m_plainText, &QCheckBox::toggled, this, &BrokerDialog::refresh);
    refresh();
}

void BrokerDialog::createLayout()
{
    auto form = new QFormLayout(this);
    form->addRow(tr("&Address"), m_url);
    auto file = new QHBoxLayout;
    auto choose = new QPushButton(tr("Choose…"), this);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &BrokerDialog::chooseFile);
    file->addWidget(m_file);
    file->addWidget(choose);
    form->addRow(tr("&Password file"), file);
    form->addRow({}, m_plainText);
    auto hint = new QLabel(tr("Hosts are started with “fanfare-host worker --broker …”. The "
                              "password is read from a file that only you can read, or from the "
                              "environment; it is not kept here."),
                           this);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    form->addRow(hint);
    form->addRow(m_problem);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void BrokerDialog::chooseFile()
{
    auto dialog = new QFileDialog(this, tr("Password file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

BrokerChoice BrokerDialog::choice() const
{
    return {m_url->text().trimmed(), m_file->text().trimmed(), m_plainText->isChecked()};
}

QString BrokerDialog::problem() const
{
    const BrokerChoice entered = choice();
    if (entered.url.isEmpty())
        return tr("The address of the broker is missing.");
    const Result<BrokerAddress> address =
        brokerAddress(entered.url, {entered.passwordFile, entered.allowsPlainText});
    return address ? QString() : address.error().message;
}

void BrokerDialog::refresh()
{
    const QString sentence = problem();
    m_problem->setText(sentence);
    m_accept->setEnabled(sentence.isEmpty());
}

} // namespace Fanfare
