// SPDX-License-Identifier: MIT
// TARGET [RUNS [SEED]]: reads the seeds of a target, then RUNS of their random changes, and tells
// how much memory that took. TARGET FILE reads the file once.
#include "fuzztarget.h"

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

static constexpr std::array<unsigned char, 8> likely{0, 1, 0x7f, 0x80, 0xff, '"', '{', '9'};

/// One change: a byte, some bytes out, twice or new, or the end off.
static void changeOnce(QByteArray &bytes, std::mt19937_64 &random)
{
    if (bytes.isEmpty()) {
        bytes.append(char(random()));
        return;
    }
    const qsizetype at = qsizetype(random() % quint64(bytes.size()));
    const qsizetype length = std::min(qsizetype(1 + random() % 16), bytes.size() - at);
    switch (random() % 6) {
    case 0:
        bytes[at] = char(bytes[at] ^ (1 << random() % 8));
        break;
    case 1:
        bytes[at] = char(likely[random() % likely.size()]);
        break;
    case 2:
        bytes.remove(at, length);
        break;
    case 3:
        bytes.insert(at, bytes.mid(at, length));
        break;
    case 4:
        bytes.insert(at, char(random()));
        break;
    case 5:
        bytes.truncate(random() % 8 == 0 ? at : bytes.size());
        break;
    }
}

static int readOnce(const char *path)
{
    QFile file(QString::fromLocal8Bit(path));
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "%s: %s\n", path, qPrintable(file.errorString()));
        return 2;
    }
    fuzzOne(file.readAll());
    return 0;
}

/// One more change than the last time, up to some: changes of changes reach further.
static void replay(quint64 runs, quint64 seed)
{
    static constexpr int mostChanges = 12;
    std::mt19937_64 random(seed);
    const Mutator mutate = [&](const QByteArray &bytes) {
        QByteArray changed = bytes;
        changeOnce(changed, random);
        return changed;
    };
    const QList<QByteArray> seeds = fuzzSeeds();
    for (const QByteArray &each : seeds)
        fuzzOne(each);
    QByteArray input;
    for (quint64 run = 0; run < runs; ++run) {
        if (run % mostChanges == 0)
            input = seeds[qsizetype(random() % quint64(seeds.size()))];
        input = fuzzMutated(input, random, mutate);
        fuzzOne(input);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && QFile::exists(QString::fromLocal8Bit(argv[1])))
        return readOnce(argv[1]);
    const quint64 runs = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000;
    const quint64 seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    replay(runs, seed);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%llu inputs, 0 crashes, peak %ld MiB\n", static_cast<unsigned long long>(runs),
                usage.ru_maxrss / 1024);
    return 0;
}
