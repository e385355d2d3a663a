// SPDX-License-Identifier: MIT
#include "fanfare/library/libraryentry.h"

#include <QRegularExpression>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static bool matchesWord(const LibraryEntry &entry, const QString &word)
{
    constexpr auto prefix = "tag:"_L1;
    if (word.startsWith(prefix))
        return entry.tags.contains(word.mid(prefix.size()), Qt::CaseInsensitive);
    const QStringList texts{entry.label, entry.notes,    entry.scenario,
                            entry.id,    entry.executor, entry.environment.host};
    return std::ranges::any_of(texts + entry.tags, [&word](const QString &text) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

QString seriesOf(const LibraryEntry &entry)
{
    const QString name = entry.scenario.isEmpty() ? entry.label : entry.scenario;
    return u"%1, %2 × %3"_s.arg(name, entry.executor).arg(entry.workers);
}

bool matches(const LibraryEntry &entry, const QString &search)
{
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words,
                               [&entry](const QString &word) { return matchesWord(entry, word); });
}

QStringList tagsOf(const QString &text)
{
    static const QRegularExpression separators(u"[\\s,]+"_s);
    QStringList tags = text.split(separators, Qt::SkipEmptyParts);
    tags.sort();
    tags.removeDuplicates();
    return tags;
}

} // namespace Fanfare
