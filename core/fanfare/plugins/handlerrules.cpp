// SPDX-License-Identifier: MIT
#include "fanfare/plugins/handlerrules.h"

#include <QDir>
#include <QFileInfo>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr std::chrono::milliseconds replacingTime{20};

HandlerRules::HandlerRules(const RuleFiles &files, HandlerPlace place, QObject *parent)
    : QObject(parent)
    , m_place(place)
    , m_quarantine(files.stateFolder)
    , m_policies(files.policyFile)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(replacingTime);
    connect(&m_pause, &QTimer::timeout, this, &HandlerRules::reload);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_pause,
            qOverload<>(&QTimer::start));
    if (!files.stateFolder.isEmpty())
        watchFolderOf(m_quarantine.path());
    if (!files.policyFile.isEmpty())
        watchFolderOf(files.policyFile);
}

/// A folder that cannot be watched costs nothing but time: reload() is called at every rescan, too.
void HandlerRules::watchFolderOf(const QString &file)
{
    const QString folder = QFileInfo(file).path();
    if (QDir().mkpath(folder))
        m_watcher.addPath(folder);
}

void HandlerRules::reload()
{
    const bool hasNewCrashes = m_quarantine.reload();
    const bool hasNewPolicies = m_policies.reload();
    if (hasNewCrashes || hasNewPolicies)
        Q_EMIT changed();
}

void HandlerRules::countCrash(const HandlerIdentity &handler, const QString &text)
{
    CrashRecord crash;
    crash.hash = handler.hash;
    crash.plugin = handler.plugin;
    crash.handler = handler.handler;
    crash.text = text;
    crash.time = QDateTime::currentDateTimeUtc();
    m_quarantine.count(crash);
    Q_EMIT changed();
}

void HandlerRules::forgetCrashes(const QByteArray &hash, const QString &handler)
{
    if (m_quarantine.lift(hash, handler))
        Q_EMIT changed();
}

QStringList HandlerRules::problems() const
{
    QStringList problems = m_policies.problems();
    if (!m_quarantine.problem().isEmpty())
        problems.append(m_quarantine.problem());
    return problems;
}

/// Why tasks of \a handler are not started.
void HandlerRules::block(HandlerFact &handler, const PluginFact &plugin) const
{
    const auto because = [&handler](const QString &code, const QString &text) {
        handler.block = HandlerBlock{code, text};
    };
    const Isolation isolation = handler.policy.isolation.value;
    handler.block.reset();
    if (!handler.policy.isEnabled.value) {
        because(u"disabled-by-user"_s,
                u"The handler \"%1\" of %2 is disabled; enable it again."_s.arg(handler.name,
                                                                                plugin.name));
    } else if (handler.crash && handler.crash->isQuarantined()) {
        because(u"quarantined"_s,
                u"The handler \"%1\" of %2 crashed %3 times in a row and is not started any more; "
                "install a corrected build, or lift its quarantine to try it again."_s
                    .arg(handler.name, plugin.name)
                    .arg(handler.crash->crashes));
    } else if (isolation == Isolation::Process && m_place == HandlerPlace::Here) {
        because(u"needs-processes"_s,
                u"The handler \"%1\" of %2 runs in worker processes only; run handlers on "
                "processes and emit again."_s.arg(handler.name, plugin.name));
    } else if (isolation == Isolation::Thread && m_place == HandlerPlace::Workers) {
        because(u"needs-threads"_s,
                u"The handler \"%1\" of %2 runs on threads only; run handlers on threads and emit "
                "again."_s.arg(handler.name, plugin.name));
    }
}

void HandlerRules::apply(PluginFact &plugin) const
{
    const PolicyPart forPlugin = m_policies.of({PolicyTarget::Kind::Plugin, plugin.id});
    plugin.decided = forPlugin;
    for (HandlerFact &handler : plugin.handlers) {
        const PolicyPart forHandler =
            m_policies.of({PolicyTarget::Kind::Handler, plugin.id + u'/' + handler.name});
        handler.decided = forHandler;
        handler.policy = resolvePolicy(handler.stated, forPlugin, forHandler);
        const CrashRecord *const crash = m_quarantine.find(plugin.hash, handler.name);
        handler.crash = crash ? std::optional(*crash) : std::nullopt;
        block(handler, plugin);
    }
}

void HandlerRules::apply(EventFact &event) const
{
    const PolicyPart part = m_policies.of({PolicyTarget::Kind::Event, event.name});
    event.isEnabled = part.isEnabled.value_or(true);
    event.deadlineMs = part.deadlineMs.value_or(0);
}

} // namespace Fanfare
