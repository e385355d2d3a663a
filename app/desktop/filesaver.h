// SPDX-License-Identifier: MIT
#pragma once

#include "runs/backgroundjob.h"

#include <QObject>

#include <functional>

namespace Fanfare {

/// Writes a file beside the window: the old one stays until the new one is whole.
///
/// Threads: [gui].
class FileSaver final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Writes what \a content returns, which is called in another thread. Of several at once the
    /// last one counts.
    void save(const QString &path, std::function<QByteArray()> content);

    bool isSaving() const { return m_job.isRunning(); }

Q_SIGNALS:
    void saved(const QString &path);
    void failed(const QString &sentence);

private:
    BackgroundJob m_job;
};

} // namespace Fanfare
