#include <fanfare/sdk/handlertable.h>

#include <QObject>

#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Context;

// What is emitted. Every property is a field: forms are made of it, and values are checked.
struct @CLASS@Wanted
{
    Q_GADGET
    Q_CLASSINFO("summary", "A text is to be repeated")
    Q_CLASSINFO("text.summary", "The text")
    Q_CLASSINFO("times.summary", "How often")
    Q_CLASSINFO("times.minimum", "1")
    Q_CLASSINFO("times.maximum", "1000")
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(int times MEMBER times)
public:
    QString text = u"Hello "_s;
    int times = 3;
};

// What reacts. It runs many times at once, on several threads or in several processes. It fails by
// throwing: the text is what the user reads. What it returns is the result of the task.
static QString repeatText(const @CLASS@Wanted &event, Context &context)
{
    if (event.text.isEmpty())
        throw std::invalid_argument("Nothing to repeat: the field \"text\" is empty");
    QString result;
    for (int i = 1; i <= event.times; ++i) {
        if (context.stopToken().stop_requested()) // whoever takes long looks at this now and then
            throw std::runtime_error("Asked to stop");
        result += event.text;
        context.progress(double(i) / event.times, {});
    }
    context.print(result);
    return result;
}

class @CLASS@Plugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "@NAME@.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    @CLASS@Plugin()
    {
        typedEvent<@CLASS@Wanted>();
        handler(u"repeat"_s)
            .summary(u"Repeats the text"_s)
            .idempotent()
            .run<@CLASS@Wanted>(&repeatText);
    }
};

#include "@NAME@.moc"
