// SPDX-License-Identifier: MIT
#include "fanfare/runs/scenario.h"

#include <QCborValue>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <map>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

/// SplitMix64: the same numbers on every machine, which standard distributions do not promise.
/// Source: G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014.
class Dice
{
public:
    explicit Dice(quint64 seed)
        : m_state(seed)
    {
    }

    quint64 next()
    {
        quint64 z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }

    /// From 0 to \a count - 1; \a count is at least 1. The bias is below count / 2^64.
    quint64 below(quint64 count) { return next() % count; }

    double share() { return double(next() >> 11) * 0x1p-53; } ///< from 0 up to 1

private:
    quint64 m_state;
};

/// Makes the arguments of one emission after the other.
class ArgumentMaker
{
public:
    ArgumentMaker(const Scenario &scenario, Dice &dice)
        : m_scenario(scenario)
        , m_dice(dice)
    {
    }

    /// The arguments of emission \a index of \a part.
    Arguments make(const ScenarioPart &part, quint64 index)
    {
        m_index = index;
        Arguments arguments;
        arguments.positional =
            QCborValue::fromJsonValue(valueOf(part.arguments.toArray())).toArray();
        arguments.named = QCborValue::fromJsonValue(valueOf(part.named.toObject())).toMap();
        arguments.fields = QCborValue::fromJsonValue(valueOf(part.fields.toObject())).toMap();
        return arguments;
    }

    bool isVaried() const { return m_isVaried; } ///< some value was made anew
    const QString &problem() const { return m_problem; }

private:
    QJsonValue valueOf(const QJsonValue &value)
    {
        if (value.isArray()) {
            QJsonArray list;
            for (const QJsonValue &entry : value.toArray())
                list.append(valueOf(entry));
            return list;
        }
        if (!value.isObject())
            return value;
        const QJsonObject object = value.toObject();
        if (object.size() == 1 && object.begin().key().startsWith(u'$'))
            return madeAnew(object.begin().key(), object.begin().value());
        QJsonObject made;
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            made.insert(entry.key(), valueOf(entry.value()));
        return made;
    }

    QJsonValue madeAnew(const QString &how, const QJsonValue &what)
    {
        m_isVaried = true;
        const QJsonArray choices = what.toArray();
        if (how == u"$range" && choices.size() == 2 && choices.at(0).isDouble()
            && choices.at(1).isDouble() && choices.at(0).toDouble() <= choices.at(1).toDouble())
            return inRange(choices.at(0).toDouble(), choices.at(1).toDouble());
        if (how == u"$pick" && !choices.isEmpty())
            return valueOf(choices.at(qsizetype(m_dice.below(quint64(choices.size())))));
        if (how == u"$cycle" && !choices.isEmpty())
            return valueOf(choices.at(qsizetype(m_index % quint64(choices.size()))));
        if (how == u"$files" && what.isString())
            return nextFile(what.toString());
        if (m_problem.isEmpty())
            m_problem = problemWith(how);
        return {};
    }

    static QString problemWith(const QString &how)
    {
        if (how == u"$range")
            return u"\"$range\" takes a list of two numbers, the lower first."_s;
        if (how == u"$pick" || how == u"$cycle")
            return u"\"%1\" takes a list with at least one value."_s.arg(how);
        if (how == u"$files")
            return u"\"$files\" takes the path of a folder."_s;
        return u"There is no \"%1\"; there are \"$range\", \"$pick\", \"$cycle\" and "
               "\"$files\"."_s.arg(how);
    }

    QJsonValue inRange(double from, double to)
    {
        if (from != std::floor(from) || to != std::floor(to))
            return from + (to - from) * m_dice.share();
        const auto choices = quint64(to - from) + 1;
        return from + double(m_dice.below(choices));
    }

    QJsonValue nextFile(const QString &folder)
    {
        const QString path = QDir(m_scenario.folder).absoluteFilePath(folder);
        auto known = m_files.find(path);
        if (known == m_files.end())
            known = m_files.emplace(path, filesBelow(path)).first;
        const QStringList &files = known->second;
        if (!files.isEmpty())
            return files.at(qsizetype(m_index % quint64(files.size())));
        if (m_problem.isEmpty())
            m_problem =
                u"There are no files in %1 or below; name another folder in \"$files\"."_s.arg(
                    path);
        return {};
    }

