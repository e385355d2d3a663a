// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QStringList>

#include <thread>

namespace Fanfare {

/// Lists the files in folders, in a thread of its own: a folder may be huge or on a slow disk.
///
/// Threads: [gui]; the destructor blocks until the thread has seen the stop request, which is
/// after one directory entry.
class FileCollector final : public QObject
{
    Q_OBJECT

public:
    /// More files are not listed.
    static constexpr qsizetype maximumFiles = 1'000'000;

    explicit FileCollector(QObject *parent = nullptr);
    ~FileCollector() override;

    /// Lists the files among \a paths and, recursively, in the folders among them; linked folders
    /// below those are not entered. collected() follows exactly once, unless collect() or
    /// cancel() is called before.
    void collect(const QStringList &paths);
    void cancel();

    bool isCollecting() const;

Q_SIGNALS:
    void collected(const QStringList &files); ///< absolute, sorted within a folder's listing

private:
    void take(quint64 request, const QStringList &files);

    quint64 m_request = 0; ///< results of older requests are ignored
    bool m_isCollecting = false;
    std::jthread m_thread;
};

} // namespace Fanfare
