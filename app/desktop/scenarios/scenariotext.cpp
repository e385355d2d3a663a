// SPDX-License-Identifier: MIT
#include "scenariotext.h"

#include <QJsonDocument>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

/// Where an entry of the outermost object stands in its text.
struct Entry
{
    qsizetype begin = -1; ///< of the key's quotation mark; -1: there is none
    qsizetype end = -1;   ///< behind its value
};

/// Walks through valid JSON and knows how deep it is.
class Walk
{
public:
    explicit Walk(QStringView json)
        : m_json(json)
    {
    }

    Entry find(const QString &key)
    {
        const QString wanted = u'"' + key + u'"';
        Entry entry;
        for (; m_at < m_json.size(); ++m_at) {
            const QChar c = m_json.at(m_at);
            if (c == u'"')
                takeText(wanted, entry);
            else if (c == u'{' || c == u'[')
                ++m_depth;
            else if (isEnd(c))
                return finished(entry);
            else if (c == u'}' || c == u']')
                --m_depth;
        }
        return {};
    }

private:
    /// Whether \a c ends the value of the entry that was found.
    bool isEnd(QChar c) const { return m_isFound && m_depth == 1 && (c == u',' || c == u'}'); }

    Entry finished(Entry entry) const
    {
        entry.end = m_at;
        while (m_json.at(entry.end - 1).isSpace())
            --entry.end;
        return entry;
    }

    void takeText(const QString &wanted, Entry &entry)
    {
        const qsizetype begin = m_at;
        for (++m_at; m_json.at(m_at) != u'"'; ++m_at) {
            if (m_json.at(m_at) == u'\\')
                ++m_at;
        }
        qsizetype next = m_at + 1;
        while (next < m_json.size() && m_json.at(next).isSpace())
            ++next;
        const bool isKey = next < m_json.size() && m_json.at(next) == u':';
        if (m_depth != 1 || !isKey || m_json.mid(begin, m_at + 1 - begin) != wanted)
            return;
        entry.begin = begin;
        m_isFound = true;
    }

    const QStringView m_json;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_isFound = false;
};

} // namespace

/// \a json without \a entry and one comma beside it.
static QString without(QString json, Entry entry)
{
    qsizetype begin = entry.begin;
    while (json.at(begin - 1).isSpace())
        --begin;
    if (json.at(begin - 1) == u',')
        return json.remove(begin - 1, entry.end + 1 - begin);
    qsizetype end = entry.end; // the first entry: its comma is behind it
    while (json.at(end).isSpace())
        ++end;
    return json.remove(begin, (json.at(end) == u',' ? end + 1 : entry.end) - begin);
}

/// In front of the entries there are, laid out as the first of them.
static QString withFirst(QString json, const QString &text)
{
    const qsizetype brace = json.indexOf(u'{');
    qsizetype first = brace + 1;
    while (json.at(first).isSpace())
        ++first;
    if (json.at(first) == u'}')
        return json.insert(brace + 1, text);
    const QString space = json.mid(brace + 1, first - brace - 1);
    return json.insert(first, text + u',' + (space.isEmpty() ? u" "_s : space));
}

QString withNumber(const QString &json, const QString &key, quint32 value)
{
    if (!QJsonDocument::fromJson(json.toUtf8()).isObject())
        return json;
    const Entry entry = Walk(json).find(key);
    const QString text = u"\"%1\": %2"_s.arg(key).arg(value);
    if (entry.begin < 0)
        return value == 0 ? json : withFirst(json, text);
    if (value == 0)
        return without(json, entry);
    return QString(json).replace(entry.begin, entry.end - entry.begin, text);
}

} // namespace Fanfare
