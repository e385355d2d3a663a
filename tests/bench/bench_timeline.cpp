// SPDX-License-Identifier: MIT
// bench_timeline [--spans N] [--lanes L] [--size WxH] [--frames N] [--only CASES] [--list] [--cpu]
// [--table] [--json FILE]:
// what the timeline costs with many spans, and a full scan beside it. JSON or Markdown goes to
// stdout, progress to stderr. Ends with 1 when a target is missed and --strict is set.
#include "benchmachine.h"
#include "timelinecases.h"
#include "timelineload.h"

#include "desktop/models/runspans.h"
#include "desktop/timeline/timelinewidget.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <cstdio>

#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Bench;
using namespace Qt::StringLiterals;

namespace {

struct Settings
{
    quint64 spans = 10'000'000;
    int lanes = 32;
    QSize size{1920, 1080};
    int frames = 400;
    double liveSeconds = 5;
    QStringList only; ///< cases; all when empty

    bool wants(const QString &name) const { return only.isEmpty() || only.contains(name); }
    bool isLarge() const { return spans > 50'000'000; }
};

[[noreturn]] void fail(const char *sentence)
{
    std::fprintf(stderr, "bench_timeline: %s\n", sentence);
    std::exit(2);
}

const QStringList caseNames{u"live"_s,   u"zoom"_s,       u"out"_s,       u"pan"_s, u"4k"_s,
                            u"follow"_s, u"statistics"_s, u"exactness"_s, u"fold"_s};

void addOptions(QCommandLineParser &parser)
{
    parser.addHelpOption();
    parser.addOptions({
        {u"spans"_s, u"Finished tasks; 100000000 needs 6 GB of memory."_s, u"N"_s, u"10000000"_s},
        {u"lanes"_s, u"Workers."_s, u"L"_s, u"32"_s},
        {u"size"_s, u"Size of the widget in pixels."_s, u"WxH"_s, u"1920x1080"_s},
        {u"frames"_s, u"Frames of each case."_s, u"N"_s, u"400"_s},
        {u"live"_s, u"Seconds of each live case; 0 leaves them out."_s, u"S"_s, u"5"_s},
        {u"only"_s, u"Measure these cases, separated by commas, besides the model."_s, u"CASES"_s},
        {u"list"_s, u"Print the names of all cases."_s},
        {u"json"_s, u"Write JSON to FILE."_s, u"FILE"_s},
        {u"table"_s, u"Print Markdown instead of JSON."_s},
        {u"cpu"_s, u"Measure CPU time of the thread, on a machine that others use, too."_s},
        {u"strict"_s, u"End with 1 when a target is missed."_s},
    });
}

Settings settingsOf(const QCommandLineParser &parser)
{
    Settings settings;
    settings.spans = parser.value(u"spans"_s).toULongLong();
    settings.lanes = parser.value(u"lanes"_s).toInt();
    settings.frames = parser.value(u"frames"_s).toInt();
    settings.liveSeconds = parser.value(u"live"_s).toDouble();
    settings.only = parser.value(u"only"_s).split(u',', Qt::SkipEmptyParts);
    for (const QString &name : settings.only) {
        if (!caseNames.contains(name))
            fail(qPrintable(u"there is no case %1; --list prints all of them"_s.arg(name)));
    }
    const QStringList size = parser.value(u"size"_s).split(u'x');
    if (size.size() == 2)
        settings.size = QSize(size[0].toInt(), size[1].toInt());
    if (settings.spans < 1 || settings.lanes < 1 || settings.frames < 1 || settings.size.isEmpty()
        || settings.size.width() < 200)
        fail("--spans, --lanes and --frames have to be at least 1, --size is like 1920x1080");
    return settings;
}

double residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE));
}

