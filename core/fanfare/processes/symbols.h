// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/crashreport.h>

#include <QByteArrayView>
#include <QFile>
#include <QHash>

#include <memory>

namespace Fanfare {

/// The functions that the symbol table of a library or program names, hidden ones included.
///
/// Threads: [owner].
class ElfSymbols
{
public:
    explicit ElfSymbols(const QString &path); ///< a file that cannot be read names nothing

    /// Names the function at \a frame.offset, which is a place in the file, and turns that into
    /// the address that addr2line wants. Takes about 0.1 ms for 10,000 symbols.
    void resolve(CrashFrame &frame) const;

private:
    quint64 addressOf(quint64 fileOffset) const;
    void findFunction(CrashFrame &frame) const;

    QFile m_file;
    QByteArrayView m_bytes; // the mapped file; empty when it is not usable
};

/// Turns addresses of a process that is gone into places in files.
///
/// Threads: [owner].
class Symbolizer
{
public:
    /// \a maps is what /proc/PID/maps said; it is borrowed.
    explicit Symbolizer(QByteArrayView maps)
        : m_maps(maps)
    {
    }

    /// \a isReturn: the address is that behind a call.
    CrashFrame frameAt(quint64 address, bool isReturn);

private:
    QByteArrayView m_maps;
    QHash<QString, std::shared_ptr<ElfSymbols>> m_modules;
};

} // namespace Fanfare
