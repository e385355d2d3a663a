// SPDX-License-Identifier: MIT
#include "fanfare/runs/scenario.h"

#include <QCborValue>
#include <QDirIterator>
#include <QFileInfo>
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
        const auto made = [this](const QString &key, const QJsonValue &value) {
            return QCborValue::fromJsonValue(placed(value, [&key] { return u'.' + key; }));
        };
        Arguments arguments;
        arguments.positional = made(u"arguments"_s, part.arguments.toArray()).toArray();
        arguments.named = made(u"named"_s, part.named.toObject()).toMap();
        arguments.fields = made(u"fields"_s, part.fields.toObject()).toMap();
        return arguments;
    }

    bool isVaried() const { return m_isVaried; } ///< some value was made anew
    bool hasProblem() const { return !m_problem.isEmpty(); }

    /// ".fields.path: There are no files ...", or empty; nothing is made after it.
    QString problem() const { return hasProblem() ? m_place + u": "_s + m_problem : QString(); }

private:
    /// Where a value is stands on the way back from the one that was wrong, so that it costs
    /// nothing while all is well.
    template <typename Place>
    QJsonValue placed(const QJsonValue &value, Place place)
    {
        if (hasProblem())
            return {};
        QJsonValue made = valueOf(value);
        if (hasProblem())
            m_place.prepend(place());
        return made;
    }

    QJsonArray madeList(const QJsonArray &list)
    {
        QJsonArray made;
        for (qsizetype i = 0; i < list.size(); ++i)
            made.append(placed(list.at(i), [i] { return u"[%1]"_s.arg(i); }));
        return made;
    }

    QJsonValue valueOf(const QJsonValue &value)
    {
        if (value.isArray())
            return madeList(value.toArray());
        if (!value.isObject())
            return value;
        const QJsonObject object = value.toObject();
        if (object.size() == 1 && object.begin().key().startsWith(u'$'))
            return madeAnew(object.begin().key(), object.begin().value());
        QJsonObject made;
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            made.insert(entry.key(),
                        placed(entry.value(), [&entry] { return u'.' + entry.key(); }));
        return made;
    }

    QJsonValue choice(const QString &how, const QJsonArray &choices, quint64 which)
    {
        const auto i = qsizetype(which % quint64(choices.size()));
        return placed(choices.at(i), [&how, i] { return u".%1[%2]"_s.arg(how).arg(i); });
    }

    QJsonValue madeAnew(const QString &how, const QJsonValue &what)
    {
        m_isVaried = true;
        const QJsonArray choices = what.toArray();
        if (how == u"$range" && choices.size() == 2 && choices.at(0).isDouble()
            && choices.at(1).isDouble() && choices.at(0).toDouble() <= choices.at(1).toDouble())
            return inRange(choices.at(0).toDouble(), choices.at(1).toDouble());
        if (how == u"$pick" && !choices.isEmpty())
            return choice(how, choices, m_dice.below(quint64(choices.size())));
        if (how == u"$cycle" && !choices.isEmpty())
            return choice(how, choices, m_index);
        if (how == u"$files" && what.isString())
            return nextFile(what.toString());
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
        const QString sentence = QFileInfo(path).isDir()
            ? u"There are no files in %1 or below; name another folder in \"$files\"."_s
            : u"There is no folder %1; name another one in \"$files\"."_s;
        m_problem = sentence.arg(path);
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
    QString m_place;                        ///< of the value with the problem, within its part
    std::map<QString, QStringList> m_files; // by folder
};

/// What one command can carry; more emissions are several steps.
constexpr qsizetype maximumArguments = 4'096;

/// Puts emissions one behind the other, those that can in one step.
class StepList
{
public:
    explicit StepList(const Scenario &scenario)
        : m_scenario(scenario)
    {
    }

