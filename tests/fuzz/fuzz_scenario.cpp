// SPDX-License-Identifier: MIT
// Scenarios, written by hand.
#include "fuzztarget.h"

#include <fanfare/runs/scenario.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

QList<QByteArray> fuzzSeeds()
{
    return {R"({"scenario":1,"name":"n","seed":7,"warmUpMs":200,"order":"mixed","emissions":[
                {"event":"Sleep","count":10,"rate":50,"fields":{"ms":{"$range":[1,20]}}},
                {"event":"A","arguments":[{"$pick":[1,"x",null]},{"$cycle":[1.5,true]}]}]})",
            R"({"scenario":1,"emissions":[{"event":"F","named":{"a":{"$range":[0.5,1]}}}]})"};
}

void fuzzOne(const QByteArray &input)
{
    static constexpr quint64 mostEmissions = 1'000; // each is made, which is not what is sought
    const Result<Scenario> scenario = parseScenario(input, u"/proc/self/fdinfo"_s);
    if (scenario && scenario->emissions() <= mostEmissions)
        (void)stepsOf(*scenario);
}

QByteArray fuzzMutated(const QByteArray &input, std::mt19937_64 &, const Mutator &mutate)
{
    return mutate(input);
}
