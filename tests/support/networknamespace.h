// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Fanfare::Test {

/// A network of its own, joined to this machine's by one cable, as a host beside it has: what runs
/// in it reaches nothing but ourAddress(). Needs root and iproute2. Gone with this object, and with
/// it the cable; what runs in it is not ended.
///
/// Threads: [owner], which each call blocks for some milliseconds.
class NetworkNamespace final
{
public:
    NetworkNamespace(); ///< see problem()
    ~NetworkNamespace();
    Q_DISABLE_COPY_MOVE(NetworkNamespace)

    /// Empty when one can be made here, else a sentence that says why not. Tries it.
    static QString whyMissing();

    QString problem() const { return m_problem; } ///< empty when it is there
    QString ourAddress() const;                   ///< of this machine, on that cable
    QStringList command() const;                  ///< to be put before one that shall run in it

    void cut();     ///< pulls the cable out on our side: nobody beyond is told
    void restore(); ///< and puts it back

private:
    bool ip(const QStringList &arguments);

    const int m_number; ///< of this process, from 0
    QString m_problem;
};

} // namespace Fanfare::Test
