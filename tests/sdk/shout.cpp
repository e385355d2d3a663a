// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QObject>

class ShoutPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "shout.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    ShoutPlugin()
    {
        const QString event = QStringLiteral("Shout");
        stringEvent(event, QStringLiteral("Something is to be said louder"));
        handler(QStringLiteral("shout")).on(event).run([](const QString &text) {
            return text.toUpper();
        });
    }
};

#include "shout.moc"
