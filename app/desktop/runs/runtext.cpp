// SPDX-License-Identifier: MIT
#include "runtext.h"

#include <fanfare/runs/durationwords.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace Fanfare::RunText {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::RunText)
};

} // namespace

QString title(const RunInfo &info)
{
    return info.label.isEmpty() ? Text::tr("%1, %2").arg(where(info), when(info)) : info.label;
}

QString title(const LibraryEntry &run)
{
    RunInfo info;
    info.executor = run.executor;
    info.workers = run.workers;
    info.beginUtc = run.beginUtc;
    const QString name = run.label.isEmpty() ? run.scenario : run.label;
    return name.isEmpty() ? title(info) : Text::tr("%1, %2").arg(name, title(info));
}

QString when(const RunInfo &info)
{
    if (info.beginUtc == 0)
        return {};
    const QDateTime begin = QDateTime::fromMSecsSinceEpoch(info.beginUtc);
    return QLocale().toString(begin.date(), QLocale::ShortFormat) + u' '
        + begin.time().toString(u"HH:mm:ss"_s);
}

QString where(const RunInfo &info)
{
    return info.workers > 0 ? u"%1 × %2"_s.arg(info.executor).arg(info.workers) : info.executor;
}

QString outcomes(const RunIndex &index)
{
    const quint64 tasks = index.tasks();
    const quint64 good = index.outcomes[static_cast<size_t>(Outcome::Succeeded)];
    const QString text = tasks == 1 ? Text::tr("1 task") : Text::tr("%L1 tasks").arg(tasks);
    return good == tasks ? text : Text::tr("%1, %L2 did not succeed").arg(text).arg(tasks - good);
}

QString duration(qint64 nanoseconds)
{
    return durationWords(double(nanoseconds));
}

} // namespace Fanfare::RunText