std::vector<Figure> measureModel(RunModel &model, const Settings &settings)
{
    const double before = residentBytes();
    TimelineLoad load(model, settings.lanes);
    const double append = load.add(settings.spans);
    const auto count = double(settings.spans);
    return {
        {u"append, all of the model"_s, u"ns/span"_s, {append}, 60},
        {u"columns"_s,
         u"B/span"_s,
         {double(model.spans().bytes()) / count},
         settings.isLarge() ? 25.0 : 40.0},
        {u"resident, with all that finds them"_s,
         u"B/span"_s,
         {(residentBytes() - before) / count},
         settings.isLarge() ? std::nan("") : 40.0},
    };
}

void addZoomedOut(std::vector<Figure> &figures, TimelineWidget &widget, const RunModel &model,
                  const Settings &settings)
{
    const Figure ours{u"paint, zoomed out"_s, u"ms"_s,
                      zoomedOutPaints(widget, std::max(10, settings.frames / 10))};
    const Figure scan{u"full scan, as others do, zoomed out"_s, u"ms"_s,
                      fullScans(model, settings.size, std::max(3, settings.frames / 100))};
    figures.push_back(ours);
    figures.push_back(scan);
    figures.push_back({u"full scan / ours"_s,
                       u"x"_s,
                       {scan.quantile(0.5) / ours.quantile(0.5)},
                       5,
                       Figure::Of::Median,
                       true});
}

std::vector<Figure> measurePaints(RunModel &model, const Settings &settings)
{
    TimelineWidget widget(model);
    widget.resize(settings.size);
    widget.show();
    std::vector<Figure> figures;
    if (settings.wants(u"zoom"_s)) {
        const std::vector<double> zooms = randomZoomPaints(widget, settings.frames);
        figures.push_back({u"paint, random zoom"_s, u"ms"_s, zooms, settings.isLarge() ? 16.0 : 8.0,
                           Figure::Of::P95});
        figures.push_back({u"paint, random zoom, longest"_s, u"ms"_s, zooms,
                           settings.isLarge() ? std::nan("") : 16.0, Figure::Of::Max});
    }
    if (settings.wants(u"out"_s))
        addZoomedOut(figures, widget, model, settings);
    if (settings.wants(u"pan"_s))
        figures.push_back({u"paint, panning"_s, u"ms"_s, panningPaints(widget, settings.frames)});
    widget.resize(3840, 2160);
    if (settings.wants(u"4k"_s))
        figures.push_back({u"paint, panning, 3840x2160"_s, u"ms"_s,
                           panningPaints(widget, settings.frames), 13, Figure::Of::P95});
    if (settings.wants(u"follow"_s))
        figures.push_back({u"layout, following"_s, u"ms"_s,
                           followLayouts(model, settings.size, settings.frames), 1,
                           Figure::Of::P95});
    return figures;
}

