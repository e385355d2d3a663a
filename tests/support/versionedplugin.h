// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <cstdio>

namespace Fanfare::Test {

inline QString versionedFixture(const QString &kind = QStringLiteral("versioned"))
{
    return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/%1/%1.so").arg(kind);
}

/// The file of build \a number of the fixture "versioned": the same library with other digits.
inline QByteArray versionedBuild(int number, const QString &kind = QStringLiteral("versioned"))
{
    QFile file(versionedFixture(kind));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The fixture %s was not built", qPrintable(kind));
    QByteArray content = file.readAll();
    const QByteArray mark = "@@FANFARE-BUILD-";
    const qsizetype at = content.indexOf(mark);
    content.replace(at + mark.size(), 8, QByteArray::number(number).rightJustified(8, '0'));
    return content;
}

/// Writes \a content to \a path: the file that is there stays the same and changes.
inline void writeInPlace(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(path));
    file.write(content);
    file.close();
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

/// Writes \a content to another file and gives it the name \a path, as good installers do.
inline void renameOver(const QString &path, const QByteArray &content)
{
    writeInPlace(path + QStringLiteral(".new"), content);
    std::rename(QFile::encodeName(path + QStringLiteral(".new")).constData(),
                QFile::encodeName(path).constData());
}

} // namespace Fanfare::Test
