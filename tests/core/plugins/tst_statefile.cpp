// SPDX-License-Identifier: MIT
#include <fanfare/plugins/statefile.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_StateFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyBeforeTheFirstChange();
    void keepsWhatWasChanged();
    void isReadableByItsOwnerOnly();
    void setsDamagedContentAside_data();
    void setsDamagedContentAside();
    void keepsEveryDamagedFile();
    void losesNoChangeOfSeveralWriters();
    void saysThatItCannotBeWritten();

private:
    QString path() const { return m_folder.filePath(u"deep/er/file.json"_s); }
    QTemporaryDir m_folder;
};

static void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

static auto settingTo(int number)
{
    return [number](QJsonObject &content) { content[u"number"_s] = number; };
}

void tst_StateFile::isEmptyBeforeTheFirstChange()
{
    const StateFile file(m_folder.filePath(u"none.json"_s));

    QVERIFY(file.read().content.isEmpty());
    QVERIFY(file.read().problem.isEmpty());
}

void tst_StateFile::keepsWhatWasChanged()
{
    const StateFile file(path());

    const auto written = file.update(settingTo(17));

    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    QCOMPARE(written->content[u"number"_s], 17);
    QCOMPARE(StateFile(path()).read().content[u"number"_s], 17);
}

void tst_StateFile::isReadableByItsOwnerOnly()
{
    QVERIFY(StateFile(path()).update(settingTo(18)));

    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY((QFile::permissions(path()) & others) == 0);
}

void tst_StateFile::setsDamagedContentAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray("{\"number\": 1");
    QTest::newRow("list") << QByteArray("[1, 2]");
    QTest::newRow("binary") << QByteArray("\0\xff\x7f", 3);
    QTest::newRow("too large") << QByteArray(StateFile::maximumSize + 1, ' ') + "{}";
}

void tst_StateFile::setsDamagedContentAside()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    const StateFile file(folder.filePath(u"file.json"_s));
    write(file.path(), content);

    const StateFile::Reading reading = file.read();

    QVERIFY(reading.content.isEmpty());
    QVERIFY2(reading.problem.contains(u"file.json.damaged"_s), qPrintable(reading.problem));
    QFile aside(file.path() + u".damaged"_s);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content);
    QVERIFY(file.read().problem.isEmpty()); // told once
}

void tst_StateFile::keepsEveryDamagedFile()
{
    const QTemporaryDir folder;
    const StateFile file(folder.filePath(u"file.json"_s));
    for (const char *content : {"one", "two", "three"}) {
        write(file.path(), content);
        QVERIFY(!file.read().problem.isEmpty());
    }

    QCOMPARE(QDir(folder.path()).entryList({u"*.damaged*"_s}, QDir::Files).size(), 3);
}

void tst_StateFile::losesNoChangeOfSeveralWriters()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"file.json"_s);
    const auto addOnes = [&path] {
        for (int i = 0; i < 20; ++i) {
            (void)StateFile(path).update([](QJsonObject &content) {
                content[u"count"_s] = content[u"count"_s].toInt() + 1;
            });
        }
    };

    std::thread one(addOnes);
    std::thread two(addOnes);
    one.join();
    two.join();

    QCOMPARE(StateFile(path).read().content[u"count"_s], 40);
}

void tst_StateFile::saysThatItCannotBeWritten()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"file"_s), "no folder");

    const auto written = StateFile(folder.filePath(u"file/state.json"_s)).update(settingTo(1));

    QVERIFY(!written);
    QVERIFY2(written.error().message.contains(u"cannot be written"_s),
             qPrintable(written.error().message));
}

QTEST_GUILESS_MAIN(tst_StateFile)
#include "tst_statefile.moc"
