// SPDX-License-Identifier: MIT
#include "fanfare/executors/runtoend.h"

#include <QEventLoop>

#include <exception>

namespace Fanfare {

namespace {

struct Run
{
    QEventLoop loop;
    std::exception_ptr error;
    bool isDone = false;
};

} // namespace

static QCoro::Task<void> drive(const std::function<QCoro::Task<void>()> &start, Run &run)
{
    try {
        const QCoro::Task<void> work = start();
        co_await work;
    } catch (...) {
        run.error = std::current_exception();
    }
    run.isDone = true;
    run.loop.quit();
}

void runToEnd(const std::function<QCoro::Task<void>()> &start)
{
    Run run;
    drive(start, run);
    if (!run.isDone)
        run.loop.exec();
    if (run.error)
        std::rethrow_exception(run.error);
}

} // namespace Fanfare
