// SPDX-License-Identifier: MIT
// bench_runs: what keeping, reading, comparing and importing runs costs. The options are those of
// bench_emit.
#include "benchprogram.h"
#include "busyrun.h"
#include "journalcases.h"

#include <fanfare/base/clock.h>
#include <fanfare/runs/chromeimport.h>
#include <fanfare/runs/comparison.h>
#include <fanfare/runs/runexport.h>
#include <fanfare/runs/runloading.h>
#include <fanfare/runs/verdict.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <ctime>
#include <fstream>
#include <memory>

using namespace Fanfare;
using namespace Fanfare::Bench;
using namespace Qt::StringLiterals;

namespace {

/// The files that the cases work on, made once.
class Files
{
public:
    explicit Files(size_t spans)
        : m_spans(spans)
        , m_a(write(u"a.ffrun"_s, 1))
        , m_b(write(u"b.ffrun"_s, 2))
    {
    }

    QString a() const { return m_a; }
    QString b() const { return m_b; }

    /// Made when it is asked for: of ten million spans it would take 4 GB.
    QString trace()
    {
        const QString path = m_folder.filePath(u"trace.json"_s);
        QFile file(path);
        if (!file.exists() && (!file.open(QIODevice::WriteOnly) || !exportChrome(m_a, file)))
            fail("cannot write the trace");
        return path;
    }
    size_t spans() const { return m_spans; }

    QString write(const QString &name, quint64 seed) const
    {
        const QString path = m_folder.filePath(name);
        writeBusyRun(path, m_spans, seed);
        return path;
    }

    QString fresh() const
    {
        const QString path = m_folder.filePath(u"fresh.ffrun"_s);
        QFile::remove(path);
        return path;
    }

private:
    QTemporaryDir m_folder;
    const size_t m_spans;
    const QString m_a;
    const QString m_b;
};

/// What nlohmann's parser costs when nobody wants the events.
class Nothing final : public nlohmann::json_sax<nlohmann::json>
{
public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_object(size_t) override { return true; }
    bool key(string_t &) override { return true; }
    bool end_object() override { return true; }
    bool start_array(size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(size_t, const std::string &, const nlohmann::detail::exception &) override
    {
        return false;
    }
};

/// Seconds and, for a machine that others use, seconds of CPU: of this thread, which does all of
/// it.
template <typename Work>
std::vector<double> costOf(Work work)
{
    const auto cpuNow = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
    };
    const double cpu = cpuNow();
    const qint64 begin = MonotonicClock::now();
    work();
    return {double(MonotonicClock::now() - begin) / 1e9, cpuNow() - cpu};
}

template <typename Work>
double secondsOf(Work work)
{
    const qint64 begin = MonotonicClock::now();
    work();
    return double(MonotonicClock::now() - begin) / 1e9;
}

} // namespace

static Family fileFamily(const std::shared_ptr<Files> &files)
{
    Family family;
    family.name = u"files"_s;
    family.title = u"A run file of %1 spans"_s.arg(files->spans());
    family.columns = {u"ns a span"_s, u"bytes a span"_s};
    const auto perSpan = [files](double seconds, const QString &path) {
        const auto spans = double(files->spans());
        return std::vector<double>{seconds * 1e9 / spans, double(QFileInfo(path).size()) / spans};
    };
    family.cases = {
        {u"make_spans_and_write"_s,
         [=] {
             QString path;
             const double seconds = secondsOf([&] { path = files->write(u"w.ffrun"_s, 3); });
             return perSpan(seconds, path);
         }},
        {u"read"_s,
         [=] {
             return perSpan(secondsOf([&] {
                                Result<RunReader> reader = RunReader::open(files->a());
                                TraceBatch batch;
                                while (reader->read(batch))
                                    batch = {};
                            }),
                            files->a());
         }},
    };
    return family;
}

static Family compareFamily(const std::shared_ptr<Files> &files)
{
    Family family;
    family.name = u"compare"_s;
    family.title = u"Two runs of %1 spans each"_s.arg(files->spans());
    family.columns = {u"seconds"_s, u"CPU seconds"_s};
    const auto a = std::make_shared<RunSamples>(loadRuns({files->a()})->samples);
    const auto b = std::make_shared<RunSamples>(loadRuns({files->b()})->samples);
    family.cases = {
        {u"load_and_sort"_s,
         [=] {
             return costOf([&] {
                 (void)loadRuns({files->a()});
                 (void)loadRuns({files->b()});
             });
         }},
        {u"compare_and_judge"_s,
         [=] { return costOf([&] { (void)judgeRuns(compareRuns(*a, *b)); }); }},
    };
    return family;
}

static Family importFamily(const std::shared_ptr<Files> &files)
{
    Family family;
    family.name = u"import"_s;
    family.title = u"A Chrome trace of %1 spans"_s.arg(files->spans());
    family.columns = {u"seconds"_s, u"CPU seconds"_s};
    family.cases = {
        {u"parse_only"_s,
         [=] {
             return costOf([&] {
                 std::ifstream file(QFile::encodeName(files->trace()).toStdString());
                 Nothing nothing;
                 nlohmann::json::sax_parse(file, &nothing);
             });
         }},
        {u"import"_s,
         [=] { return costOf([&] { (void)importChrome(files->trace(), files->fresh()); }); }},
    };
    return family;
}

static std::vector<Family> families(const BenchSettings &settings)
{
    const auto files = std::make_shared<Files>(size_t(settings.scaled(1'000'000)));
    return {fileFamily(files), compareFamily(files), importFamily(files), journalFamily(settings)};
}

int main(int argc, char *argv[])
{
    return runProgram(argc, argv, {&families, {}});
}
