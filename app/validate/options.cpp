// SPDX-License-Identifier: MIT
#include "validate/options.h"

namespace Fanfare::Validate {

static constexpr int maximumRuns = 100'000;

static const char text[] = R"(Usage: fanfare-validate [options] PLUGIN...

Takes each plugin file through what an engine does with it, and then runs its handlers in processes
of their own, in every way that a user or an attacker may: stopped, at once, with random and with
hostile arguments. Tells what is wrong, what to do, and how to see it again.

  --json          one JSON object per plugin and line, and a summary as the last line
  --seed N        other random arguments; 1 unless given, and the same seed gives the same
  --runs N        random arguments per handler, 1 to 100000; 60 unless given
  --handler NAME  run only this handler
  --list          list all checks
  --version       print the version

Exit codes: 0 all plugins are valid, 1 something was found, 2 the command line makes no sense, 130 it
was interrupted.
)";

QString usage()
{
    return QString::fromUtf8(text);
}

namespace {

class Reader
{
public:
    explicit Reader(const QStringList &arguments)
        : m_rest(arguments)
    {
    }

    Result<Options> read()
    {
        while (!m_rest.isEmpty() && m_problem.isEmpty())
            take(m_rest.takeFirst());
        const bool needsFiles = m_options.verb == Options::Verb::Validate;
        if (m_problem.isEmpty() && needsFiles && m_options.plugins.isEmpty())
            m_problem = u"Say which plugin: fanfare-validate FILE.so; --help tells more."_qs;
        if (!m_problem.isEmpty())
            return Error{ErrorCode::InvalidArgument, m_problem};
        return m_options;
    }

private:
    void take(const QString &argument)
    {
        if (m_onlyFiles || !argument.startsWith(u"-"))
            m_options.plugins.append(argument);
        else if (argument == u"--")
            m_onlyFiles = true;
        else if (argument == u"--json")
            m_options.json = true;
        else if (argument == u"--list")
            m_options.verb = Options::Verb::List;
        else if (argument == u"--help" || argument == u"-h")
            m_options.verb = Options::Verb::Help;
        else if (argument == u"--version")
            m_options.verb = Options::Verb::Version;
        else
            takeValue(argument.section(u'=', 0, 0), argument);
    }

    void takeValue(const QString &option, const QString &argument)
    {
        if (option != u"--seed" && option != u"--runs" && option != u"--handler") {
            m_problem =
                u"There is no option \"%1\"; `fanfare-validate --help` lists them."_qs.arg(option);
            return;
        }
        const bool isJoined = argument.size() > option.size();
        if (!isJoined && m_rest.isEmpty()) {
            m_problem = u"%1 needs a value."_qs.arg(option);
            return;
        }
        const QString value = isJoined ? argument.mid(option.size() + 1) : m_rest.takeFirst();
        bool isNumber = true;
        if (option == u"--handler") {
            m_options.handler = value;
        } else if (option == u"--seed") {
            m_options.seed = value.toULongLong(&isNumber);
        } else {
            m_options.runs = value.toInt(&isNumber);
            isNumber = isNumber && m_options.runs >= 1 && m_options.runs <= maximumRuns;
        }
        if (!isNumber)
            m_problem =
                u"%1 must be a whole number in its range, not \"%2\"; --help tells more."_qs.arg(
                    option, value);
    }

    QStringList m_rest;
    Options m_options;
    QString m_problem;
    bool m_onlyFiles = false;
};

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    return Reader(arguments).read();
}

} // namespace Fanfare::Validate
