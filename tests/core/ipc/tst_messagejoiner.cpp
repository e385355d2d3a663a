// SPDX-License-Identifier: MIT
#include <fanfare/ipc/messagejoiner.h>

#include <QTest>

using namespace Fanfare;

class tst_MessageJoiner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesWholeMessagesAlone();
    void putsPartsTogether();
    void joinsWhatAWriterDivided();
    void refusesAnotherTypeInBetween();
    void refusesMoreThanTheLimit();
};

static Frame part(const QByteArray &payload, quint16 flags, quint16 type = 1)
{
    return {type, flags, 0, 0, payload};
}

void tst_MessageJoiner::leavesWholeMessagesAlone()
{
    MessageJoiner joiner(10);
    Frame frame = part("a whole message, above the limit", NoFrameFlag);

    const auto isWhole = joiner.join(frame);

    QVERIFY(isWhole && *isWhole);
    QCOMPARE(frame.payload, QByteArray("a whole message, above the limit"));
}

void tst_MessageJoiner::putsPartsTogether()
{
    MessageJoiner joiner(10);
    Frame first = part("ab", UnfinishedFrame);
    Frame second = part("cd", UnfinishedFrame);
    Frame last = part("e", NoFrameFlag);

    QVERIFY(!*joiner.join(first));
    QVERIFY(!*joiner.join(second));
    QVERIFY(*joiner.join(last));

    QCOMPARE(last.payload, QByteArray("abcde"));
}

void tst_MessageJoiner::joinsWhatAWriterDivided()
{
    const QByteArray rest(2 * maximumPayload + 5, 'x');
    FrameWriter writer;
    writer.append(1, QByteArray("begin"), rest);
    FrameReader reader;
    reader.append(writer.take());
    MessageJoiner joiner(rest.size() + 5);

    Frame frame;
    int parts = 0;
    do {
        frame = **reader.next();
        ++parts;
    } while (!*joiner.join(frame));

    QCOMPARE(parts, 3);
    QCOMPARE(frame.payload, "begin" + rest);
    QVERIFY(!reader.isInsideFrame());
}

void tst_MessageJoiner::refusesAnotherTypeInBetween()
{
    MessageJoiner joiner(10);
    Frame first = part("ab", UnfinishedFrame);
    Frame other = part("c", NoFrameFlag, 2);
    QVERIFY(joiner.join(first));

    const auto refused = joiner.join(other);

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Protocol);
}

void tst_MessageJoiner::refusesMoreThanTheLimit()
{
    MessageJoiner joiner(3);
    Frame first = part("ab", UnfinishedFrame);
    Frame last = part("cd", NoFrameFlag);
    QVERIFY(joiner.join(first));

    const auto refused = joiner.join(last);

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Protocol);
}

QTEST_GUILESS_MAIN(tst_MessageJoiner)
#include "tst_messagejoiner.moc"
