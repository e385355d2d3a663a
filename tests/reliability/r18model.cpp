// SPDX-License-Identifier: MIT
#include "bar.h"
#include "model.h"

#include <functional>
#include <memory>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace {

/// What led to a state, shared with what goes on from there.
struct Step
{
    std::shared_ptr<const Step> before;
    ModelAction action;
};
using Path = std::shared_ptr<const Step>; // null: the beginning

/// Tries everything that can happen, depth first. Nothing runs twice: every branch goes on with a
/// copy of the pool.
///
/// What is left out, and why nothing is missed: states that were met before, whose account of the
/// future is the same (see Model::state()); and among tasks that have ended, how they ended. Slots
/// are not exchanged for one another, because a supervisor prefers the first of two equal ones.
class Exploration
{
public:
    explicit Exploration(const ModelBounds &bounds)
        : m_bounds(bounds)
    {
    }

    void run();

    quint64 states() const { return m_seen.size(); }
    quint64 steps() const { return m_steps; }
    quint64 ends() const { return m_ends; }
    int depth() const { return m_depth; }
    QString problem() const { return m_problem; }

private:
    struct Branch
    {
        Model model;
        Path path;
        int depth = 0;
    };

    void visit(Branch branch);
    static QString describe(const Path &path);

    const ModelBounds m_bounds;
    Model::Relay m_relay;
    std::unordered_set<size_t> m_seen; // hashes of states
    std::vector<Branch> m_open;
    quint64 m_steps = 0;
    quint64 m_ends = 0;
    int m_depth = 0;
    QString m_problem;
};

} // namespace

QString Exploration::describe(const Path &path)
{
    static const char *const names[] = {"submit", "act", "read", "end", "die", "cancel", "wait"};
    QStringList steps;
    for (const Step *step = path.get(); step; step = step->before.get()) {
        steps.prepend(
            u"%1(%2)"_s.arg(QLatin1String(names[int(step->action.kind)])).arg(step->action.which));
    }
    return steps.join(u' ');
}

void Exploration::visit(Branch branch)
{
    m_depth = std::max(m_depth, branch.depth);
    const std::string broken = branch.model.problem();
    if (!broken.empty()) {
        m_problem = u"%1 after %2"_s.arg(QString::fromStdString(broken), describe(branch.path));
        return;
    }
    if (!m_seen.insert(std::hash<std::string>()(branch.model.state())).second)
        return;
    if (branch.model.isFinished()) {
        ++m_ends;
        return;
    }
    const std::vector<ModelAction> actions = branch.model.actions();
    if (actions.empty())
        m_problem = u"Nothing can happen any more after %1"_s.arg(describe(branch.path));
    for (const ModelAction &action : actions) {
        ++m_steps;
        m_open.push_back(
            {branch.model, std::make_shared<Step>(Step{branch.path, action}), branch.depth + 1});
        m_open.back().model.run(action);
    }
}

void Exploration::run()
{
    m_open.push_back({Model(m_bounds, m_relay), nullptr, 0});
    while (!m_open.empty() && m_problem.isEmpty()) {
        Branch branch = std::move(m_open.back());
        m_open.pop_back();
        visit(std::move(branch));
    }
}

BarResult runExhaustiveModel(const BarOptions &options)
{
    BarResult bar;
    quint64 states = 0;
    quint64 steps = 0;
    quint64 ends = 0;
    int depth = 0;
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
        steps += exploration.steps();
        ends += exploration.ends();
        depth = std::max(depth, exploration.depth());
        if (!exploration.problem().isEmpty())
            bar.problem = exploration.problem();
    }
    bar.figures = {{u"states"_s, qint64(states)},
                   {u"steps"_s, qint64(steps)},
                   {u"ends"_s, qint64(ends)},
                   {u"longestPath"_s, depth}};
    return bar;
}
