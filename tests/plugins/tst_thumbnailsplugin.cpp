// SPDX-License-Identifier: MIT
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace Qt::StringLiterals;
using Fanfare::Handler;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;

static Fanfare::Arguments image(const QString &path, const QString &folder = {}, int size = 32)
{
    return {.fields = {{u"path"_s, path}, {u"folder"_s, folder}, {u"size"_s, size}}};
}

static QCborMap run(Handler &handler, const Fanfare::Arguments &arguments)
{
    RecordingContext context(u"ImageAdded"_s, arguments);
    return handler.run(context).toMap();
}

static QString refusal(Handler &handler, const Fanfare::Arguments &arguments)
{
    try {
        run(handler, arguments);
    } catch (const std::runtime_error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

/// Pixel by pixel with reals, from the file.
static QString meanAgain(const QString &path)
{
    const QImage image(path);
    double sums[3] = {};
    double weight = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            weight += color.alpha();
            sums[0] += color.red() * color.alpha();
            sums[1] += color.green() * color.alpha();
            sums[2] += color.blue() * color.alpha();
        }
    }
    return QColor(int(sums[0] / weight + 0.5), int(sums[1] / weight + 0.5),
                  int(sums[2] / weight + 0.5))
        .name();
}

/// Red goes from left to right, green from top to bottom.
static QImage gradient(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(255 * x / width, 255 * y / height, 40));
    }
    return image;
}

class tst_ThumbnailsPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandler();
    void measuresTheMeanColor_data();
    void measuresTheMeanColor();
    void writesThumbnails_data();
    void writesThumbnails();
    void thumbnailLooksLikeTheImage();
    void whollyTransparentImageHasNoMean();
    void writesAFolderInParallel();
    void refusalNamesFileAndReason_data();
    void refusalNamesFileAndReason();
    void folderThatIsAFileIsRefused();
    void stopsBeforeItWrites();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString write(const QString &name, const QImage &image) const;

    QTemporaryDir m_folder;
    LoadedPlugin m_plugin{u"thumbnails"_s};
    std::unique_ptr<Handler> m_handler;
};

void tst_ThumbnailsPlugin::initTestCase()
{
    QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString()));
    m_handler = m_plugin.handler(u"thumbnail"_s);
    QVERIFY(m_handler);
}

QString tst_ThumbnailsPlugin::write(const QString &name, const QImage &image) const
{
    if (!image.save(path(name)))
        qFatal("cannot write %s", qPrintable(path(name)));
    return path(name);
}

void tst_ThumbnailsPlugin::offersItsHandler()
{
    QCOMPARE(m_plugin.handlerStory(), QStringList{u"thumbnail: sync of ImageAdded"_s});
}

void tst_ThumbnailsPlugin::measuresTheMeanColor_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("expected");
    QImage plain(10, 10, QImage::Format_RGB32);
    plain.fill(QColor(0x12, 0x34, 0x56));
    QImage halves(2, 1, QImage::Format_ARGB32);
    halves.setPixel(0, 0, qRgba(200, 0, 0, 255));
    halves.setPixel(1, 0, qRgba(0, 0, 255, 0)); // invisible, so it does not count

    QTest::newRow("plain") << write(u"plain.png"_s, plain) << u"#123456"_s;
    QTest::newRow("transparent half") << write(u"halves.png"_s, halves) << u"#c80000"_s;
    QTest::newRow("PNG") << write(u"gradient.png"_s, gradient(200, 100)) << QString();
    QTest::newRow("JPEG") << write(u"gradient.jpg"_s, gradient(200, 100)) << QString();
    QTest::newRow("gray") << write(u"gray.png"_s,
                                   gradient(99, 77).convertToFormat(QImage::Format_Grayscale8))
                          << QString();
}

void tst_ThumbnailsPlugin::measuresTheMeanColor()
{
    QFETCH(QString, file);
    QFETCH(QString, expected);

    const QString mean = run(*m_handler, image(file)).value(u"meanColor"_s).toString();

    if (!expected.isEmpty())
        QCOMPARE(mean, expected);
    QCOMPARE(mean, meanAgain(file));
}

void tst_ThumbnailsPlugin::writesThumbnails_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QSize>("expected");

    QTest::newRow("wide") << QSize(320, 80) << QSize(32, 8);
    QTest::newRow("high") << QSize(64, 640) << QSize(3, 32);
    QTest::newRow("one pixel high") << QSize(1000, 1) << QSize(32, 1);
    QTest::newRow("small already") << QSize(20, 10) << QSize(20, 10);
}

