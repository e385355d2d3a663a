// SPDX-License-Identifier: MIT
#include "desktop/compare/comparepage.h"

#include "desktop/compare/compareview.h"
#include "desktop/runs/runfixtures.h"

#include <QFile>
#include <QFileDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

/// What the button of the comparison opens, as Qt shows it where the system has no dialog.
class tst_ReportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void writesWhatTheSuffixSays_data();
    void writesWhatTheSuffixSays();
    void addsTheSuffixOfTheChosenKind();
    void tellsOfAllSides();

private:
    QFileDialog *opened();

    QTemporaryDir m_folder;
    std::unique_ptr<ComparePage> m_page;
};

void tst_ReportDialog::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    const QString fast = writeRun(m_folder.path(), 20, u"fast"_s);
    const QString slow = writeRun(m_folder.path(), 20, u"slow"_s, 6'000'000);
    m_page = std::make_unique<ComparePage>(QList<QStringList>{{fast}, {slow}});
    QSignalSpy compared(m_page.get(), &ComparePage::compared);
    QVERIFY(m_page->view() || compared.wait(60'000));
}

/// The dialog behind "Report…"; null when there is none.
QFileDialog *tst_ReportDialog::opened()
{
    const auto buttons = m_page->view()->findChildren<QPushButton *>();
    const auto button = std::ranges::find_if(
        buttons, [](const QPushButton *one) { return one->text().contains(u"Report"_s); });
    if (button == buttons.end())
        return nullptr;
    (*button)->click();
    const auto dialogs = m_page->view()->findChildren<QFileDialog *>();
    return dialogs.isEmpty() ? nullptr : dialogs.constLast();
}

void tst_ReportDialog::writesWhatTheSuffixSays_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("part");

    QTest::newRow("page") << u"html"_s << QByteArray("<!doctype html>");
    QTest::newRow("Markdown") << u"md"_s << QByteArray("## A: fast");
    QTest::newRow("spreadsheet") << u"csv"_s << QByteArray("\r\nverdict,");
    QTest::newRow("JSON") << u"json"_s << QByteArray("\"headline\"");
    QTest::newRow("text") << u"txt"_s << QByteArray("\nRuns\n");
}

void tst_ReportDialog::writesWhatTheSuffixSays()
{
    QFETCH(QString, suffix);
    QFETCH(QByteArray, part);
    const QString path = m_folder.filePath(u"report."_s + suffix);
    QSignalSpy told(m_page->view(), &CompareView::told);
    QFileDialog *const dialog = opened();
    QVERIFY(dialog);
    QVERIFY(dialog->nameFilters().join(u' ').contains(u"(*."_s + suffix + u')'));

    dialog->selectFile(path);
    static_cast<QDialog *>(dialog)->accept(); // public there

    QCOMPARE(told.size(), 1);
    QVERIFY2(told[0][0].toString().contains(path), qPrintable(told[0][0].toString()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains(part));
}

void tst_ReportDialog::addsTheSuffixOfTheChosenKind()
{
    QFileDialog *const dialog = opened();
    QVERIFY(dialog);
    const QStringList filters = dialog->nameFilters();
    const auto json = std::ranges::find_if(
        filters, [](const QString &filter) { return filter.contains(u"*.json"_s); });
    QVERIFY(json != filters.end());

    dialog->selectNameFilter(*json);
    Q_EMIT dialog->filterSelected(*json); // as the user's choice does
    dialog->selectFile(m_folder.filePath(u"plain"_s));
    static_cast<QDialog *>(dialog)->accept(); // public there

    QFile file(m_folder.filePath(u"plain.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith('{'));
}

/// Also of one that is not shown, with the one that was chosen as the baseline first.
void tst_ReportDialog::tellsOfAllSides()
{
    QStringList files;
    for (const QString &label : {u"first"_s, u"second"_s, u"third"_s})
        files.append(writeRun(m_folder.path(), 20, label));
    m_page = std::make_unique<ComparePage>(QList<QStringList>{{files[0]}, {files[1]}, {files[2]}});
    QSignalSpy compared(m_page.get(), &ComparePage::compared);
    QVERIFY(m_page->view() || compared.wait(60'000));
    m_page->choose(1, 0);
    QVERIFY(compared.wait(60'000));
    QSignalSpy told(m_page.get(), &ComparePage::told);
    QFileDialog *const dialog = opened();
    QVERIFY(dialog);
    const QString path = m_folder.filePath(u"all.md"_s);

    dialog->selectFile(path);
    static_cast<QDialog *>(dialog)->accept(); // public there

    QTRY_COMPARE(told.size(), 1);
    QVERIFY2(told[0][0].toString().contains(path), qPrintable(told[0][0].toString()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(text.startsWith("# second: 3 sides compared with the first"), text.constData());
    QVERIFY(text.contains("## A: second, threads × 2 — B: first, threads × 2"));
    QVERIFY(text.contains("## A: second, threads × 2 — B: third, threads × 2"));

    Q_EMIT m_page->view()->reportWanted(u"/nowhere/all.md"_s);

    QTRY_COMPARE(told.size(), 2);
    QVERIFY(told[1][0].toString().contains(u"/nowhere/all.md"_s));
}

QTEST_MAIN(tst_ReportDialog)
#include "tst_reportdialog.moc"