std::vector<Figure> measureRest(RunModel &model, const Settings &settings)
{
    std::vector<Figure> figures;
    if (settings.wants(u"statistics"_s))
        figures.push_back({u"statistics of all spans"_s, u"ms"_s, selectionStatistics(model, 7),
                           50 * std::max(1.0, double(settings.spans) / 1e7)});
    if (settings.wants(u"fold"_s))
        figures.push_back({u"folding 10,000 rows of 100 spans"_s, u"ms"_s,
                           foldedGroups(10'000, settings.size.width(), 40)});
    if (settings.wants(u"exactness"_s)) {
        const Exactness exact = exactness(model, settings.size.width());
        figures.push_back({u"largest error of a column"_s, u"/255"_s, {exact.error}, 1});
        figures.push_back({u"columns that hide a failure"_s, u""_s, {double(exact.hidden)}, 0});
    }
    return figures;
}

std::vector<Figure> measureLive(const Settings &settings)
{
    std::vector<Figure> figures;
    for (const double rate : {100'000.0, 500'000.0}) {
        const LiveFigures now = live(rate, settings.liveSeconds, settings.size, settings.lanes);
        const QString name = u"live, %L1 spans/s: "_s.arg(rate, 0, 'f', 0);
        figures.push_back({name + u"frames"_s,
                           u"/s"_s,
                           {now.framesPerSecond},
                           rate > 200'000 ? 50.0 : 55.0,
                           Figure::Of::Median,
                           true});
        figures.push_back({name + u"came"_s, u"/s"_s, {now.spansPerSecond}});
        figures.push_back({name + u"paint"_s, u"ms"_s, now.paints});
        figures.push_back(
            {name + u"input to picture"_s, u"ms"_s, now.inputToPicture, 33, Figure::Of::P95});
    }
    return figures;
}

QJsonObject jsonOf(const Figure &figure)
{
    QJsonObject json{{u"name"_s, figure.name},         {u"unit"_s, figure.unit},
                     {u"p50"_s, figure.quantile(0.5)}, {u"p95"_s, figure.quantile(0.95)},
                     {u"max"_s, figure.quantile(1)},   {u"count"_s, qint64(figure.values.size())}};
    if (!std::isnan(figure.target)) {
        json[u"target"_s] = figure.target;
        json[u"judged"_s] = figure.judged();
        json[u"met"_s] = figure.isMet();
    }
    return json;
}

QString tableOf(const std::vector<Figure> &figures)
{
    QString text =
        u"| what | p50 | p95 | max | unit | target | |\n|---|---|---|---|---|---|---|\n"_s;
    const auto number = [](double value) { return QString::number(value, 'g', 4); };
    for (const Figure &figure : figures) {
        const bool isOne = figure.values.size() == 1;
        const QString of = figure.of == Figure::Of::P95 ? u"p95 "_s
            : figure.of == Figure::Of::Max              ? u"max "_s
                                                        : QString();
        const QString target = std::isnan(figure.target)
            ? QString()
            : of + (figure.isAtLeast ? u">= "_s : u"<= "_s) + number(figure.target);
        text += u"| %1 | %2 | %3 | %4 | %5 | %6 | %7 |\n"_s.arg(
            figure.name, number(figure.quantile(0.5)),
            isOne ? QString() : number(figure.quantile(0.95)),
            isOne ? QString() : number(figure.quantile(1)), figure.unit, target,
            target.isEmpty()     ? QString()
                : figure.isMet() ? u"met"_s
                                 : u"**missed**"_s);
    }
    return text;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    if (parser.isSet(u"list"_s)) {
        std::puts(qPrintable(caseNames.join(u'\n')));
        return 0;
    }
    const Settings settings = settingsOf(parser);
    Stopwatch::takesCpuTime = parser.isSet(u"cpu"_s);
    const MachineWatch watch;
    std::vector<Figure> figures;
    const auto add = [&figures](const char *what, std::vector<Figure> more) {
        std::fprintf(stderr, "%s: done\n", what);
        figures.insert(figures.end(), more.begin(), more.end());
    };
    if (settings.liveSeconds > 0 && settings.wants(u"live"_s))
        add("live", measureLive(settings));
    {
        RunModel model;
        model.setSpanMemory(std::numeric_limits<size_t>::max());
        add("model", measureModel(model, settings));
        add("paint", measurePaints(model, settings));
        add("rest", measureRest(model, settings));
    }
    QJsonArray list;
    bool isMet = true;
    for (const Figure &figure : figures) {
        list << jsonOf(figure);
        isMet = isMet && figure.isMet();
    }
    const QJsonObject result{{u"figures"_s, list},
                             {u"spans"_s, qint64(settings.spans)},
                             {u"lanes"_s, settings.lanes},
                             {u"clock"_s, Stopwatch::takesCpuTime ? u"cpu"_s : u"wall"_s},
                             {u"platform"_s, QGuiApplication::platformName()},
                             {u"machine"_s, watch.describe()}};
    const QByteArray json = QJsonDocument(result).toJson();
    if (parser.isSet(u"json"_s)) {
        QFile file(parser.value(u"json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
            fail(qPrintable(u"cannot write %1: %2"_s.arg(file.fileName(), file.errorString())));
    }
    if (parser.isSet(u"table"_s))
        std::fputs(tableOf(figures).toUtf8().constData(), stdout);
    else if (!parser.isSet(u"json"_s))
        std::fputs(json.constData(), stdout);
    return parser.isSet(u"strict"_s) && !isMet ? 1 : 0;
}
