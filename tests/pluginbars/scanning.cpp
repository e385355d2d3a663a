// SPDX-License-Identifier: MIT
#include "scanning.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>

#include <algorithm>

using namespace Fanfare;
using namespace Qt::StringLiterals;

bool waitFor(const std::function<bool()> &condition, int timeout)
{
    const QDeadlineTimer deadline(timeout);
    QTimer tick; // lets the loop look at the deadline
    tick.start(20);
    while (!condition() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

bool isAnyProcessUsing(const QString &path)
{
    for (const QString &pid : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (pid.toLongLong() > 0 && pid.toLongLong() != QCoreApplication::applicationPid()
            && file.open(QIODevice::ReadOnly) && file.readAll().contains(path.toUtf8())) {
            return true;
        }
    }
    return false;
}

QByteArray pluginNumber(int number)
{
    QByteArray content = Test::versionedBuild(number);
    const QByteArray id = "org.fanfare.fixture.versioned";
    content.replace(content.indexOf(id) + id.size() - 4, 4,
                    QByteArray::number(number).rightJustified(4, '0'));
    return content;
}

Scanning::Scanning(std::chrono::milliseconds timeout)
    : m_timeout(timeout)
{
    QDir(m_root.path()).mkdir(u"plugins"_s);
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_root.path() + u"/cache"_s));
    QObject::connect(&m_heartbeat, &QTimer::timeout, &m_heartbeat, [this] {
        const qint64 now = MonotonicClock::now();
        m_longestGap = std::max(m_longestGap, (now - m_lastBeat) / 1'000'000);
        m_lastBeat = now;
    });
}

Scanning::~Scanning() = default;

QString Scanning::folder() const
{
    return m_root.path() + u"/plugins"_s;
}

bool Scanning::scan()
{
    m_catalog.reset();
    m_linker = std::make_unique<EventLinker>();
    m_catalog = std::make_unique<PluginCatalog>(
        *m_linker, ProbeOptions{QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host"), m_timeout},
        HandlerPlace::Workers);
    bool isScanned = false;
    QObject::connect(m_catalog.get(), &PluginCatalog::scanned, &m_heartbeat,
                     [&] { isScanned = true; });
    m_lastBeat = MonotonicClock::now();
    m_longestGap = 0;
    m_heartbeat.start(2);
    m_catalog->scan({folder()});
    const bool hasEnded = waitFor([&] { return isScanned; }, 600'000);
    m_catalog->disconnect(&m_heartbeat);
    return hasEnded;
}

const PluginFact *Scanning::fact(const QString &name) const
{
    for (const PluginFact &plugin : facts().plugins) {
        if (plugin.path.endsWith(u'/' + name))
            return &plugin;
    }
    return nullptr;
}

int Scanning::activeCount() const
{
    return int(std::count_if(facts().plugins.begin(), facts().plugins.end(),
                             [](const PluginFact &plugin) { return plugin.isActive; }));
}
