// SPDX-License-Identifier: MIT
#include "validate/handlerstage.h"

#include "validate/processstate.h"

#include <fanfare/plugins/pluginloading.h>
#include <fanfare/sdk/travelproblem.h>

#include <QDir>
#include <QFile>

#include <algorithm>
#include <limits>

namespace Fanfare::Validate {

using namespace std::chrono_literals;

static constexpr int callsAtOnce = 4;
static constexpr int batchSize = 20; // calls between two looks at what is used up
static constexpr int batches = 3;
static constexpr int mostBatches = 8;      // when memory seems to leak
static constexpr qint64 smallestLeak = 24; // bytes a run; malloc gives nothing smaller

HandlerStage::HandlerStage(StageOrder order, StageChannel &channel)
    : m_order(std::move(order))
    , m_channel(channel)
    , m_payloads(m_order.seed, m_order.handler)
{
}

void HandlerStage::report(const char *code, const QString &message, const QString &wayOut,
                          const QString &payload)
{
    m_channel.report({QString::fromLatin1(code), m_order.handler, message, wayOut, payload, {}});
}

/// What random paths name.
static void makeFiles()
{
    QDir().mkdir(u"folder"_qs);
    QFile empty(u"empty"_qs);
    QFile text(u"text.txt"_qs);
    if (empty.open(QIODevice::WriteOnly) && text.open(QIODevice::WriteOnly))
        text.write("Some words, and some more words.\n");
}

void HandlerStage::run()
{
    m_channel.doing(u"it is loaded"_qs);
    const LoadedPlugin loaded = loadPlugin(m_order.plugin);
    if (!loaded.plugin)
        return; // the stage before tells that
    const auto description = readDescription(loaded.plugin->events(), loaded.plugin->handlers());
    m_handler.reset(loaded.plugin->create(m_order.handler));
    if (!description || !m_handler)
        return;
    makeFiles();
    const ProcessState before = ProcessState::now();
    const qint64 printed = m_channel.printedBytes();
    for (const HandlerFact &handler : description->handlers) {
        if (handler.name != m_order.handler)
            continue;
        for (const QString &name : handler.events) {
            EventFact event;
            event.name = name;
            for (const EventFact &described : description->events) {
                if (described.name == name)
                    event = described;
            }
            runEvent(event);
        }
    }
    checkProcess(before);
    if (m_channel.printedBytes() > printed)
        report("noisy-run", u"It writes to standard output"_qs,
               u"Use context.print(): such a line is always attributed to its task"_qs);
}

void HandlerStage::runEvent(const EventFact &event)
{
    m_calls = std::make_unique<HandlerCalls>(*m_handler, event.name);
    const Arguments defaults = Payloads::defaults(event);
    if (!call(u"it runs with the defaults"_qs, {defaults}, 200ms)
        || !call(u"it runs while it is asked to stop already"_qs, {defaults}, 0ms))
        return;
    for (int i = 0; i < 3; ++i) {
        const std::vector<Arguments> same(callsAtOnce, defaults);
        if (!call(u"%1 calls run at once"_qs.arg(callsAtOnce), same, 50ms))
            return;
    }
    if (checkRandom(event) && checkHostile(event))
        checkLeaks(event);
}

/// False when a call did not end: nothing more can be done in this process.
bool HandlerStage::call(const QString &what, const std::vector<Arguments> &arguments,
                        std::chrono::milliseconds budget)
{
    m_channel.doing(what, payloadText(arguments.front()));
    const std::vector<CallEnd> ends = m_calls->run(arguments, budget);
    bool haveEnded = true;
    for (size_t i = 0; i < ends.size(); ++i)
        haveEnded = judge(ends[i], what, arguments[i]) && haveEnded;
    return haveEnded;
}

bool HandlerStage::judge(const CallEnd &end, const QString &what, const Arguments &arguments)
{
    const auto tell = [&](const char *code, const QString &message, const QString &wayOut) {
        report(code, message.arg(what), wayOut, payloadText(arguments));
    };
    switch (end.kind) {
    case CallEnd::Kind::NotEnded:
        tell("ignores-stop", u"It does not end within 2 s after it was asked to stop, when %1"_qs,
             u"Look at context.stopToken() every few milliseconds, and leave by throwing"_qs);
        m_channel.done();
        _exit(0); // its threads cannot be ended in any other way
    case CallEnd::Kind::ThrewOther:
        tell("foreign-exception", u"It throws what is no std::exception, when %1"_qs,
             u"Throw std::runtime_error with a sentence for the user"_qs);
        break;
    case CallEnd::Kind::ThrewException:
        if (end.text.trimmed().isEmpty())
            tell("wordless-exception", u"It throws an exception without a text, when %1"_qs,
                 u"Say in the exception what is wrong: the user reads it"_qs);
        break;
    case CallEnd::Kind::Returned:
        const QString problem = Detail::travelProblem(end.result);
        if (!m_expectsNonsense && !problem.isEmpty())
            tell("result-stays", u"Its result cannot leave the process when %1: "_qs + problem,
                 u"Return bytes for what is no text"_qs);
        break;
    }
    return end.kind != CallEnd::Kind::NotEnded;
}

bool HandlerStage::checkRandom(const EventFact &event)
{
    for (int i = 0; i < m_order.runs; ++i) {
        if (!call(u"it runs with random arguments"_qs, {m_payloads.random(event)}, 10ms))
            return false;
    }
    return true;
}

bool HandlerStage::checkHostile(const EventFact &event)
{
    m_expectsNonsense = true;
    for (const Arguments &arguments : m_payloads.hostile(event)) {
        if (!call(u"it runs with arguments that do not fit"_qs, {arguments}, 10ms))
            return false;
    }
    m_expectsNonsense = false;
    return true;
}

/// What is used when all that ends by itself has ended.
static ProcessUsage settledUsage(const ProcessUsage &allowed)
{
    const auto end = std::chrono::steady_clock::now() + 2s;
    ProcessUsage usage = ProcessUsage::now();
    while ((usage.descriptors > allowed.descriptors || usage.threads > allowed.threads
            || usage.children > allowed.children)
           && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(10ms);
        usage = ProcessUsage::now();
    }
    return usage;
}

/// False when a call did not end.
bool HandlerStage::runBatch(const std::vector<Arguments> &same)
{
    return std::ranges::all_of(same, [this](const Arguments &arguments) {
        return call(u"it runs again and again"_qs, {arguments}, 5ms);
    });
}

/// Always the same calls, the defaults first: what they leave behind adds up.
void HandlerStage::checkLeaks(const EventFact &event)
{
    std::vector<Arguments> same{Payloads::defaults(event)};
    while (same.size() < batchSize)
        same.push_back(m_payloads.random(event));
    if (!runBatch(same) || !runBatch(same)) // they fill caches
        return;
    const ProcessUsage first = ProcessUsage::now();
    ProcessUsage last = first;
    qint64 perRun = std::numeric_limits<qint64>::max();
    // Caches of allocators grow, too, but not in every batch.
    for (int batch = 0; batch < batches || (batch < mostBatches && perRun >= smallestLeak);
         ++batch) {
        if (!runBatch(same))
            return;
        const ProcessUsage usage = settledUsage(first);
        perRun = std::min(perRun, (usage.heapBytes - last.heapBytes) / batchSize);
        last = usage;
        if (batch == batches - 1 && reportOpen(first, last))
            return; // what is left open keeps memory as well
    }
    if (perRun >= smallestLeak)
        report("leaks-memory", u"A run leaves %1 bytes of memory behind, on average"_qs.arg(perRun),
               u"Free what a run allocates; valgrind names the place"_qs);
}

/// Of what the first batches left open. Whether there was anything to report.
bool HandlerStage::reportOpen(const ProcessUsage &before, const ProcessUsage &after)
{
    const int tolerated = batchSize / 2;
    const bool leaksDescriptors = after.descriptors > before.descriptors + tolerated;
    const bool leaksThreads = after.threads > before.threads + tolerated;
    if (leaksDescriptors)
        report("leaks-descriptors", u"Runs leave files or sockets open"_qs,
               u"Close what a run opens, also when it throws"_qs);
    if (leaksThreads)
        report("leaks-threads", u"Runs leave threads behind"_qs,
               u"Join the threads that a run starts, also when it throws"_qs);
    return leaksDescriptors || leaksThreads;
}

void HandlerStage::checkProcess(const ProcessState &before)
{
    const ProcessState after = ProcessState::now();
    if (const QString signal = changedSignal(before, after); !signal.isEmpty())
        report("takes-signals", u"Running it changes the handler of %1"_qs.arg(signal),
               u"Leave signals to the program; crash reports depend on them"_qs);
    if (const QString what = changedSurroundings(before, after); !what.isEmpty())
        report("changes-environment", u"Running it changes %1"_qs.arg(what),
               u"Leave what belongs to the whole process as it is"_qs);
    const ProcessUsage usage = settledUsage({0, 1 << 20, 1 << 20, 0});
    if (usage.children > 0)
        report("leaves-processes", u"It leaves processes behind (%1)"_qs.arg(usage.children),
               u"Wait for the processes that a run starts, also when it throws"_qs);
}

} // namespace Fanfare::Validate
