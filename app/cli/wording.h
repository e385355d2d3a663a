// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Fanfare::Cli {

/// \a text with every control character shown as `\xNN` instead of being obeyed by the terminal.
/// Tabs stay.
QString printable(const QString &text);

/// \a text in quotation marks, printable and cut to 60 characters: for use inside a sentence.
QString quoted(const QString &text);

/// \a text, or its beginning and its end around "..." when it is longer than \a most characters.
QString shortened(const QString &text, qsizetype most);

/// " (did you mean X?)" with the one of \a candidates nearest to \a word, or an empty string when
/// none is near: more than a third of its letters would have to change.
QString didYouMean(const QString &word, const QStringList &candidates);

/// "850 ns", "12.3 us", "1.20 ms", "2.01 s", "3 min 20 s".
QString formatDuration(qint64 nanoseconds);

/// "1 task", "4 tasks", "1,000,000 tasks".
QString counted(quint64 count, const QString &singular);

} // namespace Fanfare::Cli
