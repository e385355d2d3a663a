// SPDX-License-Identifier: MIT
#include "badhost.h"

#include <fanfare/ipc/buildid.h>
#include <fanfare/ipc/frame.h>
#include <fanfare/ipc/workerprotocol.h>

#include <unistd.h>

using namespace Fanfare;

static QByteArray answerTo(const Frame &hello, const QByteArray &kind)
{
    const auto said = decodeWorkerMessage<WorkerHello>(hello.payload);
    if (!said)
        return {};
    WorkerWelcome welcome{workerProtocolVersion, said->nonce, buildId(), getpid()};
    if (kind == "other-build")
        welcome.build = QStringLiteral("another");
    else
        ++welcome.protocol;
    FrameWriter writer;
    writer.append(quint16(WorkerReply::Welcome), encode(welcome));
    return writer.take();
}

int runBadHost(const QByteArray &kind)
{
    FrameReader frames;
    QByteArray bytes(4096, Qt::Uninitialized);
    for (;;) {
        const ssize_t count = read(STDIN_FILENO, bytes.data(), size_t(bytes.size()));
        if (count <= 0)
            return 0;
        frames.append(QByteArrayView(bytes).first(count));
        const auto frame = frames.next();
        if (!frame || !*frame)
            continue;
        const QByteArray answer = answerTo(**frame, kind);
        if (write(STDOUT_FILENO, answer.constData(), size_t(answer.size())) != answer.size())
            return 1;
    }
}
