// SPDX-License-Identifier: MIT
// How the interface grows without a new version: both sides of an extension.
#include <fanfare/sdk/handlertable.h>

#include <QTest>

#include <cstring>

using namespace Qt::StringLiterals;
using Fanfare::HandlerPlugin;

/// What a later SDK could declare: what a plugin wants to be asked before it runs.
class Greeting
{
public:
    static constexpr const char *id = "org.example.Greeting";

    virtual QString text() const = 0; ///< version 1. [owner]

protected:
    ~Greeting() = default;
};

/// The side of the plugin: it knows one extension, in its version 2.
class PolitePlugin final : public Fanfare::HandlerTable
{
public:
    void *extension(const char *id, int minimumVersion) override
    {
        if (std::strcmp(id, Greeting::id) == 0 && minimumVersion <= 2)
            return static_cast<Greeting *>(&m_greeting); // the very class that the id stands for
        return nullptr;
    }

private:
    struct Answer final : Greeting
    {
        QString text() const override { return u"Good day"_s; }
    };
    Answer m_greeting;
};

/// A plugin from before there were extensions.
class PlainPlugin final : public Fanfare::HandlerTable
{
};

/// The side of the host.
static QString greetingOf(HandlerPlugin &plugin, int minimumVersion)
{
    const auto *greeting = static_cast<Greeting *>(plugin.extension(Greeting::id, minimumVersion));
    return greeting ? greeting->text() : u"nothing"_s;
}

class tst_Extension : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pluginThatHasItGivesIt();
    void pluginThatIsTooOldGivesNothing();
    void pluginWithoutExtensionsGivesNothing();
    void unknownIdsGiveNothing();
};

void tst_Extension::pluginThatHasItGivesIt()
{
    PolitePlugin plugin;

    QCOMPARE(greetingOf(plugin, 1), u"Good day"_s);
    QCOMPARE(greetingOf(plugin, 2), u"Good day"_s);
    QCOMPARE(plugin.extension(Greeting::id, 1), plugin.extension(Greeting::id, 1));
}

void tst_Extension::pluginThatIsTooOldGivesNothing()
{
    PolitePlugin plugin;

    QCOMPARE(greetingOf(plugin, 3), u"nothing"_s);
}

void tst_Extension::pluginWithoutExtensionsGivesNothing()
{
    PlainPlugin plugin;

    QCOMPARE(greetingOf(plugin, 1), u"nothing"_s);
}

void tst_Extension::unknownIdsGiveNothing()
{
    PolitePlugin plugin;

    QCOMPARE(plugin.extension("org.example.Other", 1), nullptr);
}

QTEST_APPLESS_MAIN(tst_Extension)
#include "tst_extension.moc"
