// SPDX-License-Identifier: MIT
#include <fanfare/plugins/policybook.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PolicyBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void remembersEachTarget();
    void resetsWithAnEmptyPart();
    void seesWhatOthersDecide();
    void saysWhichEntryItIgnores();
    void keepsWhatItDoesNotKnow();
    void decidesNothingWithoutAFile();

private:
    QString path() const { return m_folder->filePath(u"policies.json"_s); }
    void write(const QByteArray &content);
    std::unique_ptr<QTemporaryDir> m_folder;
};

static PolicyPart deadline(qint64 ms)
{
    PolicyPart part;
    part.deadlineMs = ms;
    return part;
}

void tst_PolicyBook::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void tst_PolicyBook::write(const QByteArray &content)
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

void tst_PolicyBook::remembersEachTarget()
{
    const PolicyTarget plugin{PolicyTarget::Kind::Plugin, u"org.x"_s};
    const PolicyTarget event{PolicyTarget::Kind::Event, u"org.x"_s};
    const PolicyTarget handler{PolicyTarget::Kind::Handler, u"org.x/parse"_s};
    PolicyBook book(path());
    QVERIFY(book.set(plugin, deadline(1)));
    QVERIFY(book.set(event, deadline(2)));
    QVERIFY(book.set(handler, deadline(3)));

    const PolicyBook next(path());

    QVERIFY(next.of(plugin) == deadline(1));
    QVERIFY(next.of(event) == deadline(2));
    QVERIFY(next.of(handler) == deadline(3));
    QVERIFY(next.of({PolicyTarget::Kind::Plugin, u"org.y"_s}).isEmpty());
}

void tst_PolicyBook::resetsWithAnEmptyPart()
{
    const PolicyTarget handler{PolicyTarget::Kind::Handler, u"org.x/parse"_s};
    PolicyBook book(path());
    QVERIFY(book.set(handler, deadline(3)));

    QVERIFY(book.set(handler, {}));

    QVERIFY(book.of(handler).isEmpty());
    QVERIFY(!StateFile(path()).read().content[u"handlers"_s].toObject().contains(handler.name));
}

void tst_PolicyBook::seesWhatOthersDecide()
{
    const PolicyTarget plugin{PolicyTarget::Kind::Plugin, u"org.x"_s};
    PolicyBook one(path());
    QVERIFY(PolicyBook(path()).set(plugin, deadline(9)));

    QVERIFY(one.reload());
    QVERIFY(!one.reload());

    QVERIFY(one.of(plugin) == deadline(9));
}

void tst_PolicyBook::saysWhichEntryItIgnores()
{
    write(
        R"({"handlers": {"org.x/parse": {"deadlineMs": "soon"}, "org.x/print": {"deadlineMs": 4}}})");

    const PolicyBook book(path());

    QCOMPARE(book.problems().size(), 1);
    QVERIFY2(book.problems().first().contains(u"org.x/parse"_s)
                 && book.problems().first().contains(u"deadlineMs"_s),
             qPrintable(book.problems().first()));
    QVERIFY(book.of({PolicyTarget::Kind::Handler, u"org.x/print"_s}) == deadline(4));
}

void tst_PolicyBook::keepsWhatItDoesNotKnow()
{
    write(R"({"later": true, "handlers": {"org.x/parse": {"deadlineMs": "soon"}}})");
    PolicyBook book(path());

    QVERIFY(book.set({PolicyTarget::Kind::Plugin, u"org.x"_s}, deadline(1)));

    const QJsonObject content = StateFile(path()).read().content;
    QVERIFY(content[u"later"_s].toBool());
    QVERIFY(content[u"handlers"_s].toObject().contains(u"org.x/parse"_s));
}

void tst_PolicyBook::decidesNothingWithoutAFile()
{
    PolicyBook book({});

    QVERIFY(book.set({PolicyTarget::Kind::Plugin, u"org.x"_s}, deadline(1)));

    QVERIFY(book.of({PolicyTarget::Kind::Plugin, u"org.x"_s}).isEmpty());
}

QTEST_GUILESS_MAIN(tst_PolicyBook)
#include "tst_policybook.moc"
