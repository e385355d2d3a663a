// SPDX-License-Identifier: MIT
// Drives a target with clang's fuzzer. A folder of inputs that is empty is filled with the seeds.
#include "fuzztarget.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstring>

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum);

extern "C" int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    for (int i = 1; i < *count; ++i) {
        const QDir folder(QString::fromLocal8Bit((*arguments)[i]));
        if ((*arguments)[i][0] == '-' || !folder.exists() || !folder.isEmpty())
            continue;
        const QList<QByteArray> seeds = fuzzSeeds();
        for (qsizetype seed = 0; seed < seeds.size(); ++seed) {
            QFile file(folder.filePath(QStringLiteral("seed-%1").arg(seed)));
            if (file.open(QIODevice::WriteOnly))
                file.write(seeds[seed]);
        }
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzzOne(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}

static QByteArray mutatedByTheFuzzer(const QByteArray &bytes)
{
    QByteArray changed = bytes;
    changed.resize(bytes.size() + 64);
    auto *const data = reinterpret_cast<uint8_t *>(changed.data());
    changed.truncate(
        qsizetype(LLVMFuzzerMutate(data, size_t(bytes.size()), size_t(changed.size()))));
    return changed;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maximum,
                                          unsigned int seed)
{
    std::mt19937_64 random(seed);
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const QByteArray changed = fuzzMutated(input, random, &mutatedByTheFuzzer);
    const size_t kept = std::min(size_t(changed.size()), maximum);
    std::memcpy(data, changed.constData(), kept);
    return kept;
}