void tst_ThumbnailsPlugin::writesThumbnails()
{
    QFETCH(QSize, size);
    QFETCH(QSize, expected);
    const QString file = write(u"sized.png"_s, gradient(size.width(), size.height()));
    const QString folder = path(u"made/on/demand"_s);

    const QCborMap result = run(*m_handler, image(file, folder));

    QCOMPARE(result.value(u"width"_s).toInteger(), size.width());
    QCOMPARE(result.value(u"height"_s).toInteger(), size.height());
    const QString thumbnail = result.value(u"thumbnail"_s).toString();
    QCOMPARE(thumbnail, folder + u"/sized.png.png"_s);
    QCOMPARE(QImage(thumbnail).size(), expected);
}

void tst_ThumbnailsPlugin::thumbnailLooksLikeTheImage()
{
    const QString file = write(u"look.png"_s, gradient(400, 400));

    const QCborMap result = run(*m_handler, image(file, path(u"look"_s), 40));

    // Every pixel of it is the mean of the 10 x 10 pixels that it stands for.
    const QImage thumbnail(result.value(u"thumbnail"_s).toString());
    const QImage original(file);
    for (int y = 1; y < 39; ++y) {
        for (int x = 1; x < 39; ++x) {
            const QColor color = thumbnail.pixelColor(x, y);
            const QColor middle = original.pixelColor(x * 10 + 5, y * 10 + 5);
            QVERIFY(qAbs(color.red() - middle.red()) <= 3);
            QVERIFY(qAbs(color.green() - middle.green()) <= 3);
        }
    }
}

void tst_ThumbnailsPlugin::whollyTransparentImageHasNoMean()
{
    QImage nothing(5, 5, QImage::Format_ARGB32);
    nothing.fill(Qt::transparent);

    QVERIFY(!run(*m_handler, image(write(u"nothing.png"_s, nothing))).contains(u"meanColor"_s));
}

void tst_ThumbnailsPlugin::writesAFolderInParallel()
{
    QStringList files;
    for (int i = 0; i < 24; ++i)
        files.append(write(u"many%1.%2"_s.arg(QString::number(i), i % 2 ? u"png"_s : u"jpg"_s),
                           gradient(100 + i, 100)));
    std::atomic<int> failed = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (qsizetype i = thread; i < files.size(); i += 4)
                    failed += !refusal(*m_handler, image(files[i], path(u"many"_s))).isEmpty();
            });
        }
    }

    QCOMPARE(failed.load(), 0);
    for (const QString &file : files)
        QVERIFY(QFile::exists(path(u"many/"_s) + QFileInfo(file).fileName() + u".png"_s));
}

void tst_ThumbnailsPlugin::refusalNamesFileAndReason_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("sentence");
    QFile text(path(u"text.png"_s));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("no image");
    text.close();
    QFile cut(write(u"cut.png"_s, gradient(300, 300)));
    QVERIFY(cut.resize(cut.size() / 2));

    QTest::newRow("missing") << path(u"gone.png"_s)
                             << u"Cannot read %1: File not found"_s.arg(path(u"gone.png"_s));
    QTest::newRow("text") << text.fileName()
                          << u"Cannot read %1: Unsupported image format"_s.arg(text.fileName());
    QTest::newRow("cut") << cut.fileName()
                         << u"Cannot read %1: Unable to read image data"_s.arg(cut.fileName());
    QTest::newRow("folder") << m_folder.path()
                            << u"Cannot read %1: it is a folder or a device, not a file"_s.arg(
                                   m_folder.path());
    QTest::newRow("no path") << QString() << u"No image to read: the field \"path\" is empty"_s;
}

void tst_ThumbnailsPlugin::refusalNamesFileAndReason()
{
    QFETCH(QString, file);
    QFETCH(QString, sentence);

    QCOMPARE(refusal(*m_handler, image(file)), sentence);
}

void tst_ThumbnailsPlugin::folderThatIsAFileIsRefused()
{
    const QString file = write(u"ordinary.png"_s, gradient(10, 10));

    QCOMPARE(refusal(*m_handler, image(file, file)),
             u"Cannot make the folder %1 for thumbnails"_s.arg(file));
}

void tst_ThumbnailsPlugin::stopsBeforeItWrites()
{
    const QString file = write(u"stopped.png"_s, gradient(10, 10));
    RecordingContext context(u"ImageAdded"_s, image(file, path(u"stopped"_s)));
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_handler->run(context));

    QVERIFY(!QFile::exists(path(u"stopped"_s)));
}

QTEST_GUILESS_MAIN(tst_ThumbnailsPlugin)
#include "tst_thumbnailsplugin.moc"
