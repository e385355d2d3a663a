// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QObject>

using namespace Qt::StringLiterals;

static int greet(const QString &name, Fanfare::Context &context)
{
    context.print(u"Hello, %1!"_s.arg(name));
    return int(name.size());
}

class GreetPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "greet.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    GreetPlugin()
    {
        stringEvent(u"Greet"_s, u"Somebody is to be greeted"_s);
        handler(u"greet"_s).on(u"Greet"_s).run(&greet);
    }
};

#include "greet.moc"
