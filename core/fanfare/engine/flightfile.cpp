// SPDX-License-Identifier: MIT
#include "fanfare/engine/flightfile.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

FlightFile::FlightFile(std::unique_ptr<QFile> file)
    : m_file(std::move(file))
{
}

FlightFile::~FlightFile() = default;

/// QStandardPaths would complain about, and make up, a runtime folder that the system lacks.
static QString folder()
{
    const QFileInfo runtime(qEnvironmentVariable("XDG_RUNTIME_DIR"));
    const bool isOurs = runtime.isDir() && runtime.isWritable() && runtime.ownerId() == geteuid();
    return isOurs ? runtime.absoluteFilePath() : QDir::tempPath();
}

static Error unusable(const QFile &file)
{
    return {ErrorCode::Unreadable,
            u"The file %1, in which an engine notes what it runs, cannot be used: %2. Make room or "
            "set TMPDIR to another folder."_s.arg(file.fileName(), file.errorString())};
}

Result<std::unique_ptr<FlightFile>> FlightFile::create()
{
    auto file = std::make_unique<QTemporaryFile>(folder() + u"/fanfare-XXXXXX.flight"_s);
    if (!file->open() || !file->resize(sizeof(FlightLog)))
        return unusable(*file);
    return map(std::move(file));
}

Result<std::unique_ptr<FlightFile>> FlightFile::open(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadWrite) || file->size() != sizeof(FlightLog))
        return unusable(*file);
    return map(std::move(file));
}

Result<std::unique_ptr<FlightFile>> FlightFile::map(std::unique_ptr<QFile> file)
{
    uchar *const memory = file->map(0, sizeof(FlightLog));
    if (!memory)
        return unusable(*file);
    std::unique_ptr<FlightFile> flight(new FlightFile(std::move(file)));
    // Not constructed: the other process may have written already, and zeros are a valid log.
    flight->m_log = reinterpret_cast<FlightLog *>(memory);
    return flight;
}

void FlightFile::unlink()
{
    QFile::remove(m_file->fileName());
}

} // namespace Fanfare
