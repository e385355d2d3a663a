// SPDX-License-Identifier: MIT
#include "memoryfile.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

MemoryFile::MemoryFile(const QByteArray &content)
    : m_descriptor(memfd_create("input", MFD_CLOEXEC))
{
    if (write(m_descriptor, content.constData(), size_t(content.size())) != content.size())
        std::abort();
}

MemoryFile::~MemoryFile()
{
    close(m_descriptor);
}

QString MemoryFile::path() const
{
    return QStringLiteral("/proc/self/fd/%1").arg(m_descriptor);
}
