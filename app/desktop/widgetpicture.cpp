// SPDX-License-Identifier: MIT
#include "widgetpicture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QByteArray svgOf(QWidget &widget)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(widget.size());
    generator.setViewBox(widget.rect());
    generator.setTitle(widget.windowTitle());
    widget.render(&generator);
    return buffer.data();
}

static QByteArray pngOf(QWidget &widget)
{
    constexpr int scale = 2; // sharp on paper and on dense screens
    QImage image(widget.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    widget.render(&image);
    QBuffer buffer;
    image.save(&buffer, "PNG");
    return buffer.data();
}

Result<void> writePicture(QWidget &widget, const QString &path)
{
    const bool isVector = path.endsWith(u".svg"_s, Qt::CaseInsensitive);
    const QByteArray bytes = isVector ? svgOf(widget) : pngOf(widget);
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
