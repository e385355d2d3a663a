// SPDX-License-Identifier: MIT
#include "filesaver.h"

#include <QSaveFile>

namespace Fanfare {

/// Why that was not possible; empty when it was.
static QString write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    return isWritten ? QString() : file.errorString();
}

void FileSaver::save(const QString &path, std::function<QByteArray()> content)
{
    m_job.start([path, content = std::move(content)](
                    const auto &, const std::stop_token &) { return write(path, content()); },
                [this, path](const QString &problem) {
                    if (problem.isEmpty())
                        Q_EMIT saved(path);
                    else
                        Q_EMIT failed(tr("%1 cannot be written: %2.").arg(path, problem));
                });
}

} // namespace Fanfare
