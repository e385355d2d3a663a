// SPDX-License-Identifier: MIT
#include <fanfare/engine/outputcapture.h>
#include <fanfare/executors/currenttask.h>
#include <fanfare/trace/recorder.h>

#include <QLoggingCategory>
#include <QTest>

#include <barrier>
#include <cstdio>
#include <iostream>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// As much of a task as its output needs.
class NumberedContext final : public Context
{
public:
    explicit NumberedContext(quint64 emission)
        : m_emission(emission)
    {
    }
    QString eventName() const override { return {}; }
    const Arguments &arguments() const override { return m_arguments; }
    std::stop_token stopToken() const override { return {}; }
    int attempt() const override { return 1; }
    int taskIndex() const override { return 0; }
    quint64 emissionId() const override { return m_emission; }
    void progress(double, const QString &) override { }
    void log(LogLevel, const QString &) override { }

private:
    const quint64 m_emission;
    const Arguments m_arguments;
};

/// Runs \a print as the task of \a emission.
template <typename Print>
static void asTask(quint64 emission, Print print)
{
    NumberedContext context(emission);
    const CurrentTaskScope scope({nullptr, &context, nullptr});
    print();
}

class tst_OutputCapture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attributesEveryWayToPrint();
    void printsOutsideOfTasksForTheEngine();
    void takesMessagesOfQt();
    void neverMixesThreads();
    void endsALineWhenTheTaskChanges();
    void endsALineThatGoesStale();
    void endsALineWithItsThread();
    void cutsLongLines();
    void keepsLastWords();
    void wakesTheReader();
    void givesTheFormerPlacesBack();
};

static std::function<void(LogLine &&)> sinkOf(Recorder &recorder)
{
    return [&](LogLine &&line) { recorder.log(std::move(line)); };
}

/// "emission: text" for every line that was captured while \a print ran. Nothing may be checked
/// meanwhile: what the test says would be captured, too.
template <typename Print>
static QStringList storyOf(Print print)
{
    Recorder recorder;
    {
        OutputCapture capture({sinkOf(recorder), {}, {}});
        print(capture);
    }
    QStringList story;
    for (const LogLine &line : recorder.drain().log)
        story.append(u"%1: %2"_s.arg(number(line.task.emission)).arg(line.text));
    return story;
}

void tst_OutputCapture::attributesEveryWayToPrint()
{
    const QStringList story = storyOf([](OutputCapture &) {
        asTask(1, [] {
            std::cout << "cout " << 1 << std::endl;
            std::cerr << "cerr\n";
            std::clog << "clog\n" << std::flush;
            std::printf("printf %d\n", 2);
            std::puts("puts");
            std::putchar('c');
            std::putchar('\n');
            std::fprintf(stderr, "stderr\n");
        });
    });

    QCOMPARE(story,
             (QStringList{u"1: cout 1"_s, u"1: cerr"_s, u"1: clog"_s, u"1: printf 2"_s,
                          u"1: puts"_s, u"1: c"_s, u"1: stderr"_s}));
}

void tst_OutputCapture::printsOutsideOfTasksForTheEngine()
{
    const QStringList story = storyOf([](OutputCapture &) { std::cout << "a plugin loads\n"; });

    QCOMPARE(story, QStringList{u"0: a plugin loads"_s});
}

void tst_OutputCapture::takesMessagesOfQt()
{
    Recorder recorder;
    {
        OutputCapture capture({sinkOf(recorder), {}, {}});
        asTask(3, [] {
            static const QLoggingCategory category("some.category");
            qWarning("a warning");
            qCInfo(category).noquote() << "information";
        });
    }

    const std::vector<LogLine> log = recorder.drain().log;

    QCOMPARE(log.size(), size_t(2));
    QCOMPARE(log[0].text, u"a warning"_s);
    QVERIFY(log[0].level == LogLevel::Warning);
    QVERIFY(log[0].task.emission == EmissionId(3));
    QCOMPARE(log[1].text, u"some.category: information"_s);
    QVERIFY(log[1].level == LogLevel::Info);
}

