// SPDX-License-Identifier: MIT
#include "bar.h"
#include "model.h"

#include <functional>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace {

/// Tries everything that can happen, depth first. A state is reached again by running the actions
/// that led to it, because a supervisor cannot be copied.
class Exploration
{
public:
    explicit Exploration(const ModelBounds &bounds)
        : m_bounds(bounds)
    {
    }

    void run();

    quint64 states() const { return m_seen.size(); }
    quint64 ends() const { return m_ends; }
    size_t depth() const { return m_depth; }
    QString problem() const { return m_problem; }

private:
    using Path = std::vector<ModelAction>;

    std::unique_ptr<Model> reach(const Path &path) const;
    void visit(const Path &path, Model &model);
    QString describe(const Path &path) const;

    const ModelBounds m_bounds;
    std::unordered_set<size_t> m_seen; // hashes of states
    std::vector<Path> m_open;
    quint64 m_ends = 0;
    size_t m_depth = 0;
    QString m_problem;
};

} // namespace

std::unique_ptr<Model> Exploration::reach(const Path &path) const
{
    auto model = std::make_unique<Model>(m_bounds);
    for (const ModelAction &action : path)
        model->run(action);
    return model;
}

QString Exploration::describe(const Path &path) const
{
    static const char *const names[] = {"submit", "act", "read", "end", "die", "cancel", "wait"};
    QStringList steps;
    for (const ModelAction &action : path)
        steps << u"%1(%2)"_s.arg(QLatin1String(names[int(action.kind)])).arg(action.which);
    return steps.join(u' ');
}

void Exploration::visit(const Path &path, Model &model)
{
    m_depth = std::max(m_depth, path.size());
    const std::string broken = model.problem();
    if (!broken.empty()) {
        m_problem = u"%1 after %2"_s.arg(QString::fromStdString(broken), describe(path));
        return;
    }
    if (!m_seen.insert(std::hash<std::string>()(model.state())).second)
        return;
    if (model.isFinished()) {
        ++m_ends;
        return;
    }
    const std::vector<ModelAction> actions = model.actions();
    if (actions.empty())
        m_problem = u"Nothing can happen any more after %1"_s.arg(describe(path));
    for (const ModelAction &action : actions) {
        m_open.push_back(path);
        m_open.back().push_back(action);
    }
}

void Exploration::run()
{
    m_open.push_back({});
    while (!m_open.empty() && m_problem.isEmpty()) {
        const Path path = std::move(m_open.back());
        m_open.pop_back();
        const auto model = reach(path);
        visit(path, *model);
    }
}

BarResult runExhaustiveModel(const BarOptions &options)
{
    BarResult bar;
    quint64 states = 0;
    quint64 ends = 0;
    size_t depth = 0;
    for (const bool isStubborn : {false, true}) {
        ModelBounds bounds;
        bounds.isStubborn = isStubborn;
        bounds.earlyWaits = 0;
        if (options.schedules) { // a smaller model for a quick look, in which timers may be early
            bounds.deaths = bounds.cancels = int(*options.schedules);
            bounds.earlyWaits = 1;
        }
        Exploration exploration(bounds);
        exploration.run();
        states += exploration.states();
        ends += exploration.ends();
        depth = std::max(depth, exploration.depth());
        if (!exploration.problem().isEmpty())
            bar.problem = exploration.problem();
    }
    bar.figures = {{u"states"_s, qint64(states)},
                   {u"ends"_s, qint64(ends)},
                   {u"longestPath"_s, qint64(depth)}};
    return bar;
}
