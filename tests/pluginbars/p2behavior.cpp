// SPDX-License-Identifier: MIT
// P2: plugins that are well formed and misbehave as soon as they are loaded.
#include "bar.h"
#include "scanning.h"

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

namespace {

struct Kind
{
    const char *name;
    const char *code; ///< empty: it stays active, because what it does harms nobody
};

} // namespace

/// Number k stands in tests/fixtures/misfit.cpp as the k-th. Nobody ever destroys a plugin object
/// or runs exit handlers, and a worker that ignores signals is killed with one it cannot ignore.
static constexpr Kind misfits[] = {
    {"does-nothing", ""},
    {"aborts-at-load", "crashed-at-load"},
    {"segfaults-at-load", "crashed-at-load"},
    {"throws-at-load", "crashed-at-load"},
    {"overflows-at-load", "crashed-at-load"},
    {"hangs-at-load", "hung-at-load"},
    {"spins-at-load", "hung-at-load"},
    {"allocates-at-load", "out-of-memory-at-load"},
    {"leaves-at-load", "silent"},
    {"exits-at-load", "exited-at-load"},
    {"forks-at-load", "left-processes-behind"},
    {"closes-files-at-load", "silent"},
    {"floods-at-load", ""},
    {"aborts-later", "crashed-at-create"},
    {"segfaults-in-constructor", "crashed-at-create"},
    {"throws-in-constructor", "crashed-at-create"},
    {"throws-in-listing", "crashed-listing"},
    {"lists-a-million", "bad-description"},
    {"aborts-in-destructor", ""},
    {"hangs-at-exit", ""},
    {"steals-signals", ""},
    {"segfaults-in-create", "crashed-at-create"},
};

static constexpr Kind fixtures[] = {
    {"other-interface", "wrong-interface"},
    {"missing-handler", "handlers-differ"},
    {"missing-symbol", "missing-symbol"},
};

static QByteArray misfit(size_t kind)
{
    QFile file(versionedFixture(u"misfit"_s));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The fixture misfit was not built");
    QByteArray content = file.readAll();
    const QByteArray digits = QByteArray::number(kind).rightJustified(2, '0');
    const QByteArray mark = "@@FANFARE-KIND-";
    content.replace(content.indexOf(mark) + mark.size(), 2, digits);
    const QByteArray id = "org.fanfare.fixture.misfit";
    content.replace(content.indexOf(id) + id.size() - 2, 2, digits);
    return content;
}

static void check(const Scanning &scanning, const Kind &kind, QStringList &wrong)
{
    const PluginFact *const fact = scanning.fact(QString::fromLatin1(kind.name) + u".so"_s);
    const QString wanted = QString::fromLatin1(kind.code);
    if (!fact || fact->code != wanted || fact->isActive != wanted.isEmpty()) {
        wrong.append(u"%1 is \"%2\" and not \"%3\""_s.arg(
            QLatin1StringView(kind.name), fact ? fact->code : u"nothing"_s, wanted));
    }
}

BarResult runBehavioral(Effort)
{
    Scanning scanning(std::chrono::seconds(5)); // as an engine gives them
    for (size_t i = 0; i < std::size(misfits); ++i)
        writeInPlace(scanning.file(QString::fromLatin1(misfits[i].name) + u".so"_s), misfit(i));
    for (const Kind &kind : fixtures) {
        const QString name = QString::fromLatin1(kind.name);
        QFile::copy(versionedFixture(name), scanning.file(name + u".so"_s));
    }
    for (int i = 0; i < 5; ++i)
        writeInPlace(scanning.file(u"neighbor-%1.so"_s.arg(i)), pluginNumber(i));

    BarResult result;
    if (!scanning.scan())
        result.problem = u"The scan did not end."_s;

    QStringList wrong;
    for (const Kind &kind : misfits)
        check(scanning, kind, wrong);
    for (const Kind &kind : fixtures)
        check(scanning, kind, wrong);
    for (int i = 0; i < 5; ++i) {
        const PluginFact *const fact = scanning.fact(u"neighbor-%1.so"_s.arg(i));
        if (!fact || !fact->isActive)
            wrong.append(u"neighbor %1 is not active"_s.arg(i));
    }
    if (isAnyProcessUsing(scanning.folder()) || isAnyProcessUsing(u"/fanfare/shadow/"_s))
        wrong.append(u"processes are left behind"_s);
    if (!wrong.isEmpty())
        result.problem = wrong.join(u", "_s);
    result.figures = {{u"kinds"_s, int(std::size(misfits) - 1 + std::size(fixtures))},
                      {u"longestGapMs"_s, scanning.longestGap()}};
    return result;
}
