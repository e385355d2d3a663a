// SPDX-License-Identifier: MIT
// P1: files that are no usable plugin for what they are.
#include "bar.h"
#include "scanning.h"

#include <fanfare/base/clock.h>
#include <fanfare/plugins/filevetting.h>

#include <QRandomGenerator>

#include <elf.h>
#include <functional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

namespace {

struct Kind
{
    QString name;
    QString code;
    std::function<void(const QString &path)> make;
};

} // namespace

static Kind bytes(const QString &name, const QString &code, const QByteArray &content)
{
    return {name, code, [content](const QString &path) { writeInPlace(path, content); }};
}

static Kind fixture(const QString &name, const QString &code)
{
    QFile file(versionedFixture(name));
    return bytes(name, code, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
}

static Kind copyOf(const QString &name, const QString &code, const QString &source)
{
    QFile file(source);
    return bytes(name, code, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
}

static Kind linkTo(const QString &name, const QString &code, const QByteArray &target)
{
    return {name, code, [target](const QString &path) {
                (void)!symlink(target.constData(), QFile::encodeName(path).constData());
            }};
}

static Kind withHeader(const QString &name, const QString &code,
                       const std::function<void(Elf64_Ehdr &)> &change)
{
    QByteArray content = versionedBuild(1);
    change(*reinterpret_cast<Elf64_Ehdr *>(content.data()));
    return bytes(name, code, content);
}

static Kind withBytes(const QString &name, const QString &code, const QByteArray &mark,
                      qsizetype offset, const QByteArray &text)
{
    QByteArray content = versionedBuild(1);
    for (qsizetype at = content.indexOf(mark); at >= 0; at = content.indexOf(mark, at + 1))
        content.replace(at + offset, text.size(), text);
    return bytes(name, code, content);
}

static QByteArray randomBytes(qsizetype size)
{
    QRandomGenerator random(1);
    QByteArray content(size, '\0');
    for (char &byte : content)
        byte = char(random.bounded(256));
    return content;
}

static void addFormats(std::vector<Kind> &kinds)
{
    const QString no = u"not-a-library"_s;
    kinds.push_back(bytes(u"empty"_s, no, {}));
    kinds.push_back(bytes(u"one-byte"_s, no, "x"));
    kinds.push_back(bytes(u"text"_s, no, "This is a text.\n"));
    kinds.push_back(bytes(u"script"_s, no, "#!/bin/sh\nexit 0\n"));
    kinds.push_back(bytes(u"zeros"_s, no, QByteArray(100'000, '\0')));
    kinds.push_back(bytes(u"random"_s, no, randomBytes(100'000)));
    kinds.push_back(bytes(u"magic-only"_s, u"truncated"_s, "\177ELF"));
    kinds.push_back(
        bytes(u"magic-and-random"_s, u"wrong-architecture"_s, "\177ELF" + randomBytes(100'000)));
    kinds.push_back(bytes(u"windows"_s, no, "MZ" + QByteArray(4000, '\0')));
    kinds.push_back(bytes(u"macos"_s, no, "\xcf\xfa\xed\xfe" + QByteArray(4000, '\0')));
    kinds.push_back(bytes(u"archive"_s, no, "!<arch>\nfoo"));
    const auto machine = [](int number) {
        return [number](Elf64_Ehdr &header) { header.e_machine = Elf64_Half(number); };
    };
    const QString other = u"wrong-architecture"_s;
    kinds.push_back(withHeader(u"arm"_s, other, machine(EM_ARM)));
    kinds.push_back(withHeader(u"bpf"_s, other, machine(EM_BPF)));
    kinds.push_back(withHeader(u"riscv"_s, other, machine(EM_RISCV)));
    kinds.push_back(withHeader(u"32-bit"_s, other,
                               [](Elf64_Ehdr &header) { header.e_ident[EI_CLASS] = ELFCLASS32; }));
    kinds.push_back(withHeader(u"big-endian"_s, other,
                               [](Elf64_Ehdr &header) { header.e_ident[EI_DATA] = ELFDATA2MSB; }));
    const auto type = [](int number) {
        return [number](Elf64_Ehdr &header) { header.e_type = Elf64_Half(number); };
    };
    kinds.push_back(withHeader(u"program"_s, no, type(ET_EXEC)));
    kinds.push_back(withHeader(u"object-file"_s, no, type(ET_REL)));
    kinds.push_back(withHeader(u"core-dump"_s, no, type(ET_CORE)));
    kinds.push_back(withHeader(u"segment-size"_s, u"truncated"_s,
                               [](Elf64_Ehdr &header) { header.e_phentsize = 7; }));
    kinds.push_back(withHeader(u"segments-outside"_s, u"truncated"_s,
                               [](Elf64_Ehdr &header) { header.e_phoff = Elf64_Off(1) << 40; }));
}

static void addCuts(std::vector<Kind> &kinds)
{
    const QByteArray content = versionedBuild(1);
    for (const int size : {16, 63, 64, 100, 1000})
        kinds.push_back(bytes(u"cut-%1"_s.arg(size), u"truncated"_s, content.first(size)));
    const auto *const header = reinterpret_cast<const Elf64_Ehdr *>(content.constData());
    qint64 end = 0; // of what the loader maps
    for (int i = 0; i < header->e_phnum; ++i) {
        const auto *const segment = reinterpret_cast<const Elf64_Phdr *>(
            content.constData() + header->e_phoff + size_t(i) * header->e_phentsize);
        end = std::max(end, qint64(segment->p_offset + segment->p_filesz));
    }
    for (const int percent : {10, 50, 90})
        kinds.push_back(bytes(u"cut-%1-percent"_s.arg(percent), u"truncated"_s,
                              content.first(qsizetype(end * percent / 100))));
    kinds.push_back(bytes(u"cut-last-byte"_s, u"truncated"_s, content.first(end - 1)));
}

static void addMetadata(std::vector<Kind> &kinds)
{
    const QByteArray mark = "qt-project!"; // then: 0, format, Qt major, Qt minor, flags, CBOR
    const QString none = u"no-plugin-metadata"_s;
    kinds.push_back(copyOf(u"true"_s, none, u"/bin/true"_s));
    kinds.push_back(copyOf(u"libz"_s, none, u"/lib/x86_64-linux-gnu/libz.so.1"_s));
    kinds.push_back(withBytes(u"garbage"_s, none, mark, 16, QByteArray(40, '\xff')));
    kinds.push_back(withBytes(u"no-mark"_s, none, mark, 0, "XXXXXXXXXXX"));
    kinds.push_back(withBytes(u"qt-6-9"_s, u"needs-qt"_s, mark, 13, "\6\11"));
    kinds.push_back(withBytes(u"qt-5-15"_s, u"needs-qt"_s, mark, 13, "\5\17"));
    kinds.push_back(withBytes(u"qt-7-0"_s, u"needs-qt"_s, mark, 13, QByteArray("\7\0", 2)));
    kinds.push_back(fixture(u"no-metadata"_s, none));
    kinds.push_back(fixture(u"wrong-iid"_s, u"foreign-plugin"_s));
    kinds.push_back(fixture(u"newer-iid"_s, u"needs-fanfare-abi"_s));
    kinds.push_back(fixture(u"bad-metadata"_s, u"bad-metadata"_s));
    kinds.push_back(fixture(u"other-interface"_s, u"wrong-interface"_s));
    kinds.push_back(fixture(u"missing-handler"_s, u"handlers-differ"_s));
    kinds.push_back(fixture(u"odd-table"_s, u"bad-description"_s));
    kinds.push_back(fixture(u"missing-symbol"_s, u"missing-symbol"_s));
    kinds.push_back(
        withBytes(u"missing-library"_s, u"missing-library"_s, "libQt6Core.so.6", 5, "X"));
    kinds.push_back(bytes(u"the-good-one"_s, {}, versionedBuild(1)));
    kinds.push_back(bytes(u"the-same-id"_s, u"duplicate-id"_s, versionedBuild(2)));
}

static void makeSocket(const QString &path)
{
    const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, QFile::encodeName(path).constData(), sizeof address.sun_path);
    (void)bind(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address);
    close(descriptor);
}

static void addEntries(std::vector<Kind> &kinds)
{
    const QString no = u"not-a-library"_s;
    kinds.push_back({u"folder"_s, no, [](const QString &path) {
                         mkdir(QFile::encodeName(path).constData(), 0755);
                     }});
    kinds.push_back({u"fifo"_s, no, [](const QString &path) {
                         mkfifo(QFile::encodeName(path).constData(), 0644);
                     }});
    kinds.push_back({u"socket"_s, u"unreadable"_s, &makeSocket});
    kinds.push_back(linkTo(u"null-device"_s, no, "/dev/null"));
    kinds.push_back(linkTo(u"endless-device"_s, no, "/dev/zero"));
    kinds.push_back(linkTo(u"dangling-link"_s, u"unreadable"_s, "nowhere.so"));
    kinds.push_back(linkTo(u"link-to-itself"_s, u"unreadable"_s, "link-to-itself.so"));
    kinds.push_back({u"of-the-world"_s, u"writable-by-others"_s, [](const QString &path) {
                         writeInPlace(path, versionedBuild(3));
                         chmod(QFile::encodeName(path).constData(), 0666);
                     }});
    kinds.push_back({u"too-big"_s, u"too-big"_s, [](const QString &path) {
                         writeInPlace(path, versionedBuild(4));
                         (void)!truncate(QFile::encodeName(path).constData(),
                                         maximumPluginSize + 1);
                     }});
    kinds.push_back(bytes(u"new\nline"_s, u"bad-file-name"_s, versionedBuild(5)));
}

BarResult runStructural(Effort)
{
    std::vector<Kind> kinds;
    addFormats(kinds);
    addCuts(kinds);
    addMetadata(kinds);
    addEntries(kinds);
    Scanning scanning;
    for (const Kind &kind : kinds)
        kind.make(scanning.file(kind.name + u".so"_s));

    const qint64 start = MonotonicClock::now();
    BarResult result;
    if (!scanning.scan())
        result.problem = u"The scan did not end."_s;
    const qint64 took = (MonotonicClock::now() - start) / 1'000'000;

    QStringList wrong;
    for (const Kind &kind : kinds) {
        const PluginFact *const fact = scanning.fact(kind.name + u".so"_s);
        const QString code = fact ? fact->code : u"nothing"_s;
        if (code != kind.code || (fact && fact->isActive != kind.code.isEmpty()))
            wrong.append(u"%1 is \"%2\" and not \"%3\""_s.arg(kind.name, code, kind.code));
    }
    if (!wrong.isEmpty())
        result.problem = wrong.join(u", "_s);
    result.figures = {{u"kinds"_s, int(kinds.size()) - 1},
                      {u"msEach"_s, double(took) / double(kinds.size())}};
    return result;
}
