// SPDX-License-Identifier: MIT
#include "core/runs/randomspans.h"

#include <fanfare/runs/spancoding.h>

#include <QTest>

using namespace Fanfare;

class tst_SpanCoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnsEveryFieldExactly();
    void keepsNoneOfNothing();
    void isSmall();
    void refusesEveryTornEncoding();
    void standsEveryChangedByte();
    void refusesMoreSpansThanBytes();
};

void tst_SpanCoding::returnsEveryFieldExactly()
{
    for (quint64 seed = 1; seed <= 200; ++seed) {
        const auto spans = seed % 2 == 0 ? busySpans(seed * 7, seed) : wildSpans(seed * 7, seed);
        std::vector<SpanRecord> read = wildSpans(1, 99); // something is there already

        const Result<void> decoded = SpanCoding::decode(SpanCoding::encode(spans), read);

        QVERIFY(decoded);
        read.erase(read.begin());
        QVERIFY2(areSame(read, spans), qPrintable(QString::number(seed)));
    }
}

void tst_SpanCoding::keepsNoneOfNothing()
{
    std::vector<SpanRecord> read;

    QVERIFY(SpanCoding::decode(SpanCoding::encode({}), read));

    QVERIFY(read.empty());
}

void tst_SpanCoding::isSmall()
{
    const auto spans = busySpans(SpanCoding::maximumSpans, 4);

    const QByteArray bytes = SpanCoding::encode(spans);

    QVERIFY2(bytes.size() < qsizetype(spans.size()) * 20,
             qPrintable(QString::number(double(bytes.size()) / double(spans.size()))));
}

void tst_SpanCoding::refusesEveryTornEncoding()
{
    const QByteArray bytes = SpanCoding::encode(busySpans(50, 8));
    std::vector<SpanRecord> read;
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY(!SpanCoding::decode(QByteArrayView(bytes).first(size), read));
    QVERIFY(!SpanCoding::decode(bytes + '\0', read));
    QVERIFY(read.empty());
}

/// Whatever a byte becomes: refused, or read as spans that are encoded to these very bytes again,
/// unless the change made a number longer than it needs to be.
void tst_SpanCoding::standsEveryChangedByte()
{
    const QByteArray bytes = SpanCoding::encode(wildSpans(20, 8));
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        for (const int change : {0x01, 0x40, 0x80, 0xff}) {
            QByteArray changed = bytes;
            changed[i] = char(changed[i] ^ change);
            std::vector<SpanRecord> read;
            if (SpanCoding::decode(changed, read))
                QVERIFY(SpanCoding::encode(read).size() <= changed.size());
            else
                QVERIFY(read.empty());
        }
    }
}

void tst_SpanCoding::refusesMoreSpansThanBytes()
{
    std::vector<SpanRecord> read;

    QVERIFY(!SpanCoding::decode(QByteArray("\xff\xff\x03\0\0\0", 6), read));

    QVERIFY(read.empty());
    QVERIFY(read.capacity() < 100);
}

QTEST_GUILESS_MAIN(tst_SpanCoding)
#include "tst_spancoding.moc"
