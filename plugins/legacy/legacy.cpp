// SPDX-License-Identifier: MIT
#include "aligner.h"

#include <fanfare/sdk/handlertable.h>

#include <QObject>

#include <chrono>
#include <mutex>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct AlignTexts
{
    Q_GADGET
    Q_CLASSINFO("summary", "Two texts are to be compared, by a library with one global lock")
    Q_CLASSINFO("first.summary", "A text of at most 4096 characters")
    Q_CLASSINFO("second.summary", "Another one")
    Q_CLASSINFO("times.summary", "How often to compare them, to make a load of it")
    Q_CLASSINFO("times.minimum", "1")
    Q_CLASSINFO("times.maximum", "100000000")
    Q_PROPERTY(QString first MEMBER first)
    Q_PROPERTY(QString second MEMBER second)
    Q_PROPERTY(int times MEMBER times)
public:
    QString first = u"The quick brown fox jumps over the lazy dog"_s;
    QString second = u"A quick brown dog jumped over the lazy foxes"_s;
    int times = 10'000;
};

/// The global lock: all of the library's state is guarded by it.
static std::timed_mutex alignerMutex;

static void throwIfStopped(Context &context)
{
    if (context.stopToken().stop_requested())
        throw std::runtime_error("Asked to stop");
}

static void checkLength(const QString &name, const QString &text)
{
    if (text.size() <= alignerCapacity)
        return;
    const QString sentence = u"The field \"%1\" has %2 characters, the library takes %3"_s;
    throw std::invalid_argument(
        sentence.arg(name, QString::number(text.size()), QString::number(alignerCapacity))
            .toStdString());
}

static const char16_t *unitsOf(const QString &text)
{
    return reinterpret_cast<const char16_t *>(text.utf16());
}

/// Holds the lock for the whole work, as callers of such libraries have to: what was set must still
/// be set when the answer is asked for.
static int align(const AlignTexts &event, Context &context)
{
    checkLength(u"first"_s, event.first);
    checkLength(u"second"_s, event.second);
    std::unique_lock lock(alignerMutex, std::defer_lock);
    while (!lock.try_lock_for(std::chrono::milliseconds(10)))
        throwIfStopped(context);
    alignerSetTexts(unitsOf(event.first), int(event.first.size()), unitsOf(event.second),
                    int(event.second.size()));
    int distance = 0;
    for (int time = 0; time < event.times; ++time) {
        throwIfStopped(context);
        distance = alignerDistance();
    }
    return distance;
}

class LegacyPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "legacy.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    LegacyPlugin()
    {
        typedEvent<AlignTexts>();
        handler(u"align"_s)
            .summary(u"Computes the edit distance of both texts"_s)
            .idempotent()
            .run<AlignTexts>(&align);
    }
};

#include "legacy.moc"
