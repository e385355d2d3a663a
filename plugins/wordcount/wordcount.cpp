// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QObject>
#include <QStringDecoder>

#include <algorithm>
#include <stdexcept>
#include <vector>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct TextAdded
{
    Q_GADGET
    Q_CLASSINFO("summary", "A text file is there to be counted")
    Q_CLASSINFO("path.type", "path")
    Q_CLASSINFO("path.summary", "The file, in UTF-8")
    Q_CLASSINFO("top.summary", "How many of the most frequent words to tell")
    Q_CLASSINFO("top.minimum", "0")
    Q_CLASSINFO("top.maximum", "1000")
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(int top MEMBER top)
public:
    QString path;
    int top = 10;
};

[[noreturn]] static void fail(const QString &sentence)
{
    throw std::runtime_error(sentence.toStdString());
}

/// Counts text that arrives in pieces. A word is a run of letters and digits; upper and lower case
/// are the same. Every word is a string of its own and every new one a node in a hash: this is a
/// load for the heap as much as for the processor.
class WordCounter
{
public:
    void add(const QString &text)
    {
        for (const QChar c : text) {
            ++m_characters;
            m_lines += c == u'\n';
            if (c.isLetterOrNumber() || c.isSurrogate() || c.isMark())
                m_word.append(c);
            else
                endWord();
        }
    }

    QCborMap finish(int top)
    {
        endWord();
        return {{u"lines"_s, m_lines},
                {u"words"_s, m_words},
                {u"characters"_s, m_characters},
                {u"distinct"_s, qint64(m_counts.size())},
                {u"top"_s, mostFrequent(top)}};
    }

private:
    void endWord()
    {
        if (m_word.isEmpty())
            return;
        ++m_counts[m_word.toCaseFolded()];
        ++m_words;
        m_word = QString();
    }

    /// Pairs of word and count, the most frequent first, those of one count by the alphabet.
    QCborArray mostFrequent(int top) const
    {
        using Entry = std::pair<QString, qint64>;
        std::vector<Entry> entries;
        for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
            entries.emplace_back(it.key(), it.value());
        const auto end = entries.begin() + std::min<qsizetype>(top, qsizetype(entries.size()));
        std::partial_sort(entries.begin(), end, entries.end(), [](const Entry &a, const Entry &b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        });
        QCborArray pairs;
        for (auto it = entries.begin(); it != end; ++it)
            pairs.append(QCborArray{it->first, it->second});
        return pairs;
    }

    QHash<QString, qint64> m_counts;
    QString m_word;
    qint64 m_lines = 0;
    qint64 m_words = 0;
    qint64 m_characters = 0; // UTF-16 units
};

/// Opening a FIFO would wait for a writer, so the kind is asked first.
static void openText(QFile &file, const QString &path)
{
    if (path.isEmpty())
        fail(u"No file to count: the field \"path\" is empty"_s);
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        fail(u"Cannot count %1: it is a folder or a device, not a file"_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        fail(u"Cannot open %1: %2"_s.arg(path, file.errorString()));
}

static QCborValue countWords(const TextAdded &event, Context &context)
{
    QFile file(event.path);
    openText(file, event.path);
    constexpr qint64 blockSize = 1 << 18;
    QStringDecoder decoder(QStringDecoder::Utf8);
    WordCounter counter;
    qint64 bytes = 0;
    for (QByteArray block; !(block = file.read(blockSize)).isEmpty();) {
        if (context.stopToken().stop_requested())
            fail(u"Asked to stop before the end of %1"_s.arg(event.path));
        const QString text = decoder(block);
        if (decoder.hasError() || text.contains(QChar(0)))
            fail(u"Cannot count %1: it is no text in UTF-8"_s.arg(event.path));
        counter.add(text);
        bytes += block.size();
        context.progress(double(bytes) / double(std::max(file.size(), bytes)), {});
    }
    if (file.error() != QFileDevice::NoError)
        fail(u"Cannot read %1: %2"_s.arg(event.path, file.errorString()));
    QCborMap result = counter.finish(event.top);
    result.insert(u"bytes"_s, bytes);
    return result;
}

class WordcountPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "wordcount.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    WordcountPlugin()
    {
        typedEvent<TextAdded>();
        handler(u"count"_s)
            .summary(u"Counts lines, words and the most frequent words"_s)
            .idempotent()
            .run<TextAdded>(&countWords);
    }
};

#include "wordcount.moc"
