// SPDX-License-Identifier: MIT
#include "bar.h"
#include "simulation.h"

using namespace Qt::StringLiterals;

static constexpr quint64 schedulesOfTheBar = 1'000'000;

BarResult runSimulation(const BarOptions &options)
{
    const quint64 first = options.seed.value_or(1);
    const quint64 count = options.schedules.value_or(schedulesOfTheBar);
    const PlantedFault fault = options.plantsFault ? PlantedFault::LostStart : PlantedFault::None;
    quint64 tasks = 0;
    quint64 deaths = 0;
    quint64 seed = first;
    BarResult bar;
    for (; seed < first + count && bar.problem.isEmpty(); ++seed) {
        const ScheduleResult result = runSchedule(seed, fault, options.isVerbose);
        tasks += result.tasks;
        deaths += result.deaths;
        if (!result.broken.empty()) {
            bar.problem = u"%1. Again: reliability R17 --seed %2 --schedules 1 --verbose%3"_s
                              .arg(QString::fromStdString(result.broken))
                              .arg(seed)
                              .arg(options.plantsFault ? u" --plant"_s : u""_s);
        }
    }
    bar.figures = {{u"schedules"_s, qint64(seed - first)},
                   {u"tasks"_s, qint64(tasks)},
                   {u"deaths"_s, qint64(deaths)}};
    return bar;
}
