// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>

#include <QStringList>

#include <chrono>
#include <vector>

namespace Fanfare::Cli {

/// Emissions there can be in one run.
inline constexpr quint64 maximumCount = 1'000'000'000'000;

/// All that is emitted in one run. Any number of files can be worked on, while what one command of
/// the engine can carry is bounded: the files are cut into slices, one command each, to be sent one
/// after the other. Emissions are numbered through, from 1.
struct Request
{
    QString event;
    Arguments arguments; ///< of every emission
    quint64 repeat = 1;  ///< emissions; with files: of each file
    double rate = 0;
    quint32 concurrency = 0;               ///< emissions open at once; 0: no bound
    std::chrono::milliseconds deadline{0}; ///< as of EmitCommand
    quint64 handlers = 0;                  ///< tasks of each emission

    QString fileField;          ///< takes the file
    QStringList files;          ///< of --each-file
    QList<qsizetype> sliceEnds; ///< indexes into files; made by cut()

    std::vector<EmitCommand> plan; ///< of --plan: the commands, in place of all above
    quint64 planTasks = 0;         ///< of all of them

    void cut(); ///< once, when arguments and files are known

    qsizetype commandCount() const;
    EmitCommand command(qsizetype index) const;
    quint64 emissions() const; ///< of all commands
    quint64 tasks() const { return plan.empty() ? handlers * emissions() : planTasks; }
    QString eventOf(EmissionId emission) const;
    QString fileOf(EmissionId emission) const; ///< empty without files

private:
    qsizetype sliceBegin(qsizetype slice) const;
};

} // namespace Fanfare::Cli
