// SPDX-License-Identifier: MIT
#include "validate/stagechannel.h"

#include <QJsonDocument>
#include <QStringList>

#include <cstdio>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Fanfare::Validate {

static constexpr int firstPrivate = 100; ///< a loop over low descriptors in a plugin does no harm

StageChannel::StageChannel()
    : m_pipe(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, firstPrivate))
    , m_output(memfd_create("output", MFD_CLOEXEC))
{
    dup2(m_output, STDOUT_FILENO);
}

StageChannel::~StageChannel()
{
    close(m_pipe);
    close(m_output);
}

void StageChannel::doing(const QString &what, const QString &payload)
{
    send({{u"doing"_qs, what}, {u"payload"_qs, payload}});
}

void StageChannel::report(const Finding &finding)
{
    if (m_told.contains(finding.code))
        return;
    m_told.append(finding.code);
    send({{u"finding"_qs, toJson(finding)}});
}

void StageChannel::done()
{
    send({{u"done"_qs, true}});
}

qint64 StageChannel::printedBytes() const
{
    std::fflush(stdout);
    struct stat status
    {
    };
    return fstat(m_output, &status) == 0 ? status.st_size : 0;
}

void StageChannel::send(const QJsonObject &line)
{
    const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    for (qsizetype sent = 0; sent < text.size();) {
        const ssize_t count = write(m_pipe, text.constData() + sent, size_t(text.size() - sent));
        if (count <= 0)
            _exit(3); // nobody listens any more
        sent += count;
    }
}

} // namespace Fanfare::Validate