    static QStringList filesBelow(const QString &folder)
    {
        QStringList files;
        QDirIterator iterator(folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
        while (iterator.hasNext())
            files.append(iterator.next());
        files.sort();
        return files;
    }

    const Scenario &m_scenario;
    Dice &m_dice;
    quint64 m_index = 0;
    bool m_isVaried = false;
    QString m_problem;
    std::map<QString, QStringList> m_files; // by folder
};

/// What one command can carry; more emissions are several steps.
constexpr qsizetype maximumArguments = 4'096;

/// Puts emissions one behind the other, those that can in one step.
class StepList
{
public:
    /// \a isFirst: of its part, which may have a pause before it.
    void add(const ScenarioPart &part, Arguments arguments, bool isFirst = false)
    {
        const bool isPaused = isFirst && part.pause.count() > 0;
        const bool isNew = m_steps.empty() || isPaused || m_steps.back().event != part.event
            || m_steps.back().rate != part.rate || m_steps.back().concurrency != part.concurrency
            || m_steps.back().arguments.size() == maximumArguments;
        if (isNew)
            m_steps.push_back({.event = part.event,
                               .arguments = {},
                               .count = 0,
                               .rate = part.rate,
                               .concurrency = part.concurrency,
                               .pause = isPaused ? part.pause : std::chrono::nanoseconds(0)});
        m_steps.back().arguments.append(std::move(arguments));
        ++m_steps.back().count;
    }

    void addAlike(const ScenarioPart &part, Arguments arguments)
    {
        m_steps.push_back({.event = part.event,
                           .arguments = {std::move(arguments)},
                           .count = part.count,
                           .rate = part.rate,
                           .concurrency = part.concurrency,
                           .pause = part.pause});
    }

    std::vector<ScenarioStep> take() { return std::move(m_steps); }

private:
    std::vector<ScenarioStep> m_steps;
};

} // namespace

/// Which part each emission belongs to, in a random order (Fisher and Yates).
static std::vector<quint32> mixedOrder(const Scenario &scenario, Dice &dice)
{
    std::vector<quint32> order;
    order.reserve(scenario.emissions());
    for (size_t part = 0; part < scenario.parts.size(); ++part)
        order.insert(order.end(), scenario.parts[part].count, quint32(part));
    for (size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[dice.below(i)]);
    return order;
}

static void addMixed(const Scenario &scenario, Dice &dice, ArgumentMaker &maker, StepList &steps)
{
    std::vector<quint64> made(scenario.parts.size(), 0);
    for (const quint32 index : mixedOrder(scenario, dice)) {
        const ScenarioPart &part = scenario.parts[index];
        steps.add(part, maker.make(part, made[index]++));
    }
}

/// A part whose emissions are all alike is one step, however many they are.
static void addInSequence(const ScenarioPart &part, ArgumentMaker &maker, bool isVaried,
                          StepList &steps)
{
    if (!isVaried) {
        steps.addAlike(part, maker.make(part, 0));
        return;
    }
    for (quint64 i = 0; i < part.count; ++i)
        steps.add(part, maker.make(part, i), i == 0);
}

static bool varies(const Scenario &scenario, const ScenarioPart &part)
{
    Dice dice(0);
    ArgumentMaker maker(scenario, dice);
    maker.make(part, 0);
    return maker.isVaried();
}

Result<std::vector<ScenarioStep>> stepsOf(const Scenario &scenario)
{
    Dice dice(scenario.seed);
    ArgumentMaker maker(scenario, dice);
    StepList steps;
    if (scenario.order == ScenarioOrder::Mixed) {
        addMixed(scenario, dice, maker, steps);
    } else {
        for (const ScenarioPart &part : scenario.parts)
            addInSequence(part, maker, varies(scenario, part), steps);
    }
    if (!maker.problem().isEmpty())
        return Error{ErrorCode::NotFound, maker.problem()};
    std::vector<ScenarioStep> all = steps.take();
    for (ScenarioStep &step : all)
        step.concurrency = step.concurrency > 0 ? step.concurrency : scenario.concurrency;
    return all;
}

} // namespace Fanfare
