// SPDX-License-Identifier: MIT
#include "cli/workbar.h"

#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace Fanfare::Cli;
using namespace std::chrono_literals;

class tst_WorkBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TERM", "xterm"); }
    void aShareFitsTheTerminal();
    void aTerminalShowsItAndIsCleared();
    void partsAddUp();
    void whatIsDoneAtOnceIsNotShown();
    void nothingIsWrittenElsewhere();
};

namespace {

/// A terminal that a test reads what is shown on.
class Terminal
{
public:
    Terminal()
        : m_reader(::posix_openpt(O_RDWR | O_NOCTTY))
    {
        if (m_reader < 0 || ::grantpt(m_reader) != 0 || ::unlockpt(m_reader) != 0)
            qFatal("there is no terminal");
        m_writer = ::open(::ptsname(m_reader), O_RDWR | O_NOCTTY);
    }
    ~Terminal()
    {
        ::close(m_writer);
        ::close(m_reader);
    }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    int descriptor() const { return m_writer; }

    /// What was written since the last call; a mark of its own is how it ends.
    QString shown()
    {
        const bool isMarked = ::write(m_writer, "#", 1) == 1;
        QByteArray bytes;
        std::array<char, 4096> buffer{};
        while (isMarked && !bytes.endsWith('#')) {
            const ssize_t count = ::read(m_reader, buffer.data(), buffer.size());
            if (count <= 0)
                break;
            bytes.append(buffer.data(), count);
        }
        bytes.chop(1);
        return QString::fromUtf8(bytes);
    }

private:
    int m_reader;
    int m_writer = -1;
};

} // namespace

void tst_WorkBar::aShareFitsTheTerminal()
{
    QCOMPARE(shareText(0.434, u"Reading"_qs, 24), u"████░░░░░░ Reading 43 %"_qs);
    QCOMPARE(shareText(0.434, u"Reading"_qs, 13), u"Reading 43 %"_qs);
    QVERIFY(shareText(7, u"Reading"_qs, 80).endsWith(u"█ Reading 100 %"_qs));
    for (int columns = 0; columns < 60; ++columns)
        QVERIFY(shareText(0.5, u"Reading"_qs, columns).size() <= columns);
}

void tst_WorkBar::aTerminalShowsItAndIsCleared()
{
    Terminal terminal;
    Output output(terminal.descriptor());
    {
        WorkBar bar(output, u"Reading"_qs, 0ms);

        bar.tell(0.25);

        const QString shown = terminal.shown();
        QVERIFY2(shown.contains(u"░ Reading 25 %"_qs), qPrintable(shown));
        bar.tell(0.252); // the same words
        QCOMPARE(terminal.shown(), QString());
    }
    QCOMPARE(terminal.shown(), u"\r\x1b[K"_qs);
}

void tst_WorkBar::partsAddUp()
{
    Terminal terminal;
    Output output(terminal.descriptor());
    WorkBar bar(output, u"Reading"_qs, 0ms);

    bar.part(0.5, 1)(0.5);

    QVERIFY(terminal.shown().contains(u" 75 %"_qs));
}

void tst_WorkBar::whatIsDoneAtOnceIsNotShown()
{
    Terminal terminal;
    Output output(terminal.descriptor());
    {
        WorkBar bar(output, u"Reading"_qs, 1h);
        bar.tell(0.5);
    }

    QCOMPARE(terminal.shown(), QString());
}

void tst_WorkBar::nothingIsWrittenElsewhere()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    Output output(file.handle());
    WorkBar bar(output, u"Reading"_qs, 0ms);

    bar.tell(0.5);

    QVERIFY(!bar.part(0, 1));
    QCOMPARE(file.size(), 0);
}

QTEST_GUILESS_MAIN(tst_WorkBar)
#include "tst_workbar.moc"
