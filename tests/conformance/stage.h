// SPDX-License-Identifier: MIT
#pragma once

#include "gate.h"
#include "journal.h"
#include "prompter.h"
#include "venue.h"

#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/executor.h>
#include <fanfare/trace/recorder.h>

#include <map>
#include <memory>

namespace Fanfare::Conformance {

/// The callable objects of a handler: what it does, and whether it is a coroutine.
struct Callables
{
    QJsonObject behaviour;
    bool isAsync = false;
};

/// Everything one scenario works on: the executor, linkers with their emitters, subscribers by
/// the names that the scenario gives them, gates and the journal.
///
/// Threads: [any, locks]; made and destroyed by the thread that replays.
class Stage
{
public:
    struct Namespace
    {
        Namespace(const QString &ownName, LinkerSettings settings, Executor &executor)
            : name(ownName)
            , linker(std::move(settings))
            , emitter(linker, executor)
        {
        }

        const QString name;
        EventLinker linker;
        EventEmitter emitter;
    };

    Stage(const QJsonObject &scenario, Venue &venue);
    ~Stage();

    Journal &journal() { return m_journal; }
    Executor &executor() { return *m_executor; }

    /// Errors: InvalidMaxSubscribers.
    Result<void> addLinker(const QString &name, const QJsonObject &settings);
    Namespace &linker(const QString &name);
    QStringList linkerNames() const;

    /// The event that \a value stands for; an invalid one for null, "" and types that are none.
    Event event(const QJsonValue &value) const;

    /// The callables called \a name, those given first; without a name always \a given.
    std::shared_ptr<const Callables> callables(const QString &name, const Callables &given);

    Gate &gate(const QString &name);
    /// Names of the emissions in the order in which they started; when all is over.
    QStringList order();
    void openAllGates(); ///< also those that are first used later

    // --- handlers in worker processes

    bool isRemote() const { return m_prompter != nullptr; }
    int takeSeat(Prompter::Answer prompt); ///< for a subscriber that \a prompt leads; see seats.h

    // --- subscribers: the id null stands for no subscriber

    /// Subscribes and gives \a name to the new subscriber in one step, so that nobody meets a
    /// subscriber without a name.
    Result<SubscriberId> subscribe(const QString &name, Namespace &home,
                                   const std::vector<Event> &events, SubscriberOptions options);

    /// Gives \a name to the subscriber \a id of \a home.
    void introduce(const QString &name, Namespace &home, SubscriberId id);

    SubscriberId subscriberId(const QJsonValue &name) const;
    SubscriberPointer subscriber(const QString &name) const; ///< also after it is gone
    Namespace &home(const QString &name);
    QString subscriberName(const Namespace &home, SubscriberId id) const;

private:
    struct Known
    {
        SubscriberId id{};
        SubscriberPointer pointer;
        QString linker;
    };
    const Known &known(const QString &name) const;
    Message prompt(const Message &call);
    void setKnown(const QString &name, Namespace &home, SubscriberId id); // needs m_mutex

    const QJsonObject m_types;
    Journal m_journal;
    mutable std::mutex m_mutex;
    std::map<QString, std::unique_ptr<Namespace>> m_linkers; // guarded by m_mutex, as all below
    std::map<QString, std::shared_ptr<const Callables>> m_callables;
    std::map<QString, std::unique_ptr<Gate>> m_gates;
    bool m_opensAllGates = false;
    std::map<QString, Known> m_subscribers;
    std::map<std::pair<QString, SubscriberId>, QString> m_names; // linker and id
    std::vector<Prompter::Answer> m_prompts;                     // by seat
    std::unique_ptr<Prompter> m_prompter;                        // null: handlers run on threads
    Recorder m_recorder;                                         // of handlers in worker processes
    std::unique_ptr<Executor> m_executor; // last: ended before what its handlers use
};

} // namespace Fanfare::Conformance
