// SPDX-License-Identifier: MIT
#include "runlink.h"

#include <fanfare/runs/runfolder.h>
#include <fanfare/runs/runreader.h>

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Sentence
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::RunLink)
};

constexpr auto scheme = "fanfare://"_L1;

} // namespace

QString RunLink::toString() const
{
    QString text = scheme + u"run/"_s + run;
    if (task)
        text += u"/span/"_s + QString::number(number(task->emission));
    if (task && task->index > 0)
        text += u'.' + QString::number(task->index);
    return text;
}

bool isRunLink(const QString &text)
{
    return text.trimmed().startsWith(scheme);
}

Result<RunLink> runLink(const QString &text)
{
    static const QRegularExpression form(
        u"^fanfare://run/([0-9a-fA-F-]{8,64})(?:/span/([1-9]\\d{0,18})(?:\\.(\\d{1,5}))?)?/?$"_s);
    const QRegularExpressionMatch match = form.match(text.trimmed());
    const uint index = match.captured(3).toUInt();
    if (!match.hasMatch() || index > std::numeric_limits<quint16>::max()) {
        return Error{ErrorCode::InvalidArgument,
                     Sentence::tr("“%1” is no link to a run; one looks like "
                                  "fanfare://run/9f1c…/span/1204. Copy it again as a whole.")
                         .arg(text.trimmed())};
    }
    RunLink link{match.captured(1).toLower(), {}};
    if (match.hasCaptured(2))
        link.task = TaskId{EmissionId(match.captured(2).toULongLong()), quint16(index)};
    return link;
}

Result<QString> findLinkedRun(const QString &id, const QString &folder)
{
    const QStringList likely =
        QDir(folder).entryList({u"*-%1.ffrun"_s.arg(id.first(8))}, QDir::Files);
    for (const QString &name : likely) {
        const QString path = QDir(folder).filePath(name);
        const auto reader = RunReader::open(path);
        if (reader && reader->info().id == id)
            return path;
    }
    for (const RunListing &listing : runsIn(folder).runs) { // it may have been renamed
        if (listing.info.id == id)
            return listing.path;
    }
    return Error{
        ErrorCode::NotFound,
        Sentence::tr("The run %1 is not in %2: it was deleted, or recorded elsewhere. Open "
                     "its file to see it.")
            .arg(id.first(8), folder)};
}

} // namespace Fanfare
