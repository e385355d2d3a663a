// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace Fanfare::Bench {

class Sender final : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void fired();
};

class Receiver final : public QObject
{
    Q_OBJECT

public:
    quint64 count() const { return m_count; }

public Q_SLOTS:
    void receive() { ++m_count; }

private:
    quint64 m_count = 0;
};

} // namespace Fanfare::Bench
