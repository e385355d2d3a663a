// SPDX-License-Identifier: MIT
#include "validate/handlercalls.h"

#include <exception>

namespace Fanfare::Validate {

static constexpr int workers = 4;

/// One call: the context that the handler sees, and its end.
class HandlerCalls::Call final : public Context
{
public:
    Call(QString event, Arguments arguments)
        : m_event(std::move(event))
        , m_arguments(std::move(arguments))
    {
    }

    QString eventName() const override { return m_event; }
    const Arguments &arguments() const override { return m_arguments; }
    std::stop_token stopToken() const override { return m_stop.get_token(); }
    void progress(double, const QString &) override { }
    void log(LogLevel, const QString &) override { }
    int attempt() const override { return 1; }
    int taskIndex() const override { return 0; }
    quint64 emissionId() const override { return 1; }

    void requestStop() { m_stop.request_stop(); }

    void finish(const CallEnd &end)
    {
        const std::scoped_lock lock(m_mutex);
        m_end = end;
        m_ended.notify_all();
    }

    /// The end, once there is one or \a until is there.
    CallEnd waitUntil(std::chrono::steady_clock::time_point until)
    {
        std::unique_lock lock(m_mutex);
        m_ended.wait_until(lock, until, [this] { return m_end.kind != CallEnd::Kind::NotEnded; });
        return m_end;
    }

private:
    const QString m_event;
    const Arguments m_arguments;
    std::stop_source m_stop;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    CallEnd m_end; // guarded by m_mutex
};

/// For a catch block: what was thrown.
static CallEnd thrown()
{
    try {
        throw;
    } catch (const std::exception &exception) {
        return {CallEnd::Kind::ThrewException, QString::fromUtf8(exception.what()), {}};
    } catch (...) {
        return {CallEnd::Kind::ThrewOther, {}, {}};
    }
}

HandlerCalls::HandlerCalls(Handler &handler, QString event)
    : m_handler(handler)
    , m_event(std::move(event))
    , m_anchor(new QObject)
{
    if (m_handler.asAsync()) {
        m_anchor->moveToThread(&m_loop);
        m_loop.start();
        return;
    }
    for (int i = 0; i < workers; ++i)
        m_workers.emplace_back([this](const std::stop_token &stop) { work(stop); });
}

HandlerCalls::~HandlerCalls()
{
    m_loop.quit();
    m_loop.wait();
}

void HandlerCalls::work(const std::stop_token &stop)
{
    for (;;) {
        std::shared_ptr<Call> call;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); }))
                return;
            call = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        try {
            call->finish({CallEnd::Kind::Returned, {}, m_handler.run(*call)});
        } catch (...) {
            call->finish(thrown());
        }
    }
}

/// The coroutine owns the call, and so its context lives as long as the handler needs it.
template <typename Call>
static QCoro::Task<void> drive(AsyncHandler &handler, std::shared_ptr<Call> call)
{
    CallEnd end;
    try {
        const QCborValue result = co_await handler.start(*call);
        end = {CallEnd::Kind::Returned, {}, result};
    } catch (...) {
        end = thrown();
    }
    call->finish(end);
}

void HandlerCalls::start(const std::shared_ptr<Call> &call)
{
    if (AsyncHandler *async = m_handler.asAsync()) {
        QMetaObject::invokeMethod(
            m_anchor.get(), [async, call] { drive(*async, call); }, Qt::QueuedConnection);
        return;
    }
    const std::scoped_lock lock(m_mutex);
    m_waiting.push_back(call);
    m_changed.notify_one();
}

std::vector<CallEnd> HandlerCalls::run(const std::vector<Arguments> &arguments,
                                       std::chrono::milliseconds budget)
{
    std::vector<std::shared_ptr<Call>> calls;
    for (const Arguments &given : arguments)
        calls.push_back(std::make_shared<Call>(m_event, given));
    const auto stopTime = std::chrono::steady_clock::now() + budget;
    for (const auto &call : calls) {
        if (budget == budget.zero())
            call->requestStop();
        start(call);
    }
    for (const auto &call : calls)
        call->waitUntil(stopTime);
    for (const auto &call : calls)
        call->requestStop();
    std::vector<CallEnd> ends;
    const auto lastTime = std::max(stopTime, std::chrono::steady_clock::now()) + grace;
    for (const auto &call : calls)
        ends.push_back(call->waitUntil(lastTime));
    if (m_loop.isRunning() && ends.back().kind != CallEnd::Kind::NotEnded) // what it deletes later
        QMetaObject::invokeMethod(
            m_anchor.get(), [] {}, Qt::BlockingQueuedConnection);
    return ends;
}

} // namespace Fanfare::Validate
