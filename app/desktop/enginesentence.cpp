// SPDX-License-Identifier: MIT
#include "enginesentence.h"

#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Sentence
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::Engine)
};

QString handlerText(SubscriberId subscriber, const RunModel &model)
{
    const HandlerEntry &entry = model.handler(model.handlerIndex(subscriber));
    return entry.plugin.isEmpty() ? entry.handler : u"%1 / %2"_s.arg(entry.plugin, entry.handler);
}

QString cause(const EngineEndFact &end, const RunModel &model)
{
    if (end.culprits.isEmpty())
        return Sentence::tr("The engine stopped: %1.").arg(end.reason);
    const QString handler = handlerText(end.culprits.constFirst().subscriber, model);
    if (end.culprits.constFirst().isCertain || end.culprits.size() == 1)
        return Sentence::tr("The engine stopped: %1 in %2.").arg(end.reason, handler);
    QStringList names;
    for (const CulpritFact &culprit : end.culprits)
        names.append(handlerText(culprit.subscriber, model));
    names.removeDuplicates();
    return Sentence::tr("The engine stopped: %1 while these ran: %2.")
        .arg(end.reason, names.join(u", "_s));
}

} // namespace

QString hangSentence(const RunModel &model, const std::vector<OpenTask> &hanging)
{
    constexpr qsizetype shown = 3;
    QStringList names;
    for (const OpenTask &open : hanging)
        names.append(handlerText(open.subscriber, model));
    const qsizetype count = names.size();
    names.removeDuplicates();
    QString list = names.mid(0, shown).join(u", "_s);
    if (names.size() > shown)
        list = Sentence::tr("%1 and others").arg(list);
    const QString what = count == 1
        ? Sentence::tr("1 task does not react to Stop: %1.").arg(list)
        : Sentence::tr("%L1 tasks do not react to Stop: %2.").arg(count).arg(list);
    const bool isAllAsked = hanging.size() == model.live().running.size();
    const quint64 waiting = isAllAsked ? model.live().queuedCount : 0;
    const QString behind = waiting == 0 ? QString()
        : waiting == 1                  ? Sentence::tr("1 canceled task waits for a worker.")
                       : Sentence::tr("%L1 canceled tasks wait for a worker.").arg(waiting);
    const QString wayOut = Sentence::tr("Restart the engine to end all of them.");
    QStringList sentences{what, behind, wayOut};
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

QString endSentence(const EngineEndFact &end, const RunModel &model)
{
    QString text = cause(end, model);
    if (end.lost.size() == 1)
        text += u' ' + Sentence::tr("1 task was lost.");
    else if (!end.lost.isEmpty())
        text += u' ' + Sentence::tr("%L1 tasks were lost.").arg(end.lost.size());
    if (end.neverEmitted == 1)
        text += u' ' + Sentence::tr("1 emission was not made any more.");
    else if (end.neverEmitted > 0)
        text += u' ' + Sentence::tr("%L1 emissions were not made any more.").arg(end.neverEmitted);
    return text;
}

} // namespace Fanfare
