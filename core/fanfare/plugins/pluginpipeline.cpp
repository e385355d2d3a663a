// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginpipeline.h"

#include <fanfare/base/clock.h>

#include <QDateTime>
#include <QSet>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Measured on two cores: more at a time only delays each of them.
static constexpr int maximumProbes = 2;
static constexpr auto longestSettling = std::chrono::nanoseconds(1s); ///< that anybody waits for
static constexpr auto unstablePause = 2s;

static qint64 dateNow()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

PluginPipeline::PluginPipeline(const PipelineOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_examiner(options.probe.hostPath, options.cacheRoot)
{
    m_nextLook.setSingleShot(true);
    connect(&m_nextLook, &QTimer::timeout, this, &PluginPipeline::look);
    connect(&m_watch, &FolderWatch::lookWanted, this, &PluginPipeline::look);
    connect(&m_examiner, &PluginExaminer::examined, this, &PluginPipeline::takeExamination);
}

PluginPipeline::~PluginPipeline() = default;

void PluginPipeline::start(const QStringList &folders)
{
    m_folders = folders;
    look();
    m_examiner.trim(); // behind the first files, whose copies are held by then
}

void PluginPipeline::watch()
{
    m_isWatching = true;
    m_watch.start(m_folders);
    look();
}

void PluginPipeline::look()
{
    const qint64 now = MonotonicClock::now();
    const FolderListing listing = listPluginFolders(m_folders);
    for (const FoundFile &found : listing.files)
        update(found, now);
    dropLost(listing.files, now);
    for (auto &[path, file] : m_files) {
        if (file.step == Step::Settling && file.lostSince == 0)
            settle(file, now);
    }
    QStringList problems = listing.problems;
    if (m_isWatching) {
        QStringList paths;
        for (const FoundFile &found : listing.files)
            paths.append(found.path);
        m_watch.setFiles(paths);
        problems += m_watch.problems();
    }
    setProblems(problems);
    scheduleLook();
    tellWhenCaughtUp();
}

void PluginPipeline::setProblems(const QStringList &problems)
{
    if (std::exchange(m_problems, problems) != problems)
        Q_EMIT problemsChanged();
}

void PluginPipeline::update(const FoundFile &found, qint64 now)
{
    const auto [entry, isNew] = m_files.try_emplace(found.path);
    File &file = entry->second;
    file.lostSince = 0;
    file.found = found;
    if (isNew) {
        file.build.path = found.path;
        file.build.place = {found.folder, found.localPath};
        file.since = now;
        m_isCaughtUp = false;
        Q_EMIT seen(found.path, file.build.place);
    } else if (file.step != Step::Settling && found.stamp != file.examined) {
        restart(file, now);
    }
}

void PluginPipeline::restart(File &file, qint64 now)
{
    file.step = Step::Settling;
    file.settling.restart();
    file.request = 0;
    file.since = now;
    m_isCaughtUp = false;
    Q_EMIT reached(file.found.path, PluginState::Seen);
}

void PluginPipeline::settle(File &file, qint64 now)
{
    switch (file.settling.look(file.found.stamp, now, dateNow())) {
    case Settling::Verdict::Settled:
        file.isStable = true;
        examine(file);
        break;
    case Settling::Verdict::Waiting:
        break;
    case Settling::Verdict::Unstable:
        if (!std::exchange(file.isStable, false))
            break;
        file.build.refusal =
            PluginRefusal{u"unstable-file"_s,
                          u"%1 has been changing for more than 10 s; it is used when whoever "
                          "writes it has finished."_s.arg(file.found.path),
                          {}};
        Q_EMIT built(file.build);
        break;
    }
}

/// A file that is replaced may be away for a moment; two looks have to miss it.
void PluginPipeline::dropLost(const std::vector<FoundFile> &found, qint64 now)
{
    QSet<QString> present;
    for (const FoundFile &file : found)
        present.insert(file.path);
    for (auto entry = m_files.begin(); entry != m_files.end();) {
        File &file = entry->second;
        const bool isLost = !present.contains(entry->first);
        if (isLost && file.lostSince == 0)
            file.lostSince = now;
        if (isLost
            && now - file.lostSince >= std::chrono::nanoseconds(Settling::lookPause).count()) {
            const QString path = entry->first;
            entry = m_files.erase(entry);
            Q_EMIT vanished(path);
        } else {
            ++entry;
        }
    }
}

void PluginPipeline::scheduleLook()
{
    bool isWaiting = false;
    bool isUnstable = false;
    for (const auto &[path, file] : m_files) {
        const bool isSettling = file.step == Step::Settling;
        isWaiting = isWaiting || file.lostSince != 0 || (isSettling && file.isStable);
        isUnstable = isUnstable || (isSettling && !file.isStable);
    }
    if (isWaiting)
        m_nextLook.start(Settling::lookPause);
    else if (isUnstable)
        m_nextLook.start(unstablePause);
}

void PluginPipeline::tryAgain(const QString &path)
{
    const auto entry = m_files.find(path);
    if (entry == m_files.end())
        return;
    entry->second.verdicts = Verdicts::Ignore;
    restart(entry->second, MonotonicClock::now());
    look();
}

// --- examining and probing

PluginPipeline::File *PluginPipeline::find(const QString &path, quint64 request)
{
    const auto entry = m_files.find(path);
    return entry != m_files.end() && entry->second.request == request ? &entry->second : nullptr;
}

void PluginPipeline::examine(File &file)
{
    file.step = Step::Examining;
    file.examined = file.found.stamp;
    file.request = ++m_lastRequest;
    const PluginPlace place = file.build.place;
    file.build = {};
    file.build.path = file.found.path;
    file.build.place = place;
    Q_EMIT reached(file.found.path, PluginState::Settled);
    m_examiner.examine(file.found, file.verdicts, file.request);
}

void PluginPipeline::takeExamination(const Examination &examination)
{
    File *const file = find(examination.path, examination.request);
    if (!file)
        return;
    if (examination.hasChanged) {
        restart(*file, MonotonicClock::now());
        scheduleLook();
        return;
    }
    file->verdicts = Verdicts::Use;
    file->build.copy = examination.copy;
    file->build.metadata = examination.metadata;
    file->build.hasUniqueSymbols = examination.hasUniqueSymbols;
    file->build.refusal = examination.refusal;
    if (examination.refusal) {
        finish(*file);
        return;
    }
    Q_EMIT reached(examination.path, PluginState::Described);
    if (examination.verdict) {
        if (const auto answer = readProbeAnswer(examination.copy.path, *examination.verdict)) {
            file->build.description = answer->description;
            file->build.refusal = answer->refusal;
            finish(*file);
            return;
        }
    }
    file->step = Step::Probing;
    m_waiting.push_back(examination.path);
    probeNext();
}

void PluginPipeline::probeNext()
{
    while (m_probing < maximumProbes && !m_waiting.empty()) {
        const QString path = std::move(m_waiting.front());
        m_waiting.pop_front();
        const auto entry = m_files.find(path);
        if (entry != m_files.end() && entry->second.step == Step::Probing)
            probe(path);
    }
}

void PluginPipeline::probe(const QString &path)
{
    const File &file = m_files.at(path);
    ++m_probing;
    ProbeOptions options = m_options.probe;
    if (const auto wanted = file.build.metadata.probeTimeout; wanted.count() > 0)
        options.timeout = wanted; // a minute at most, says the schema
    auto *probe = new PluginProbe(file.build.copy.path, options, this);
    const auto copy = file.build.copy; // stays on disk while it is probed
    connect(probe, &PluginProbe::finished, this,
            [this, probe, path, copy, request = file.request](const ProbeAnswer &answer) {
                probe->deleteLater();
                --m_probing;
                if (const QByteArray verdict = probe->verdict(); !verdict.isEmpty())
                    m_examiner.keepVerdict(copy, verdict);
                takeAnswer(path, request, answer);
                probeNext();
            });
    probe->start();
}

void PluginPipeline::takeAnswer(const QString &path, quint64 request, const ProbeAnswer &answer)
{
    File *const file = find(path, request);
    if (!file)
        return;
    file->build.description = answer.description;
    file->build.refusal = answer.refusal;
    finish(*file);
}

void PluginPipeline::finish(File &file)
{
    file.step = Step::Done;
    if (file.build.refusal && !file.build.copy.path.isEmpty()) {
        file.build.refusal = renamed(*file.build.refusal, file.build.copy.path, file.build.path);
    }
    Q_EMIT built(file.build);
    tellWhenCaughtUp();
}

/// Told later: nobody is told while still calling start().
void PluginPipeline::tellWhenCaughtUp()
{
    const qint64 now = MonotonicClock::now();
    const bool isBusy = std::any_of(m_files.begin(), m_files.end(), [&](const auto &entry) {
        const File &file = entry.second;
        if (file.step == Step::Settling)
            return now - file.since < longestSettling.count();
        return file.step != Step::Done;
    });
    if (!isBusy && !std::exchange(m_isCaughtUp, true))
        QMetaObject::invokeMethod(this, &PluginPipeline::caughtUp, Qt::QueuedConnection);
}

} // namespace Fanfare
