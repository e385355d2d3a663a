// SPDX-License-Identifier: MIT
#include "widgetpicture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QSize sizeOf(const QList<QWidget *> &widgets)
{
    QSize size(0, 0);
    for (const QWidget *widget : widgets)
        size = {std::max(size.width(), widget->width()), size.height() + widget->height()};
    return size;
}

static void paint(const QList<QWidget *> &widgets, QPaintDevice &device)
{
    QPainter painter(&device);
    painter.fillRect(QRect(QPoint(), sizeOf(widgets)),
                     widgets.first()->palette().color(QPalette::Window));
    for (QWidget *widget : widgets) {
        widget->render(&painter); // at the origin of the painter
        painter.translate(0, widget->height());
    }
}

static QByteArray svgOf(const QList<QWidget *> &widgets, const QString &title)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96); // as in CSS: a pixel here is one in a browser
    generator.setSize(sizeOf(widgets));
    generator.setViewBox(QRect(QPoint(), sizeOf(widgets)));
    generator.setTitle(title);
    paint(widgets, generator);
    return buffer.data();
}

static QByteArray pngOf(const QList<QWidget *> &widgets)
{
    constexpr int scale = 2; // sharp on paper and on dense screens
    QImage image(sizeOf(widgets) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    paint(widgets, image);
    QBuffer buffer;
    image.save(&buffer, "PNG");
    return buffer.data();
}

Result<void> writePicture(QWidget &widget, const QString &path)
{
    return writePicture({&widget}, widget.windowTitle(), path);
}

Result<void> writePicture(const QList<QWidget *> &widgets, const QString &title,
                          const QString &path)
{
    const bool isVector = path.endsWith(u".svg"_s, Qt::CaseInsensitive);
    const QByteArray bytes = isVector ? svgOf(widgets, title) : pngOf(widgets);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return Error{ErrorCode::Unreadable,
                 QCoreApplication::translate("Fanfare::WidgetPicture",
                                             "The picture cannot be written to %1: %2. Choose "
                                             "another place.")
                     .arg(path, file.errorString())};
}

} // namespace Fanfare
