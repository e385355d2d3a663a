// SPDX-License-Identifier: MIT
// P3: copies of a good plugin with bytes flipped or the end cut off.
#include "bar.h"
#include "scanning.h"

#include <QRandomGenerator>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

static QByteArray flipped(QByteArray content, QRandomGenerator &random)
{
    const int count = 1 + int(random.bounded(8));
    for (int i = 0; i < count; ++i) {
        const auto at = qsizetype(random.bounded(quint32(content.size())));
        content[at] = char(content.at(at) ^ (1 << random.bounded(8)));
    }
    return content;
}

BarResult runCorruption(Effort effort)
{
    const int flips = effort == Effort::Full ? 2000 : 60;
    const int cuts = effort == Effort::Full ? 1000 : 30;
    QRandomGenerator random(20'260'101);
    const QByteArray good = versionedBuild(1);
    Scanning scanning(std::chrono::milliseconds(1000));
    for (int i = 0; i < flips; ++i)
        writeInPlace(scanning.file(u"flip-%1.so"_s.arg(i)), flipped(good, random));
    for (int i = 0; i < cuts; ++i)
        writeInPlace(scanning.file(u"cut-%1.so"_s.arg(i)),
                     good.first(qsizetype(random.bounded(quint32(good.size())))));

    BarResult result;
    if (!scanning.scan())
        result.problem = u"The scan did not end."_s;

    QJsonObject codes;
    QStringList without;
    for (const PluginFact &plugin : scanning.facts().plugins) {
        const QString code = plugin.isActive ? u"active"_s : plugin.code;
        codes[code] = codes[code].toInt() + 1;
        if (!plugin.isActive && plugin.code.isEmpty())
            without.append(u"%1 (%2)"_s.arg(plugin.path, stateName(plugin.state)));
    }
    if (!without.isEmpty() || scanning.facts().plugins.size() != flips + cuts)
        result.problem = u"No verdict: %1"_s.arg(without.join(u", "_s));
    result.figures = {{u"files"_s, flips + cuts},
                      {u"codes"_s, codes},
                      {u"longestGapMs"_s, scanning.longestGap()}};
    return result;
}
