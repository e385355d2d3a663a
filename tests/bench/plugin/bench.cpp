// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QObject>

using namespace Qt::StringLiterals;
using Fanfare::Context;

static QCborValue nothing(Context &)
{
    return {};
}

static QCborValue echo(Context &context)
{
    return context.arguments().positional.at(0);
}

class BenchPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "bench.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    BenchPlugin()
    {
        handler(u"nothing"_s).on(u"Nothing"_s).run(&nothing);
        handler(u"echo"_s).on(u"Echo"_s).run(&echo);
    }
};

#include "bench.moc"
