// SPDX-License-Identifier: MIT
// S1: whoever may change a file must not get his code into Fanfare.
#include "bar.h"
#include "s1surroundings.h"
#include "scanning.h"

#include <fanfare/plugins/filevetting.h>

#include <QDeadlineTimer>
#include <QDir>
#include <QDirIterator>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

static constexpr uid_t nobody = 65534;

static QByteArray local(const QString &path)
{
    return QFile::encodeName(path);
}

static QString codeOf(Scanning &scanning, const QString &name)
{
    const PluginFact *const fact = scanning.scan() ? scanning.fact(name) : nullptr;
    return !fact ? u"nothing"_s : fact->isActive ? u"active"_s : fact->code;
}

static void expect(Scanning &scanning, const QString &what, const QString &code, QStringList &wrong)
{
    const QString found = codeOf(scanning, u"a.so"_s);
    if (found != code)
        wrong.append(u"%1: \"%2\" and not \"%3\""_s.arg(what, found, code));
}

static void tryMatrix(Scanning &scanning, QStringList &wrong)
{
    const QByteArray folder = local(scanning.folder());
    const QByteArray file = local(scanning.file(u"a.so"_s));
    const QString unsafe = u"writable-by-others"_s;
    writeInPlace(scanning.file(u"a.so"_s), versionedBuild(1));
    expect(scanning, u"private file"_s, u"active"_s, wrong);
    chmod(file, 0666);
    expect(scanning, u"file of the world"_s, unsafe, wrong);
    chmod(file, 0644);
    chmod(folder, 0777);
    expect(scanning, u"folder of the world"_s, unsafe, wrong);
    chmod(folder, 0755);
    if (geteuid() == 0) {
        (void)!chown(file, nobody, nobody);
        expect(scanning, u"file of somebody else"_s, u"not-owner"_s, wrong);
        (void)!chown(file, 0, 0);
        (void)!chown(folder, nobody, nobody);
        expect(scanning, u"folder of somebody else"_s, u"not-owner"_s, wrong);
        (void)!chown(folder, 0, 0);
    }
    const QString outside = scanning.folder() + u"-outside"_s;
    QDir().mkpath(outside);
    chmod(local(outside), 0777);
    writeInPlace(outside + u"/b.so"_s, versionedBuild(2));
    unlink(file);
    (void)!symlink(local(outside + u"/b.so"_s), file);
    expect(scanning, u"link to a place of the world"_s, u"symlink-outside"_s, wrong);
    unlink(file);
    (void)!link(local(outside + u"/b.so"_s), file);
    expect(scanning, u"hard link"_s, u"active"_s, wrong); // nobody else may write to it
}

namespace {

struct Races
{
    int accepted = 0; ///< the good file was opened
    int refused = 0;  ///< the other one was not
    int lost = 0;     ///< it was
};

} // namespace

/// A link is exchanged all the time: what is accepted is always the file that may be.
static Races raceLinks(const Scanning &scanning, int rounds)
{
    const QByteArray link = local(scanning.folder() + u"/race.so"_s);
    const QByteArray next = link + ".next";
    const QString good = scanning.folder() + u"/good"_s;
    const QString evil = scanning.folder() + u"/evil"_s;
    writeInPlace(good, "good");
    writeInPlace(evil, "evil");
    chmod(local(evil), 0666);
    std::atomic<bool> isOver = false;
    (void)!symlink(local(good), link);
    std::thread swapper([&] {
        for (int i = 0; !isOver; ++i) {
            (void)!symlink(local(i % 2 ? good : evil), next);
            rename(next, link);
        }
    });
    Races races;
    const QDeadlineTimer deadline(60'000); // on a busy machine the swapper has to get its turns
    for (int i = 0; (i < rounds || races.refused < rounds / 10) && !deadline.hasExpired(); ++i) {
        const Vetting vetting = vetFile(link, u"race.so"_s);
        char text[5] = {};
        if (vetting.refusal)
            ++races.refused;
        else if (pread(vetting.file.descriptor(), text, 4, 0) == 4)
            ++(QByteArray(text) == "evil" ? races.lost : races.accepted);
        std::this_thread::yield();
    }
    isOver = true;
    swapper.join();
    unlink(link);
    return races;
}

/// How many of the copies another user can read.
static int readableByOthers(const QString &cache)
{
    if (geteuid() != 0)
        return 0;
    const pid_t child = fork();
    if (child == 0) {
        int readable = 0;
        QStringList paths;
        QDirIterator files(cache, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths.append(files.next());
        if (setgid(nobody) != 0 || setuid(nobody) != 0 || paths.isEmpty())
            _exit(100);
        for (const QString &path : paths)
            readable += access(local(path), R_OK) == 0 ? 1 : 0;
        _exit(std::min(readable, 99));
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}

BarResult runSecurity(Effort effort)
{
    const int rounds = effort == Effort::Full ? 10'000 : 1000;
    Scanning scanning;
    QStringList wrong;
    tryMatrix(scanning, wrong);
    const Races races = raceLinks(scanning, rounds);
    const int readable = readableByOthers(QFile::decodeName(qgetenv("XDG_CACHE_HOME")));
    const int surroundings = trySurroundings(wrong);
    if (races.lost > 0 || races.accepted == 0 || races.refused == 0)
        wrong.append(u"%1 races were lost"_s.arg(races.lost));
    if (readable > 0)
        wrong.append(u"%1 copies can be read by another user"_s.arg(readable));
    BarResult result;
    result.figures = {{u"races"_s, rounds},
                      {u"lost"_s, races.lost},
                      {u"accepted"_s, races.accepted},
                      {u"refused"_s, races.refused},
                      {u"readableByOthers"_s, readable},
                      {u"surroundings"_s, surroundings}};
    result.problem = wrong.join(u", "_s);
    return result;
}
