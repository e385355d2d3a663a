// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

/// A file in memory with \a content, for readers that want a path.
class MemoryFile
{
public:
    explicit MemoryFile(const QByteArray &content);
    ~MemoryFile();
    Q_DISABLE_COPY_MOVE(MemoryFile)

    QString path() const;

private:
    int m_descriptor;
};
