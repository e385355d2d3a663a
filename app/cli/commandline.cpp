// SPDX-License-Identifier: MIT
#include "cli/commandline.h"

#include "cli/wording.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace Fanfare::Cli {

namespace {

struct Rule
{
    QStringView option;
    QStringView value;           ///< empty: takes none
    QStringView verbs = u"emit"; ///< those it goes with
    bool mayRepeat = false;
};

constexpr std::array rules = {
    Rule{u"--plugins", u"DIR", u"plugins emit run", true},
    Rule{u"--json", u"", u"plugins emit run runs import cluster"},
    Rule{u"--schema", u"EVENT", u"plugins"},
    Rule{u"--lift", u"HANDLER", u"plugins"},
    Rule{u"--safe-mode", u"", u"plugins emit run"},
    Rule{u"--dir", u"DIR", u"new-plugin"},
    Rule{u"--plan", u"FILE"},
    Rule{u"--args", u"JSON-ARRAY"},
    Rule{u"--named", u"JSON-OBJECT"},
    Rule{u"--fields", u"JSON-OBJECT"},
    Rule{u"--each-file", u"DIR"},
    Rule{u"--count", u"N", u"emit cluster"},
    Rule{u"--rate", u"R"},
    Rule{u"--concurrency", u"N"},
    Rule{u"--deadline", u"MS"},
    Rule{u"--speed", u"X|max", u"emit run"},
    Rule{u"--executor", u"threads|processes|inline|cluster", u"emit run"},
    Rule{u"--workers", u"N", u"emit run"},
    Rule{u"--broker", u"URL", u"emit run cluster"},
    Rule{u"--broker-password-file", u"FILE", u"emit run cluster"},
    Rule{u"--broker-plain-text", u"", u"emit run cluster"},
    Rule{u"--start-within", u"S", u"emit run"},
    Rule{u"--queue-bound", u"N", u"emit run"},
    Rule{u"--on-full", u"reject|block|drop-oldest", u"emit run"},
    Rule{u"--timeout", u"S"},
    Rule{u"--trace", u"FILE"},
    Rule{u"--repeat", u"N", u"run"},
    Rule{u"--label", u"TEXT", u"run"},
    Rule{u"--report", u"FILE", u"run compare"},
    Rule{u"--runs", u"DIR", u"run compare runs export import"},
    Rule{u"--format", u"FORMAT", u"compare export"},
    Rule{u"--output", u"FILE", u"export"},
    Rule{u"--threshold", u"PERCENT", u"compare"},
};

class Splitter
{
public:
    explicit Splitter(const QStringList &arguments)
        : m_rest(arguments)
    {
    }

    Result<CommandLine> split()
    {
        while (!m_rest.isEmpty() && m_error.isEmpty())
            take(m_rest.takeFirst());
        if (m_error.isEmpty())
            checkVerb();
        if (!m_error.isEmpty())
            return Error{ErrorCode::InvalidArgument, m_error};
        return m_line;
    }

private:
    void take(const QString &argument)
    {
        if (m_onlyWords || !argument.startsWith(u'-') || argument == u"-")
            takeWord(argument);
        else if (argument == u"--")
            m_onlyWords = true;
        else if (argument == u"-h" || argument == u"--help")
            m_line.wantsHelp = true;
        else if (argument == u"--version")
            m_line.wantsVersion = true;
        else
            takeOption(argument.section(u'=', 0, 0), argument);
    }

    void takeWord(const QString &word)
    {
        if (m_line.verb.isEmpty())
            m_line.verb = word;
        else
            m_line.words.append(word);
    }

    void takeOption(const QString &option, const QString &argument)
    {
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule &candidate) {
            return candidate.option == option;
        });
        if (rule == rules.end())
            refuseUnknown(option);
        else if (m_line.has(option) && !rule->mayRepeat)
            m_error = u"%1 is given twice; give it once."_qs.arg(option);
        else
            takeValue(*rule, argument);
    }

    void takeValue(const Rule &rule, const QString &argument)
    {
        const QString option = rule.option.toString();
        const bool hasValue = argument.size() > option.size();
        if (rule.value.isEmpty()) {
            if (hasValue)
                m_error = u"%1 takes no value; leave out %2."_qs.arg(
                    option, quoted(argument.mid(option.size())));
            m_line.values[option].append(QString());
        } else if (hasValue) {
            m_line.values[option].append(argument.mid(option.size() + 1));
        } else if (m_rest.isEmpty() || m_rest.first().startsWith(u"--")) {
            m_error = u"%1 needs a value: %1 %2."_qs.arg(option, rule.value.toString());
        } else {
            m_line.values[option].append(m_rest.takeFirst());
        }
    }

    void refuseUnknown(const QString &option)
    {
        QStringList known;
        for (const Rule &rule : rules)
            known.append(rule.option.toString());
        m_error = u"There is no option %1%2; `fanfare-cli --help` lists them."_qs.arg(
            quoted(option), didYouMean(option, known));
    }

    void checkVerb()
    {
        if (m_line.verb.isEmpty() || m_line.wantsHelp || m_line.wantsVersion)
            return;
        for (const Rule &rule : rules) {
            const QStringList verbs = rule.verbs.toString().split(u' ');
            if (!m_line.has(rule.option.toString()) || verbs.contains(m_line.verb))
                continue;
            m_error = u"%1 goes with `fanfare-cli %2` only; leave it out."_qs.arg(
                rule.option, verbs.join(u"` or `fanfare-cli "_qs));
        }
    }

    QStringList m_rest;
    CommandLine m_line;
    QString m_error;
    bool m_onlyWords = false;
};

} // namespace

std::optional<quint64> CommandLine::whole(const QString &option, quint64 most) const
{
    bool isNumber = false;
    const quint64 number = value(option).toULongLong(&isNumber);
    return isNumber && number > 0 && number <= most ? std::optional(number) : std::nullopt;
}

std::optional<double> CommandLine::positive(const QString &option) const
{
    bool isNumber = false;
    const double number = value(option).toDouble(&isNumber);
    return isNumber && std::isfinite(number) && number > 0 ? std::optional(number) : std::nullopt;
}

Result<CommandLine> splitCommandLine(const QStringList &arguments)
{
    return Splitter(arguments).split();
}

} // namespace Fanfare::Cli