void tst_OutputCapture::neverMixesThreads()
{
    constexpr int threadCount = 4;
    constexpr int lineCount = 200;

    const QStringList story = storyOf([](OutputCapture &) {
        std::barrier together(threadCount);
        std::vector<std::jthread> threads;
        for (int i = 1; i <= threadCount; ++i) {
            threads.emplace_back([i, &together] {
                together.arrive_and_wait();
                asTask(quint64(i), [i] {
                    for (int line = 0; line < lineCount; ++line) {
                        std::cout << "thread ";
                        std::printf("%d", i);
                        std::cout << "\n";
                    }
                });
            });
        }
    });

    // printf() and cout are one stream of the thread: their parts make up one line.
    QCOMPARE(story.size(), threadCount * lineCount);
    for (const QString &line : story) {
        const QString thread = line.section(u':', 0, 0);
        QCOMPARE(line, u"%1: thread %1"_s.arg(thread));
    }
}

void tst_OutputCapture::endsALineWhenTheTaskChanges()
{
    const QStringList story = storyOf([](OutputCapture &) {
        asTask(1, [] { std::cout << "no end"; });
        asTask(2, [] { std::cout << "another\n"; });
    });

    QCOMPARE(story, (QStringList{u"1: no end"_s, u"2: another"_s}));
}

void tst_OutputCapture::endsALineThatGoesStale()
{
    bool isWaiting = false;
    const QStringList story = storyOf([&](OutputCapture &capture) {
        asTask(1, [] { std::cout << "a prompt: "; });
        isWaiting = capture.flushStale();
        while (capture.flushStale())
            std::this_thread::yield();
        std::cout << "later\n";
    });

    QVERIFY(isWaiting);
    QCOMPARE(story, (QStringList{u"1: a prompt: "_s, u"0: later"_s}));
}

void tst_OutputCapture::endsALineWithItsThread()
{
    const QStringList story = storyOf([](OutputCapture &) {
        std::jthread([] { asTask(1, [] { std::cout << "short life"; }); }).join();
        std::cout << "after\n";
    });

    QCOMPARE(story, (QStringList{u"1: short life"_s, u"0: after"_s}));
}

void tst_OutputCapture::cutsLongLines()
{
    const QStringList story = storyOf(
        [](OutputCapture &) { asTask(1, [] { std::cout << std::string(20'000, 'x') << '\n'; }); });

    QCOMPARE(story.size(), 3);
    for (const QString &line : story)
        QVERIFY(line.size() <= 8195);
}

void tst_OutputCapture::keepsLastWords()
{
    Recorder recorder;
    QStringList kept;
    {
        OutputCapture capture(
            {sinkOf(recorder), {}, [&](const LogLine &line) { kept.append(line.text); }});
        std::cout << "output\n";
        std::cerr << "an error\n";
    }

    QCOMPARE(kept, QStringList{u"an error"_s});
}

void tst_OutputCapture::wakesTheReader()
{
    Recorder recorder;
    int wakeCount = 0;
    int afterPartial = 0;
    {
        OutputCapture capture({sinkOf(recorder), [&] { ++wakeCount; }, {}});
        std::cout << "part";
        afterPartial = wakeCount;
        std::cout << "end\n";
    }

    QVERIFY(afterPartial >= 1);
    QVERIFY(wakeCount > afterPartial);
}

void tst_OutputCapture::givesTheFormerPlacesBack()
{
    FILE *const formerOut = stdout;
    std::streambuf *const formerBuffer = std::cout.rdbuf();

    storyOf([](OutputCapture &) {});

    QVERIFY(stdout == formerOut);
    QVERIFY(std::cout.rdbuf() == formerBuffer);
}

QTEST_GUILESS_MAIN(tst_OutputCapture)
#include "tst_outputcapture.moc"
