// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <memory>

namespace Fanfare {

/// A SHA-256 that grows with what is added. OpenSSL's, because Qt's takes ten times as long:
/// 0.6 ms a MiB against 6.5 ms.
///
/// Threads: [owner].
class Sha256
{
public:
    static constexpr qsizetype size = 32; ///< bytes

    Sha256();
    ~Sha256();
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;

    void add(QByteArrayView bytes);
    QByteArray result(); ///< once; nothing may be added afterwards

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace Fanfare
