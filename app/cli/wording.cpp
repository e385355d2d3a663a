// SPDX-License-Identifier: MIT
#include "cli/wording.h"

#include <QLocale>

#include <algorithm>
#include <vector>

namespace Fanfare::Cli {

static bool isControl(QChar character)
{
    const char16_t unit = character.unicode();
    return (unit < 0x20 && unit != u'\t') || (unit >= 0x7f && unit <= 0x9f);
}

QString printable(const QString &text)
{
    if (std::none_of(text.begin(), text.end(), isControl))
        return text;
    QString shown;
    for (const QChar character : text) {
        if (isControl(character))
            shown += u"\\x%1"_qs.arg(uint(character.unicode()), 2, 16, QChar(u'0'));
        else
            shown += character;
    }
    return shown;
}

QString quoted(const QString &text)
{
    const QString shown = printable(text);
    return u'"' + (shown.size() > 60 ? shown.left(57) + u"..."_qs : shown) + u'"';
}

QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const qsizetype end = (most - 3) / 2;
    return text.first(most - 3 - end) + u"..."_qs + text.last(end);
}

/// How many letters must be changed, added or removed to turn \a a into \a b.
static qsizetype editDistance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(size_t(b.size()) + 1);
    for (size_t j = 0; j < row.size(); ++j)
        row[j] = qsizetype(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i);
        for (size_t j = 1; j < row.size(); ++j) {
            const qsizetype replaced = diagonal + (a[i - 1] == b[qsizetype(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

QString didYouMean(const QString &word, const QStringList &candidates)
{
    QString nearest;
    qsizetype least = std::max<qsizetype>(2, word.size() / 3) + 1;
    for (const QString &candidate : candidates) {
        const qsizetype distance = editDistance(word.left(100).toLower(), candidate.toLower());
        if (distance < least && distance < candidate.size()) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest.isEmpty() ? QString() : u" (did you mean %1?)"_qs.arg(printable(nearest));
}

QString formatDuration(qint64 nanoseconds)
{
    const auto scaled = [nanoseconds](double unit, QStringView name) {
        const double value = double(nanoseconds) / unit;
        return QString::number(value, 'f', value < 10 ? 2 : 1) + u' ' + name.toString();
    };
    if (nanoseconds < 1'000)
        return u"%1 ns"_qs.arg(nanoseconds);
    if (nanoseconds < 1'000'000)
        return scaled(1e3, u"us");
    if (nanoseconds < 1'000'000'000)
        return scaled(1e6, u"ms");
    if (nanoseconds < 120'000'000'000)
        return scaled(1e9, u"s");
    const qint64 seconds = nanoseconds / 1'000'000'000;
    return u"%1 min %2 s"_qs.arg(seconds / 60).arg(seconds % 60);
}

QString counted(quint64 count, const QString &singular)
{
    static const QLocale english(QLocale::English, QLocale::UnitedStates);
    return english.toString(qulonglong(count)) + u' ' + singular
        + (count == 1 ? QString() : u"s"_qs);
}

} // namespace Fanfare::Cli
