// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QObject>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct Chaos
{
    Q_GADGET
    Q_CLASSINFO("summary", "Fails in the way that is asked for")
    Q_CLASSINFO("kind.summary", "throw, segfault, abort, hang or exit")
    Q_PROPERTY(QString kind MEMBER kind)
public:
    QString kind = u"throw"_s;
};

static QCborValue throwError(Context &)
{
    throw std::runtime_error("Chaos was asked to throw");
}

static QCborValue segfault(Context &)
{
    // Not a null pointer, which a compiler may take for unreachable code.
    const quintptr unmapped = 8;
    *reinterpret_cast<volatile int *>(unmapped) = 1;
    return {};
}

static QCborValue abortProcess(Context &)
{
    std::abort();
}

/// Ignores the stop token on purpose: only killing its process ends it.
static QCborValue hang(Context &)
{
    for (;;)
        std::this_thread::sleep_for(std::chrono::hours(1));
}

/// Without the exit handlers of the process: they would wait for the very worker that runs this.
static QCborValue exitProcess(Context &)
{
    std::_Exit(3);
}

struct Mischief
{
    QString kind; ///< also the name of its handler, because that name is what users see later
    QString event;
    QString summary;
    QCborValue (*run)(Context &);
};

static std::vector<Mischief> allMischief()
{
    return {
        {u"throw"_s, u"ChaosThrow"_s, u"Throws an exception"_s, &throwError},
        {u"segfault"_s, u"ChaosSegfault"_s, u"Writes to memory that is not there"_s, &segfault},
        {u"abort"_s, u"ChaosAbort"_s, u"Aborts its process"_s, &abortProcess},
        {u"hang"_s, u"ChaosHang"_s, u"Never returns and never stops"_s, &hang},
        {u"exit"_s, u"ChaosExit"_s, u"Ends its process with exit code 3"_s, &exitProcess},
    };
}

static QCborValue runKind(const Chaos &event, Context &context)
{
    for (const Mischief &mischief : allMischief()) {
        if (mischief.kind == event.kind)
            return mischief.run(context);
    }
    const QString sentence =
        u"Chaos knows no kind \"%1\": use throw, segfault, abort, hang or exit"_s;
    throw std::invalid_argument(sentence.arg(event.kind).toStdString());
}

class ChaosPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "chaos.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    ChaosPlugin()
    {
        for (const Mischief &mischief : allMischief()) {
            stringEvent(mischief.event, mischief.summary);
            handler(mischief.kind).on(mischief.event).summary(mischief.summary).run(mischief.run);
        }
        typedEvent<Chaos>();
        handler(u"chaos"_s).run<Chaos>(&runKind);
    }
};

#include "chaos.moc"
