// SPDX-License-Identifier: MIT
#include "venue.h"

#include <fanfare/executors/threadpoolexecutor.h>
#include <fanfare/processes/processpoolexecutor.h>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

namespace {

class ThreadVenue final : public Venue
{
public:
    QString name() const override { return u"threads"_s; }
    bool isRemote() const override { return false; }
    std::unique_ptr<Executor> makeExecutor(int workers, Recorder &) override
    {
        return std::make_unique<ThreadPoolExecutor>(ThreadPoolOptions{.workers = workers});
    }
};

class ProcessVenue final : public Venue
{
public:
    QString name() const override { return u"processes"_s; }
    bool isRemote() const override { return true; }
    std::unique_ptr<Executor> makeExecutor(int workers, Recorder &recorder) override
    {
        ProcessPoolOptions options;
        options.workers = workers;
        options.recorder = &recorder;
        options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
        return std::make_unique<ProcessPoolExecutor>(options);
    }
};

} // namespace

std::unique_ptr<Venue> threadVenue()
{
    return std::make_unique<ThreadVenue>();
}

std::unique_ptr<Venue> processVenue()
{
    return std::make_unique<ProcessVenue>();
}

} // namespace Fanfare::Conformance
