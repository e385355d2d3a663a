// SPDX-License-Identifier: MIT
#include "cli/request.h"

#include <algorithm>
#include <numeric>

namespace Fanfare::Cli {

/// A quarter of what a command can carry: the sizes below are estimates, and too much text in one
/// piece would hold up everything else.
static constexpr qint64 sliceSize = 4 << 20;

void Request::cut()
{
    const qint64 common = QCborValue(arguments.fields).toCbor().size() + fileField.size() * 3 + 32;
    qint64 size = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        size += common + files.at(i).size() * 3; // UTF-8 has at most 3 bytes for one of UTF-16
        if (size >= sliceSize) {
            sliceEnds.append(i + 1);
            size = 0;
        }
    }
    if (sliceEnds.isEmpty() || sliceEnds.last() < files.size())
        sliceEnds.append(files.size());
}

qsizetype Request::sliceBegin(qsizetype slice) const
{
    return slice == 0 ? 0 : sliceEnds.at(slice - 1);
}

qsizetype Request::commandCount() const
{
    if (!plan.empty())
        return qsizetype(plan.size());
    return files.isEmpty() ? 1 : sliceEnds.size();
}

EmitCommand Request::command(qsizetype index) const
{
    if (!plan.empty())
        return plan[size_t(index)];
    if (files.isEmpty()) {
        const QList<Arguments> list = arguments.isEmpty() ? QList<Arguments>() : QList{arguments};
        return {event, list, repeat, rate, concurrency, deadline};
    }
    EmitCommand command{event, {}, 0, rate, concurrency, deadline};
    for (qsizetype i = sliceBegin(index); i < sliceEnds.at(index); ++i) {
        Arguments ofFile = arguments;
        ofFile.fields.insert(fileField, files.at(i));
        command.arguments.append(ofFile);
    }
    command.count = repeat * quint64(command.arguments.size());
    return command;
}

QString Request::eventOf(EmissionId emission) const
{
    quint64 end = 1;
    for (const EmitCommand &command : plan) {
        end += command.count;
        if (number(emission) < end)
            return command.event;
    }
    return event;
}

quint64 Request::emissions() const
{
    if (!plan.empty()) {
        const auto add = [](quint64 sum, const EmitCommand &one) { return sum + one.count; };
        return std::accumulate(plan.begin(), plan.end(), quint64(0), add);
    }
    return repeat * quint64(std::max<qsizetype>(1, files.size()));
}

QString Request::fileOf(EmissionId emission) const
{
    const quint64 index = number(emission) - 1;
    if (files.isEmpty() || index >= emissions())
        return {};
    const auto isBefore = [this](qsizetype end, quint64 position) {
        return repeat * quint64(end) <= position;
    };
    const auto slice = std::lower_bound(sliceEnds.begin(), sliceEnds.end(), index, isBefore);
    const auto begin = quint64(sliceBegin(slice - sliceEnds.begin()));
    const quint64 width = quint64(*slice) - begin;
    return files.at(qsizetype(begin + (index - repeat * begin) % width));
}

} // namespace Fanfare::Cli
