// SPDX-License-Identifier: MIT
#include "validate/processstate.h"

#include <fanfare/base/signalname.h>

#include <QDir>
#include <QFile>

#include <algorithm>
#include <clocale>
#include <csignal>

#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Fanfare::Validate {

static quintptr signalHandler(int number)
{
    struct sigaction action
    {
    };
    if (sigaction(number, nullptr, &action) != 0)
        return 0; // a number that the C library keeps for itself
    return reinterpret_cast<quintptr>(action.sa_handler);
}

ProcessState ProcessState::now()
{
    ProcessState state;
    for (size_t number = 1; number < state.signalHandlers.size(); ++number)
        state.signalHandlers[number] = signalHandler(int(number));
    for (char **variable = environ; variable && *variable; ++variable)
        state.environment.append(*variable);
    std::sort(state.environment.begin(), state.environment.end());
    state.folder = QFile::encodeName(QDir::currentPath());
    state.locale = std::setlocale(LC_ALL, nullptr);
    state.umask = ::umask(0);
    ::umask(state.umask);
    return state;
}

QString changedSignal(const ProcessState &before, const ProcessState &after)
{
    for (size_t number = 1; number < before.signalHandlers.size(); ++number) {
        if (before.signalHandlers[number] != after.signalHandlers[number])
            return signalName(int(number));
    }
    return {};
}

static QString changedVariable(const QByteArrayList &before, const QByteArrayList &after)
{
    QByteArrayList different;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                  std::back_inserter(different));
    const QByteArray first = different.value(0);
    return QString::fromLocal8Bit(first.left(first.indexOf('=')));
}

QString changedSurroundings(const ProcessState &before, const ProcessState &after)
{
    if (before.environment != after.environment)
        return u"the variable %1"_qs.arg(changedVariable(before.environment, after.environment));
    if (before.folder != after.folder)
        return u"the working directory"_qs;
    if (before.locale != after.locale)
        return u"the locale"_qs;
    return before.umask != after.umask ? u"the umask"_qs : QString();
}

static int entries(const QString &folder)
{
    return int(
        QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System).size());
}

/// Children of all threads, those that have ended and that nobody waited for included.
static int countChildren()
{
    int count = 0;
    for (const QString &thread :
         QDir(u"/proc/self/task"_qs).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(u"/proc/self/task/%1/children"_qs.arg(thread));
        if (file.open(QIODevice::ReadOnly))
            count += int(file.readAll().split(' ').size()) - 1;
    }
    return count;
}

ProcessUsage ProcessUsage::now()
{
    const auto heap = mallinfo2();
    return {qint64(heap.uordblks) + qint64(heap.hblkhd), entries(u"/proc/self/fd"_qs),
            entries(u"/proc/self/task"_qs), countChildren()};
}

} // namespace Fanfare::Validate
