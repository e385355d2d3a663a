// SPDX-License-Identifier: MIT
#include "mischief.h"

#include <fanfare/sdk/handlertable.h>

#include <QObject>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct Chaos
{
    Q_GADGET
    Q_CLASSINFO("summary", "Fails in the way that is asked for")
    Q_CLASSINFO("kind.summary",
                "throw, segfault, abort, hang, exit and many more; see mischief.cpp")
    Q_PROPERTY(QString kind MEMBER kind)
public:
    QString kind = u"throw"_s;
};

class ChaosPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "chaos.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    ChaosPlugin()
    {
        for (const Mischief &mischief : allMischief()) {
            if (mischief.event.isEmpty())
                continue;
            stringEvent(mischief.event, mischief.summary);
            handler(mischief.kind).on(mischief.event).summary(mischief.summary).run(mischief.run);
        }
        typedEvent<Chaos>();
        handler(u"chaos"_s).run<Chaos>([](const Chaos &event, Context &context) {
            return runMischief(event.kind, context);
        });
    }
};

#include "chaos.moc"
