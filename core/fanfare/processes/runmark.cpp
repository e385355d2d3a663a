// SPDX-License-Identifier: MIT
#include "fanfare/processes/runmark.h"

#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Fanfare {

/// The whole of a file below /proc, which has no size; empty when it cannot be read.
static std::string contentOf(const std::string &path)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    std::string content;
    char part[4096];
    for (ssize_t count = 0; (count = read(file, part, sizeof part)) > 0;)
        content.append(part, size_t(count));
    close(file);
    return content;
}

/// When \a process began, in ticks; 0 when there is none, or only what nobody has waited for.
static unsigned long long beginOf(pid_t process)
{
    const std::string stat = contentOf("/proc/" + std::to_string(process) + "/stat");
    size_t at = stat.rfind(')'); // the name before it may contain anything
    if (at == std::string::npos || at + 2 >= stat.size())
        return 0;
    const char state = stat[at + 2];
    if (state == 'Z' || state == 'X')
        return 0;
    constexpr int fieldsBetween = 20; // from the name to the time
    for (int i = 0; i < fieldsBetween && at != std::string::npos; ++i)
        at = stat.find(' ', at + 1);
    unsigned long long began = 0;
    if (at != std::string::npos)
        std::from_chars(stat.data() + at + 1, stat.data() + stat.size(), began);
    return began;
}

static unsigned long long ownSpace()
{
    struct stat status = {};
    return stat("/proc/self/ns/pid", &status) == 0 ? status.st_ino : 0;
}

std::string RunMark::toText() const
{
    return std::to_string(space) + '.' + std::to_string(owner) + '.' + std::to_string(began) + '.'
        + std::to_string(worker);
}

/// Takes a number, and the dot behind it unless it is the last one, out of \a text.
template <typename Number>
static bool takeNumber(std::string_view &text, Number &number, bool isLast)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const size_t length = size_t(end - text.data());
    if (error != std::errc() || isLast != (length == text.size()))
        return false;
    if (!isLast && text[length] != '.')
        return false;
    text.remove_prefix(isLast ? length : length + 1);
    return true;
}

std::optional<RunMark> RunMark::fromText(std::string_view text)
{
    RunMark mark;
    if (!takeNumber(text, mark.space, false) || !takeNumber(text, mark.owner, false)
        || !takeNumber(text, mark.began, false) || !takeNumber(text, mark.worker, true))
        return {};
    return mark;
}

RunMark RunMark::ofThisProcess(unsigned long long worker)
{
    return {ownSpace(), getpid(), beginOf(getpid()), worker};
}

std::optional<RunMark> RunMark::ofProcess(pid_t process)
{
    std::string environment = contentOf("/proc/" + std::to_string(process) + "/environ");
    environment.insert(environment.begin(), '\0');
    const std::string key = '\0' + std::string(variable) + '=';
    const size_t at = environment.find(key);
    if (at == std::string::npos)
        return {};
    const size_t begin = at + key.size();
    const size_t end = std::min(environment.find('\0', begin), environment.size());
    return fromText(std::string_view(environment).substr(begin, end - begin));
}

bool isOwnerGone(const RunMark &mark)
{
    return mark.space != 0 && mark.space == ownSpace() && beginOf(mark.owner) != mark.began;
}

} // namespace Fanfare
