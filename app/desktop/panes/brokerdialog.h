// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/engineoptions.h>

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Fanfare {

/// Where the message broker of the cluster is. It asks for no password: that comes from a private
/// file or the environment, so that it is never kept with the settings. What cannot work is said
/// while it is typed.
class BrokerDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit BrokerDialog(const BrokerChoice &choice, QWidget *parent = nullptr);

    BrokerChoice choice() const; ///< as it is entered now
    QString problem() const;     ///< why that cannot be; empty when it can

private:
    void createLayout();
    void chooseFile();
    void refresh();

    QLineEdit *m_url;
    QLineEdit *m_file;
    QCheckBox *m_plainText;
    QLabel *m_problem;
    QPushButton *m_accept = nullptr;
};

} // namespace Fanfare
