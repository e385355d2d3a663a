// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QFile>
#include <QObject>

#include <cerrno>
#include <memory>
#include <stdexcept>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Fanfare::Context;

struct FileAdded
{
    Q_GADGET
    Q_CLASSINFO("summary", "A file is there to be worked on")
    Q_CLASSINFO("path.type", "path")
    Q_CLASSINFO("path.summary", "The file")
    Q_PROPERTY(QString path MEMBER path)
public:
    QString path;
};

[[noreturn]] static void fail(const QString &sentence)
{
    throw std::runtime_error(sentence.toStdString());
}

/// A regular file opened for reading from its start to its end.
class FileReader
{
public:
    explicit FileReader(const QString &path)
        : m_path(path)
    {
        // Without O_NONBLOCK, opening a FIFO that nobody writes to blocks forever.
        m_descriptor = ::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (m_descriptor < 0)
            fail(u"Cannot open %1: %2"_s.arg(path, qt_error_string(errno)));
    }
    ~FileReader() { ::close(m_descriptor); }
    FileReader(const FileReader &) = delete;
    FileReader &operator=(const FileReader &) = delete;

    /// The size at this moment; throws unless this is a regular file.
    qint64 size() const
    {
        struct stat status
        {
        };
        if (::fstat(m_descriptor, &status) < 0)
            fail(u"Cannot examine %1: %2"_s.arg(m_path, qt_error_string(errno)));
        if (S_ISDIR(status.st_mode))
            fail(u"Cannot read %1: %2"_s.arg(m_path, qt_error_string(EISDIR)));
        if (!S_ISREG(status.st_mode))
            fail(u"Cannot read %1: it is a device, pipe or socket, not a file"_s.arg(m_path));
        return status.st_size;
    }

    /// Fills \a buffer with up to \a capacity bytes; 0 at the end of the file.
    size_t read(unsigned char *buffer, size_t capacity)
    {
        for (;;) {
            const ssize_t count = ::read(m_descriptor, buffer, capacity);
            if (count >= 0)
                return size_t(count);
            if (errno != EINTR)
                fail(u"Cannot read %1: %2"_s.arg(m_path, qt_error_string(errno)));
        }
    }

private:
    const QString m_path;
    int m_descriptor;
};

class Sha256
{
public:
    Sha256() { check(EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr)); }
    void add(const unsigned char *data, size_t size)
    {
        check(EVP_DigestUpdate(m_context.get(), data, size));
    }
    QString hex()
    {
        QByteArray digest(EVP_MAX_MD_SIZE, '\0');
        unsigned size = 0;
        check(EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char *>(digest.data()),
                                 &size));
        return QString::fromLatin1(digest.first(size).toHex());
    }

private:
    static void check(int success)
    {
        if (!success)
            fail(u"OpenSSL refused to compute SHA-256"_s);
    }

    struct Free
    {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> m_context{EVP_MD_CTX_new()};
};

static QCborValue hashFile(const FileAdded &event, Context &context)
{
    if (event.path.isEmpty())
        fail(u"No file to hash: the field \"path\" is empty"_s);
    FileReader file(event.path);
    const double size = double(file.size());
    constexpr size_t blockSize = 1 << 20;
    const auto block = std::make_unique_for_overwrite<unsigned char[]>(blockSize);
    Sha256 hash;
    qint64 bytes = 0;
    while (const size_t count = file.read(block.get(), blockSize)) {
        hash.add(block.get(), count);
        bytes += qint64(count);
        if (context.stopToken().stop_requested())
            fail(u"Asked to stop before the end of %1"_s.arg(event.path));
        if (count == blockSize)
            context.progress(double(bytes) / qMax(size, double(bytes)), {});
    }
    return QCborMap{{u"sha256"_s, hash.hex()}, {u"bytes"_s, bytes}};
}

class ChecksumPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "checksum.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    ChecksumPlugin()
    {
        typedEvent<FileAdded>();
        handler(u"sha256"_s)
            .summary(u"Computes the SHA-256 of the file"_s)
            .idempotent()
            .run<FileAdded>(&hashFile);
    }
};

#include "checksum.moc"
