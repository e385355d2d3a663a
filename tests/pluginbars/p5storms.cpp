// SPDX-License-Identifier: MIT
// P5: what people and tools do to a plugin folder while it is watched.
#include "bar.h"
#include "scanning.h"

#include <fanfare/base/clock.h>

#include <QDir>
#include <QProcess>

#include <sys/inotify.h>
#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

namespace {

/// One storm after another on one watched folder.
class Storms
{
public:
    explicit Storms(Effort effort)
        : m_effort(effort)
    {
    }

    BarResult run();

private:
    void dropMany();
    void writeSlowly();
    void replaceInAllWays();
    void makeFolderAnew();
    void workWithoutWatches();

    void expect(const QString &what, const std::function<bool()> &condition);
    bool isBuild(const QString &name, int number) const;
    void watch();

    const Effort m_effort;
    Scanning m_scanning;
    BarResult m_result;
};

} // namespace

void Storms::expect(const QString &what, const std::function<bool()> &condition)
{
    const qint64 start = MonotonicClock::now();
    const bool holds = waitFor(condition, 10'000);
    const double took = double(MonotonicClock::now() - start) / 1e6;
    m_result.figures[what] = took;
    if (!holds || took > 3000)
        m_result.problem += u"%1 took %2 ms. "_s.arg(what).arg(took);
}

bool Storms::isBuild(const QString &name, int number) const
{
    const PluginFact *const fact = m_scanning.fact(name);
    QFile copy(fact ? fact->copy : QString());
    return fact && fact->isActive && copy.open(QIODevice::ReadOnly)
        && copy.readAll().contains("BUILD-" + QByteArray::number(number).rightJustified(8, '0'));
}

void Storms::watch()
{
    if (!m_scanning.scan())
        m_result.problem = u"The scan did not end."_s;
    m_scanning.catalog().watch();
}

void Storms::dropMany()
{
    const int count = m_effort == Effort::Full ? 200 : 20;
    for (int i = 0; i < count; ++i)
        writeInPlace(m_scanning.file(u"many-%1.so"_s.arg(i)), pluginNumber(i + 100));
    expect(u"drop many"_s, [&] { return m_scanning.activeCount() == count; });
    for (int i = 0; i < count; ++i)
        QFile::remove(m_scanning.file(u"many-%1.so"_s.arg(i)));
    expect(u"delete many"_s, [&] { return m_scanning.facts().plugins.isEmpty(); });
}

/// A hundred pieces in five seconds; until the last there is nothing to be seen but a file.
void Storms::writeSlowly()
{
    const int pieces = m_effort == Effort::Full ? 100 : 20;
    const QByteArray content = versionedBuild(1);
    const qsizetype size = content.size() / pieces + 1;
    QFile file(m_scanning.file(u"slow.so"_s));
    (void)file.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    for (int piece = 0; piece < pieces; ++piece) {
        file.write(content.mid(piece * size, size));
        waitFor([] { return false; }, 50);
        const PluginFact *const fact = m_scanning.fact(u"slow.so"_s);
        if (fact && (fact->isActive || !fact->code.isEmpty()) && piece + 1 < pieces)
            m_result.problem += u"A half-written file was looked at (%1). "_s.arg(fact->code);
    }
    file.close();
    expect(u"slow writer"_s, [&] { return isBuild(u"slow.so"_s, 1); });
}

void Storms::replaceInAllWays()
{
    const QString path = m_scanning.file(u"slow.so"_s);
    writeInPlace(path, versionedBuild(2));
    expect(u"in place"_s, [&] { return isBuild(u"slow.so"_s, 2); });
    renameOver(path, versionedBuild(3));
    expect(u"rename over"_s, [&] { return isBuild(u"slow.so"_s, 3); });
    writeInPlace(path, versionedBuild(4)); // the watch of the former file is gone by now
    expect(u"in place again"_s, [&] { return isBuild(u"slow.so"_s, 4); });
    writeInPlace(path + u".other"_s, versionedBuild(5));
    QProcess::execute(u"cp"_s, {path + u".other"_s, path});
    expect(u"cp over"_s, [&] { return isBuild(u"slow.so"_s, 5); });
    QFile::remove(path); // as linkers do
    writeInPlace(path, versionedBuild(6));
    expect(u"linker over"_s, [&] { return isBuild(u"slow.so"_s, 6); });
    QFile::rename(path, m_scanning.file(u"renamed.so"_s));
    expect(u"renamed"_s,
           [&] { return isBuild(u"renamed.so"_s, 6) && !m_scanning.fact(u"slow.so"_s); });
}

void Storms::makeFolderAnew()
{
    QDir(m_scanning.folder()).removeRecursively();
    expect(u"folder deleted"_s, [&] { return m_scanning.facts().plugins.isEmpty(); });
    QDir().mkpath(m_scanning.folder());
    writeInPlace(m_scanning.file(u"slow.so"_s), versionedBuild(7));
    expect(u"folder anew"_s, [&] { return isBuild(u"slow.so"_s, 7); });
}

/// With all inotify instances of this user in use.
void Storms::workWithoutWatches()
{
    std::vector<int> instances;
    for (int one = inotify_init(); one >= 0; one = inotify_init())
        instances.push_back(one);
    watch();
    writeInPlace(m_scanning.file(u"slow.so"_s), versionedBuild(8));
    expect(u"no watches left"_s, [&] { return isBuild(u"slow.so"_s, 8); });
    for (const int one : instances)
        close(one);
}

BarResult Storms::run()
{
    watch();
    dropMany();
    writeSlowly();
    replaceInAllWays();
    makeFolderAnew();
    workWithoutWatches();
    return m_result;
}

BarResult runStorms(Effort effort)
{
    return Storms(effort).run();
}