    /// \a isFirst: of its part, number \a entry, which may have a pause before it.
    void add(quint32 entry, Arguments arguments, bool isFirst = false)
    {
        const ScenarioPart &part = m_scenario.parts[entry];
        const bool isPaused = isFirst && part.pause.count() > 0;
        const bool isNew = m_steps.empty() || isPaused || m_steps.back().event != part.event
            || m_steps.back().rate != part.rate || m_steps.back().concurrency != part.concurrency
            || m_steps.back().taskDeadline != part.taskDeadline
            || m_steps.back().arguments.size() == maximumArguments;
        if (isNew) {
            addStep(part);
            m_steps.back().pause = isPaused ? part.pause : std::chrono::nanoseconds(0);
        }
        m_steps.back().arguments.append(std::move(arguments));
        m_steps.back().entries.append(entry);
        ++m_steps.back().count;
    }

    void addAlike(quint32 entry, Arguments arguments)
    {
        const ScenarioPart &part = m_scenario.parts[entry];
        addStep(part);
        m_steps.back().arguments = {std::move(arguments)};
        m_steps.back().entries = {entry};
        m_steps.back().count = part.count;
    }

    std::vector<ScenarioStep> take() { return std::move(m_steps); }

private:
    void addStep(const ScenarioPart &part)
    {
        m_steps.push_back({.event = part.event,
                           .arguments = {},
                           .count = 0,
                           .rate = part.rate,
                           .concurrency = part.concurrency,
                           .taskDeadline = part.taskDeadline,
                           .pause = part.pause,
                           .file = m_scenario.file});
    }

    const Scenario &m_scenario;
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

/// "locks.json: emissions[2]"
static QString placeOfEntry(const QString &file, quint32 entry)
{
    const QString path = u"emissions[%1]"_s.arg(entry);
    return file.isEmpty() ? path : file + u": "_s + path;
}

QString ScenarioStep::placeOf(qsizetype index) const
{
    return placeOfEntry(file, entries.value(index));
}

namespace {

/// The steps of a scenario, up to the first value that cannot be made.
class Composer
{
public:
    explicit Composer(const Scenario &scenario)
        : m_scenario(scenario)
        , m_dice(scenario.seed)
        , m_maker(scenario, m_dice)
        , m_steps(scenario)
    {
    }

    void addMixed()
    {
        std::vector<quint64> made(m_scenario.parts.size(), 0);
        for (const quint32 entry : mixedOrder(m_scenario, m_dice)) {
            m_steps.add(entry, make(entry, made[entry]++));
            if (m_maker.hasProblem())
                return;
        }
    }

    /// A part whose emissions are all alike is one step, however many they are.
    void addInSequence(quint32 entry, bool isVaried)
    {
        if (!isVaried) {
            m_steps.addAlike(entry, make(entry, 0));
            return;
        }
        for (quint64 i = 0; i < m_scenario.parts[entry].count && !m_maker.hasProblem(); ++i)
            m_steps.add(entry, make(entry, i), i == 0);
    }

    const QString &problem() const { return m_problem; }
    std::vector<ScenarioStep> take() { return m_steps.take(); }

private:
    Arguments make(quint32 entry, quint64 index)
    {
        Arguments arguments = m_maker.make(m_scenario.parts[entry], index);
        if (m_maker.hasProblem())
            m_problem = placeOfEntry(m_scenario.file, entry) + m_maker.problem();
        return arguments;
    }

    const Scenario &m_scenario;
    Dice m_dice;
    ArgumentMaker m_maker;
    StepList m_steps;
    QString m_problem;
};

} // namespace

static bool varies(const Scenario &scenario, const ScenarioPart &part)
{
    Dice dice(0);
    ArgumentMaker maker(scenario, dice);
    maker.make(part, 0);
    return maker.isVaried();
}

Result<std::vector<ScenarioStep>> stepsOf(const Scenario &scenario)
{
    Composer composer(scenario);
    if (scenario.order == ScenarioOrder::Mixed) {
        composer.addMixed();
    } else {
        for (quint32 entry = 0; entry < scenario.parts.size() && composer.problem().isEmpty();
             ++entry)
            composer.addInSequence(entry, varies(scenario, scenario.parts[entry]));
    }
    if (!composer.problem().isEmpty())
        return Error{ErrorCode::NotFound, composer.problem()};
    std::vector<ScenarioStep> all = composer.take();
    for (ScenarioStep &step : all)
        step.concurrency = step.concurrency > 0 ? step.concurrency : scenario.concurrency;
    return all;
}

} // namespace Fanfare
