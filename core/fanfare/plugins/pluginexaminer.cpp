// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginexaminer.h"

#include <fanfare/plugins/elffile.h>
#include <fanfare/plugins/filevetting.h>

#include <QFileInfo>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// With a second one 200 known plugins take half the time.
static constexpr int threadCount = 2;

/// What \a copy says about itself, told as if it were the file it was made of.
static void describe(Examination &examination)
{
    const QString &copy = examination.copy.path;
    PluginInspection inspection = inspectPluginFile(copy);
    examination.metadata = inspection.metadata;
    if (inspection.refusal) {
        examination.refusal = renamed(*std::move(inspection.refusal), copy, examination.path);
        return;
    }
    examination.hasUniqueSymbols = hasUniqueSymbols(copy);
    examination.reached = PluginState::Described;
}

static void keepCopy(const VettedFile &file, const ShadowStore &store, Examination &examination)
{
    const FileStamp before = file.stamp();
    auto copy = store.keep(file.descriptor(), QFileInfo(examination.path).fileName());
    examination.hasChanged =
        file.stamp() != before || (!copy && copy.error().code == ErrorCode::InvalidArgument);
    if (copy) {
        examination.copy = *std::move(copy);
        examination.reached = PluginState::Cached;
    } else if (!examination.hasChanged) {
        examination.refusal =
            PluginRefusal{u"not-copied"_s,
                          u"%1 could not be copied to %2; make room there and try again."_s.arg(
                              examination.path, store.root()),
                          copy.error().message};
    }
}

static Examination examineNow(const FoundFile &file, const ShadowStore &store)
{
    Examination examination;
    examination.path = file.path;
    Vetting vetting = vetFile(file.localPath, file.path);
    if (vetting.refusal) {
        examination.refusal = std::move(vetting.refusal);
        return examination;
    }
    examination.reached = PluginState::Vetted;
    keepCopy(vetting.file, store, examination);
    if (!examination.refusal && !examination.hasChanged)
        describe(examination);
    return examination;
}

PluginExaminer::PluginExaminer(const QString &hostPath, const QString &cacheRoot, QObject *parent)
    : QObject(parent)
    , m_store(cacheRoot)
    , m_verdicts(hostPath)
{
    m_threads.setMaxThreadCount(threadCount);
    m_threads.setObjectName(u"fanfare plugin examiner"_s);
}

PluginExaminer::~PluginExaminer()
{
    m_isEnding = true; // verdicts that wait are written all the same: they cost a probe each
    m_threads.waitForDone();
}

void PluginExaminer::examine(const FoundFile &file, Verdicts verdicts, quint64 request)
{
    m_threads.start([this, file, verdicts, request] {
        if (m_isEnding)
            return;
        Examination examination = examineNow(file, m_store);
        examination.request = request;
        if (verdicts == Verdicts::Use && examination.reached == PluginState::Described)
            examination.verdict = m_verdicts.find(examination.copy.path);
        QMetaObject::invokeMethod(
            this, [this, examination] { Q_EMIT examined(examination); }, Qt::QueuedConnection);
    });
}

void PluginExaminer::keepVerdict(const ShadowCopy &copy, const QByteArray &verdict)
{
    m_threads.start([this, copy, verdict] { m_verdicts.keep(copy.path, verdict); });
}

void PluginExaminer::trim()
{
    m_threads.start([this] { m_store.trim(); });
}

} // namespace Fanfare
