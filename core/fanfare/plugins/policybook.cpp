// SPDX-License-Identifier: MIT
#include "fanfare/plugins/policybook.h"

#include <QStandardPaths>

#include <array>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr std::array groups{"plugins"_L1, "events"_L1, "handlers"_L1};

static QString keyOf(QLatin1StringView group, const QString &name)
{
    return group + u'/' + name;
}

static QLatin1StringView groupOf(const PolicyTarget &target)
{
    return groups[size_t(target.kind)];
}

QString defaultPolicyFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/fanfare/policies.json"_s;
}

PolicyBook::PolicyBook(const QString &path)
    : m_isKept(!path.isEmpty())
    , m_file(path)
{
    reload();
}

PolicyPart PolicyBook::of(const PolicyTarget &target) const
{
    return m_parts.value(keyOf(groupOf(target), target.name));
}

bool PolicyBook::reload()
{
    if (!m_isKept)
        return false;
    const auto before = m_parts;
    const QStringList told = m_problems;
    take(m_file.read());
    return m_parts != before || m_problems != told;
}

void PolicyBook::take(const StateFile::Reading &reading)
{
    m_parts.clear();
    m_problems.clear();
    if (!reading.problem.isEmpty())
        m_problems.append(reading.problem);
    for (const QLatin1StringView group : groups) {
        const QJsonObject entries = reading.content.value(group).toObject();
        for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
            const auto part = policyFromJson(entry.value().toObject());
            if (part)
                m_parts.insert(keyOf(group, entry.key()), *part);
            else
                m_problems.append(u"What %1 says about %2 is ignored: %3; correct it or remove "
                                  "it."_s.arg(m_file.path(), entry.key(), part.error().message));
        }
    }
}

Result<void> PolicyBook::set(const PolicyTarget &target, const PolicyPart &part)
{
    if (!m_isKept)
        return {};
    const auto written = m_file.update([&](QJsonObject &content) {
        QJsonObject entries = content.value(groupOf(target)).toObject();
        if (part.isEmpty())
            entries.remove(target.name);
        else
            entries[target.name] = toJson(part);
        content[groupOf(target)] = entries;
    });
    if (!written)
        return written.error();
    take(*written);
    return {};
}

} // namespace Fanfare
