// SPDX-License-Identifier: MIT
#include "cli/progressbar.h"

#include "cli/output.h"
#include "cli/wording.h"

#include <algorithm>

namespace Fanfare::Cli {

static QString bar(double fraction, int width)
{
    const int full = std::clamp(int(fraction * width), 0, width);
    return QString(full, u'█') + QString(width - full, u'░');
}

/// What is said, as far as it fits: the time goes first, then what runs, then the failures.
static QString words(const Progress &progress, int columns)
{
    const QString count =
        u"%1 of %2"_qs.arg(progress.finished).arg(counted(progress.expected, u"task"_qs));
    const QString running =
        progress.running > 0 ? u", %1 running"_qs.arg(progress.running) : QString();
    const QString failures = progress.unsuccessful > 0
        ? u", %1 without success"_qs.arg(progress.unsuccessful)
        : QString();
    const QString elapsed = u", %1 s"_qs.arg(double(progress.elapsed) / 1e9, 0, 'f', 1);
    for (const QString &text :
         {count + running + failures + elapsed, count + running + failures, count + failures}) {
        if (text.size() < columns)
            return text;
    }
    return count;
}

static QString withBar(double fraction, const QString &words, int columns)
{
    QString text = words;
    const int width = std::min<int>(30, columns - 2 - int(text.size()));
    if (width >= 5)
        text = bar(fraction, width) + u' ' + text;
    return text.left(std::max(0, columns - 1));
}

QString progressText(const Progress &progress, int columns)
{
    const double fraction =
        progress.expected > 0 ? double(progress.finished) / double(progress.expected) : 0;
    return withBar(fraction, words(progress, columns), columns);
}

QString shareText(double share, const QString &what, int columns)
{
    const double done = std::clamp(share, 0.0, 1.0);
    return withBar(done, u"%1 %2 %"_qs.arg(what).arg(int(done * 100)), columns);
}

ProgressBar::ProgressBar(Output &terminal)
    : m_terminal(terminal)
    , m_isEnabled(terminal.isTerminal() && qgetenv("TERM") != "dumb")
{
}

void ProgressBar::draw(const Progress &progress)
{
    if (m_isEnabled)
        show(progressText(progress, m_terminal.columns()));
}

void ProgressBar::draw(double share, const QString &what)
{
    if (m_isEnabled)
        show(shareText(share, what, m_terminal.columns()));
}

void ProgressBar::show(const QString &text)
{
    if (text == m_shown)
        return;
    m_terminal.buffer() += "\r" + text.toUtf8() + "\x1b[K";
    m_terminal.flush();
    m_shown = text;
}

void ProgressBar::clear()
{
    if (m_shown.isEmpty())
        return;
    m_terminal.buffer() += "\r\x1b[K";
    m_terminal.flush();
    m_shown.clear();
}

} // namespace Fanfare::Cli
