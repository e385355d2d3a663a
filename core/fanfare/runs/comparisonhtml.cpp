// SPDX-License-Identifier: MIT
#include "fanfare/runs/comparisonhtml.h"

#include "fanfare/runs/durationwords.h"
#include "fanfare/runs/environmentcomparison.h"
#include "fanfare/runs/playspeed.h"
#include "fanfare/runs/svgcharts.h"
#include "fanfare/runs/timelinesvg.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

/// Blue and vermilion of Okabe and Ito's palette for the two sides; the phases in four more.
static const char style[] = R"(
:root { --ink: #1d2126; --dim: #5c6670; --paper: #ffffff; --line: #dfe3e8; --card: #f5f7f9;
  --a: #0072b2; --b: #d55e00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --dim: #9aa4ae; --paper: #16191d;
  --line: #333a42; --card: #1f242a; --a: #56b4e9; --b: #e69f00; } }
body { margin: 2rem auto; max-width: 74rem; padding: 0 1rem; background: var(--paper);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; font-weight: 600; } a { color: inherit; }
section { border-top: 1px solid var(--line); margin-top: 2.5rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.verdict { background: var(--card); border-left: 4px solid var(--a); padding: .8rem 1.2rem; }
.verdict.b { border-color: var(--b); } .verdict.neither { border-color: var(--dim); }
.verdict p { margin: .3rem 0; } .verdict p:first-child { font-size: 1.15rem; font-weight: 600; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .87rem; }
th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid var(--line);
  white-space: nowrap; font-variant-numeric: tabular-nums; }
th { color: var(--dim); font-weight: 500; } th:first-child, td:first-child { text-align: left; }
td.slower { color: var(--b); font-weight: 600; } td.faster { color: var(--a); font-weight: 600; }
td.noise { color: var(--dim); }
svg { width: 100%; height: auto; display: block; } .side { color: var(--dim); margin: .6rem 0 0; }
.grid { stroke: var(--line); } .label { fill: var(--dim); font-size: 11px; }
path.a { stroke: var(--a); } path.b { stroke: var(--b); }
path { fill: none; stroke-width: 2; } .tl-a .busy { fill: var(--a); } .tl-b .busy { fill: var(--b); }
.failed { fill: #d00000; } .phase0 { fill: #999999; } .phase1 { fill: #cc79a7; }
.phase2 { fill: #009e73; } .phase3 { fill: #f0e442; }
.key span { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 1em; }
footer { color: var(--dim); margin: 3rem 0 1rem; font-size: .85rem; }
)";

static QString cell(const QString &text)
{
    const bool isWorse = text.endsWith(u" slower"_s) || text.endsWith(u" more"_s);
    const bool isBetter = text.endsWith(u" faster"_s) || text.endsWith(u" less"_s);
    const bool isNoise = text == u"~"_s || text.endsWith(u" few rounds"_s);
    const QString kind = isWorse ? u" class='slower'"_s
        : isBetter               ? u" class='faster'"_s
        : isNoise                ? u" class='noise'"_s
                                 : QString();
    return u"<td%1>%2</td>"_s.arg(kind, text.toHtmlEscaped());
}

static QString tableHtml(const ReportTable &table)
{
    if (table.rows.isEmpty())
        return {};
    QString html = u"<h2>%1</h2><div class='wide'><table><tr>"_s.arg(table.title.toHtmlEscaped());
    for (const QString &title : table.header)
        html += u"<th>%1</th>"_s.arg(title.toHtmlEscaped());
    html += u"</tr>\n"_s;
    for (const QStringList &row : table.rows) {
        html += u"<tr>"_s;
        for (const QString &text : row)
            html += cell(text);
        html += u"</tr>\n"_s;
    }
    return html + u"</table></div>\n"_s;
}

static QString verdictHtml(const Verdict &verdict)
{
    const QString side = verdict.winner == Winner::A ? u"a"_s
        : verdict.winner == Winner::B                ? u"b"_s
                                                     : u"neither"_s;
    QString html =
        u"<div class='verdict %1'><p>%2</p>"_s.arg(side, verdict.headline.toHtmlEscaped());
    for (const QString &reason : verdict.reasons)
        html += u"<p>%1</p>"_s.arg(reason.toHtmlEscaped());
    return html + u"</div>\n"_s;
}

/// Both on the axis of the longer one.
static QString timelinesHtml(const Comparison &comparison, const QString &left,
                             const QString &right)
{
    std::optional<TimelineSvg> a = timelineSvg(left);
    std::optional<TimelineSvg> b = timelineSvg(right);
    if (!a || !b)
        return {};
    const qint64 axis = std::max(a->wall, b->wall);
    a = timelineSvg(left, axis);
    b = timelineSvg(right, axis);
    const auto caption = [](const QString &side, const RunSamples &run, const TimelineSvg &line) {
        return u"<p class='side'>%1: %2, %3 in this round</p>"_s.arg(
            side, configurationName(run.info).toHtmlEscaped(), durationWords(double(line.wall)));
    };
    return u"<h2>Timelines, on one axis of %1</h2>"_s.arg(durationWords(double(axis)))
        + caption(u"A"_s, *comparison.a, *a) + u"<div class='tl-a'>"_s + a->svg + u"</div>"_s
        + caption(u"B"_s, *comparison.b, *b) + u"<div class='tl-b'>"_s + b->svg + u"</div>\n"_s
        + SvgCharts::timeAxis(axis, TimelineSvg::left);
}

static QString phasesHtml(const Comparison &comparison)
{
    static constexpr std::array<QStringView, phaseCount> names{u"queued", u"sent", u"running",
                                                               u"reply"};
    QString html = u"<h2>Where the time of a mean task goes</h2><p class='key'>"_s;
    static constexpr std::array<QStringView, phaseCount> colors{u"#999999", u"#cc79a7", u"#009e73",
                                                                u"#f0e442"};
    for (size_t i = 0; i < names.size(); ++i)
        html += u"<span style='background:%1'></span>%2"_s.arg(colors[i], names[i]);
    return html + u"</p>"_s + SvgCharts::waterfall(comparison.phases, SvgCharts::FirstPhase::Queued)
        + u"<p class='side'>the same, once it has left the queue</p>"_s
        + SvgCharts::waterfall(comparison.phases, SvgCharts::FirstPhase::Sent);
}

static QString distributionsHtml(const Comparison &comparison)
{
    constexpr int most = 8; // handlers; a page of curves is read by nobody
    QString html;
    int shown = 0;
    for (const HandlerComparison &handler : comparison.handlers) {
        if (!handler.a || !handler.b || shown == most)
            continue;
        const QString svg = SvgCharts::distribution(handler.a->total, handler.b->total);
        if (svg.isEmpty())
            continue;
        html += u"<p class='side'>%1: share of tasks done within a time, from emitted to done</p>"_s
                    .arg(handler.key.name.toHtmlEscaped())
            + svg;
        ++shown;
    }
    if (html.isEmpty())
        return html;
    return u"<h2>Distributions</h2><p class='key'><span style='background:var(--a)'></span>A"
           "<span style='background:var(--b)'></span>B</p>"_s
        + html;
}

static ReportTable environmentTable(const Comparison &comparison)
{
    const RunEnvironment &a = comparison.a->info.environment;
    const RunEnvironment &b = comparison.b->info.environment;
    ReportTable table{u"Environment"_s, {u""_s, u"A"_s, u"B"_s}, {}};
    table.rows = {
        {u"host"_s, a.host, b.host},
        {u"system"_s, a.system, b.system},
        {u"processor"_s, a.processor, b.processor},
        {u"cores"_s, QString::number(a.cores), QString::number(b.cores)},
        {u"Qt"_s, a.qt, b.qt},
        {u"Fanfare"_s, a.fanfare, b.fanfare},
        {u"load at the beginning"_s, QString::number(a.load), QString::number(b.load)},
        {u"queue bound"_s, queueBoundWords(comparison.a->info),
         queueBoundWords(comparison.b->info)},
        {u"full queue"_s, fullPolicyWords(comparison.a->info), fullPolicyWords(comparison.b->info)},
        {u"seed"_s, QString::number(comparison.a->info.seed),
         QString::number(comparison.b->info.seed)},
        {u"speed"_s, speedWords(comparison.a->info.speed), speedWords(comparison.b->info.speed)}};
    for (const PluginListing &plugin : pluginsOf(comparison))
        table.rows.append({u"plugin "_s + plugin.id, plugin.a, plugin.b});
    return table;
}

static QString notesHtml(const QStringList &notes)
{
    if (notes.isEmpty())
        return {};
    QString html = u"<h2>Notes</h2><ul>"_s;
    for (const QString &note : notes)
        html += u"<li>%1</li>"_s.arg(note.toHtmlEscaped());
    return html + u"</ul>\n"_s;
}

QString partHtml(const Comparison &comparison, const ComparisonReport &report,
                 const QString &leftFile, const QString &rightFile)
{
    return verdictHtml(report.verdict) + timelinesHtml(comparison, leftFile, rightFile)
        + phasesHtml(comparison) + tableHtml(report.runs) + tableHtml(report.handlers)
        + tableHtml(report.usage) + tableHtml(report.processes) + distributionsHtml(comparison)
        + notesHtml(sentencesOf(report)) + tableHtml(environmentTable(comparison));
}

static QByteArray page(const QString &title, const QString &body)
{
    QString html = u"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
                   "<meta name='viewport' content='width=device-width'><title>%1</title>"
                   "<style>"_s.arg(title.toHtmlEscaped());
    html += QLatin1String(style);
    html += u"</style></head>\n<body><h1>"_s + title.toHtmlEscaped() + u"</h1>\n"_s + body;
    html +=
        u"<footer>Made by Fanfare %1. \"~\" is a difference that chance may have made or that "
        "is too small to matter.</footer></body></html>\n"_s.arg(QLatin1String(FANFARE_VERSION));
    return html.toUtf8();
}

QByteArray htmlOf(const Comparison &comparison, const ComparisonReport &report,
                  const QString &leftFile, const QString &rightFile)
{
    return page(report.title, partHtml(comparison, report, leftFile, rightFile));
}

QByteArray seriesHtml(const QString &title, const ReportTable &sides,
                      const std::vector<PagePart> &parts)
{
    QString links;
    QString bodies;
    for (const PagePart &part : parts) {
        const QString heading = part.heading.toHtmlEscaped();
        links += u"<li><a href='#"_s + part.anchor + u"'>"_s + heading + u"</a>: "_s
            + part.headline.toHtmlEscaped() + u"</li>\n"_s;
        bodies += u"<section id='"_s + part.anchor + u"'><h1>"_s + heading + u"</h1>\n"_s
            + part.html + u"</section>\n"_s;
    }
    return page(title, tableHtml(sides) + u"<ul>\n"_s + links + u"</ul>\n"_s + bodies);
}

} // namespace Fanfare
