// SPDX-License-Identifier: MIT
#include "outcomelook.h"

#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

struct OutcomeWord
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::Outcome)
};

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Succeeded:
        return OutcomeWord::tr("Succeeded");
    case Outcome::Failed:
        return OutcomeWord::tr("Failed");
    case Outcome::Crashed:
        return OutcomeWord::tr("Crashed");
    case Outcome::TimedOut:
        return OutcomeWord::tr("Timed out");
    case Outcome::Canceled:
        return OutcomeWord::tr("Canceled");
    case Outcome::Rejected:
        return OutcomeWord::tr("Rejected");
    case Outcome::Quarantined:
        return OutcomeWord::tr("Quarantined");
    case Outcome::Interrupted:
        break;
    }
    return OutcomeWord::tr("Interrupted");
}

QString outcomeSentence(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Crashed:
        return OutcomeWord::tr("The process that ran it died.");
    case Outcome::TimedOut:
        return OutcomeWord::tr("It was stopped because it ran longer than its deadline.");
    case Outcome::Rejected:
        return OutcomeWord::tr("It was refused and never started.");
    case Outcome::Quarantined:
        return OutcomeWord::tr("Every attempt ended its worker process, so it is not tried again.");
    case Outcome::Interrupted:
        return OutcomeWord::tr("The program ended before the task did.");
    case Outcome::Succeeded:
    case Outcome::Failed:
    case Outcome::Canceled:
        break;
    }
    return {};
}

Accent outcomeAccent(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Succeeded:
        return Accent::Good;
    case Outcome::Failed:
    case Outcome::Crashed:
        return Accent::Bad;
    case Outcome::TimedOut:
    case Outcome::Rejected:
    case Outcome::Quarantined:
        return Accent::Caution;
    case Outcome::Canceled:
    case Outcome::Interrupted:
        break;
    }
    return Accent::Neutral;
}

QIcon outcomeIcon(Outcome outcome)
{
    return symbolIcon(u"outcome-"_s + outcomeName(outcome).toLower(), outcomeAccent(outcome));
}

QString taskText(TaskState state, Outcome outcome)
{
    if (state == TaskState::Ended)
        return outcomeText(outcome);
    return state == TaskState::Running ? OutcomeWord::tr("Running") : OutcomeWord::tr("Queued");
}

QIcon taskIcon(TaskState state, Outcome outcome)
{
    if (state == TaskState::Ended)
        return outcomeIcon(outcome);
    return state == TaskState::Running ? symbolIcon(u"running"_s)
                                       : symbolIcon(u"queued"_s, Accent::Neutral);
}

} // namespace Fanfare
