// SPDX-License-Identifier: MIT
// Chrome Trace JSON, from anywhere.
#include "fuzztarget.h"
#include "memoryfile.h"

#include <fanfare/runs/chromeimport.h>

#include <QFile>
#include <QTemporaryDir>

using namespace Fanfare;
using namespace Qt::StringLiterals;

QList<QByteArray> fuzzSeeds()
{
    return {R"([{"ph":"X","name":"a","ts":1.5,"dur":2,"pid":1,"tid":2,"args":{"x":[1,null]}}])",
            R"({"traceEvents":[{"ph":"B","name":"b","ts":1,"pid":1,"tid":2},
                {"ph":"E","ts":3,"pid":1,"tid":2},
                {"ph":"M","name":"thread_name","pid":1,"tid":2,"args":{"name":"worker \u00e4"}}],
                "displayTimeUnit":"ns"})",
            R"([{"ph":"b","cat":"c","id":"0x1","name":"d","ts":-1,"pid":"p","tid":"t"},
                {"ph":"e","cat":"c","id":"0x1","name":"d","ts":1e300,"pid":"p","tid":"t"},
                {"ph":"C","name":"n","ts":1,"args":{"v":1}},{"ph":"s","id":1,"ts":2}])",
            R"([{"ph":"X","name":"torn","ts":1,"dur":)"};
}

void fuzzOne(const QByteArray &input)
{
    static const QTemporaryDir folder(u"/dev/shm/fanfare-fuzz-XXXXXX"_s);
    const MemoryFile file(input);
    const QString target = folder.filePath(u"run"_s);
    (void)importChrome(file.path(), target);
    QFile::remove(target);
}

QByteArray fuzzMutated(const QByteArray &input, std::mt19937_64 &, const Mutator &mutate)
{
    return mutate(input);
}
