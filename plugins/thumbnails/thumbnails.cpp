// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QImageReader>
#include <QLibraryInfo>
#include <QObject>
#include <QSaveFile>

#include <algorithm>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct ImageAdded
{
    Q_GADGET
    Q_CLASSINFO("summary", "An image file is there to be made small")
    Q_CLASSINFO("path.type", "path")
    Q_CLASSINFO("path.summary", "The image: PNG, JPEG and what else Qt reads")
    Q_CLASSINFO("folder.type", "path")
    Q_CLASSINFO("folder.summary", "Where the thumbnail goes, made if need be; empty: nowhere")
    Q_CLASSINFO("size.summary", "Longest edge of the thumbnail in pixels")
    Q_CLASSINFO("size.minimum", "1")
    Q_CLASSINFO("size.maximum", "4096")
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(QString folder MEMBER folder)
    Q_PROPERTY(int size MEMBER size)
public:
    QString path;
    QString folder;
    int size = 256;
};

[[noreturn]] static void fail(const QString &sentence)
{
    throw std::runtime_error(sentence.toStdString());
}

static void throwIfStopped(Context &context)
{
    if (context.stopToken().stop_requested())
        fail(u"Asked to stop"_s);
}

/// The image upright, as its EXIF data says. Qt refuses what would need more than 128 MiB decoded.
static QImage readImage(const QString &path)
{
    if (path.isEmpty())
        fail(u"No image to read: the field \"path\" is empty"_s);
    const QFileInfo info(path);
    if (info.exists() && !info.isFile()) // opening a FIFO would wait for a writer
        fail(u"Cannot read %1: it is a folder or a device, not a file"_s.arg(path));
    QImageReader reader(path);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    const QImage image = reader.read();
    if (image.isNull())
        fail(u"Cannot read %1: %2"_s.arg(path, reader.errorString()));
    return image;
}

/// The mean of every channel over all pixels, each rounded to the nearest; transparent pixels count
/// by their opacity. "#rrggbb"; nothing for an image that is wholly transparent.
static QString meanColor(const QImage &image, Context &context)
{
    const QImage pixels = image.convertToFormat(QImage::Format_ARGB32);
    quint64 red = 0;
    quint64 green = 0;
    quint64 blue = 0;
    quint64 weight = 0;
    for (int y = 0; y < pixels.height(); ++y) {
        throwIfStopped(context);
        const auto *line = reinterpret_cast<const QRgb *>(pixels.constScanLine(y));
        for (int x = 0; x < pixels.width(); ++x) {
            const auto alpha = quint64(qAlpha(line[x]));
            red += alpha * quint64(qRed(line[x]));
            green += alpha * quint64(qGreen(line[x]));
            blue += alpha * quint64(qBlue(line[x]));
            weight += alpha;
        }
    }
    if (weight == 0)
        return {};
    const auto channel = [weight](quint64 sum) {
        return QString::number((sum + weight / 2) / weight, 16).rightJustified(2, u'0');
    };
    return u'#' + channel(red) + channel(green) + channel(blue);
}

/// "photo.jpg" becomes "photo.jpg.png": photo.png may be another image. Whoever looks meanwhile
/// sees the old thumbnail or the new one, never a half of one.
static QString save(const QImage &thumbnail, const ImageAdded &event)
{
    const QDir folder(event.folder);
    if (!folder.mkpath(u"."_s))
        fail(u"Cannot make the folder %1 for thumbnails"_s.arg(event.folder));
    QSaveFile file(folder.filePath(QFileInfo(event.path).fileName() + u".png"_s));
    if (!file.open(QIODevice::WriteOnly) || !thumbnail.save(&file, "PNG") || !file.commit())
        fail(u"Cannot write %1: %2"_s.arg(file.fileName(), file.errorString()));
    return file.fileName();
}

static QCborMap makeThumbnail(const ImageAdded &event, Context &context)
{
    throwIfStopped(context);
    const QImage image = readImage(event.path);
    context.progress(0.5, u"read"_s);
    const QString mean = meanColor(image, context);
    context.progress(0.75, u"measured"_s);
    QCborMap result{{u"width"_s, image.width()}, {u"height"_s, image.height()}};
    if (!mean.isEmpty())
        result.insert(u"meanColor"_s, mean);
    if (event.folder.isEmpty())
        return result;
    const int size = std::min(event.size, std::max(image.width(), image.height())); // never larger
    const QImage thumbnail =
        image.scaled(size, size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    throwIfStopped(context);
    result.insert(u"thumbnail"_s, save(thumbnail, event));
    return result;
}

class ThumbnailsPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "thumbnails.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    ThumbnailsPlugin()
    {
        // PNG is a part of QtGui, JPEG a plugin of Qt's, and the host looks for no such plugins.
        QCoreApplication::addLibraryPath(QLibraryInfo::path(QLibraryInfo::PluginsPath));
        typedEvent<ImageAdded>();
        handler(u"thumbnail"_s)
            .summary(u"Makes it small and measures its mean color"_s)
            .idempotent()
            .run<ImageAdded>(&makeThumbnail);
    }
};

#include "thumbnails.moc"
