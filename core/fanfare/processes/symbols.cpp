// SPDX-License-Identifier: MIT
#include "fanfare/processes/symbols.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <elf.h>
#include <link.h>

namespace Fanfare {

using Header = ElfW(Ehdr);
using Segment = ElfW(Phdr);
using Section = ElfW(Shdr);
using Symbol = ElfW(Sym);

/// What lies at \a offset of a file, which may claim anything about itself.
template <typename T>
static bool readAt(QByteArrayView bytes, quint64 offset, T &thing)
{
    if (offset > quint64(bytes.size()) || sizeof(T) > quint64(bytes.size()) - offset)
        return false;
    std::memcpy(&thing, bytes.data() + offset, sizeof(T));
    return true;
}

ElfSymbols::ElfSymbols(const QString &path)
    : m_file(path)
{
    if (!m_file.open(QIODevice::ReadOnly))
        return;
    const uchar *const memory = m_file.map(0, m_file.size());
    if (memory && m_file.size() > qint64(sizeof(Header)) && !std::memcmp(memory, ELFMAG, SELFMAG))
        m_bytes = QByteArrayView(memory, m_file.size());
}

void ElfSymbols::resolve(CrashFrame &frame) const
{
    if (m_bytes.isEmpty())
        return;
    frame.offset = addressOf(frame.offset);
    findFunction(frame);
}

/// Where a place in the file is in memory, relative to where the library was loaded.
quint64 ElfSymbols::addressOf(quint64 fileOffset) const
{
    Header header;
    readAt(m_bytes, 0, header);
    for (quint64 i = 0; i < header.e_phnum; ++i) {
        Segment segment;
        if (!readAt(m_bytes, header.e_phoff + i * sizeof segment, segment))
            break;
        const bool isInside =
            fileOffset >= segment.p_offset && fileOffset - segment.p_offset < segment.p_filesz;
        if (segment.p_type == PT_LOAD && isInside)
            return fileOffset - segment.p_offset + segment.p_vaddr;
    }
    return fileOffset;
}

/// The zero-terminated text at \a offset, or an empty one.
static QByteArrayView textAt(QByteArrayView bytes, quint64 offset)
{
    if (offset >= quint64(bytes.size()))
        return {};
    const QByteArrayView rest = bytes.sliced(qsizetype(offset));
    const qsizetype end = rest.indexOf('\0');
    return end < 0 ? QByteArrayView() : rest.first(end);
}

static QString demangled(QByteArrayView name)
{
    int status = 0;
    char *const text = abi::__cxa_demangle(name.toByteArray(), nullptr, nullptr, &status);
    const QString result = status == 0 ? QString::fromUtf8(text) : QString::fromUtf8(name);
    std::free(text);
    return result;
}

/// The symbol of \a table that the address lies in.
static bool findSymbol(QByteArrayView bytes, const Section &table, quint64 address, Symbol &found)
{
    for (quint64 at = 0; at + sizeof(Symbol) <= table.sh_size; at += sizeof(Symbol)) {
        Symbol symbol;
        if (!readAt(bytes, table.sh_offset + at, symbol))
            return false;
        const bool isFunction = (symbol.st_info & 0xf) == STT_FUNC && symbol.st_value != 0;
        if (isFunction && address >= symbol.st_value
            && address - symbol.st_value < std::max<quint64>(symbol.st_size, 1)) {
            found = symbol;
            return true;
        }
    }
    return false;
}

void ElfSymbols::findFunction(CrashFrame &frame) const
{
    Header header;
    readAt(m_bytes, 0, header);
    for (quint64 i = 0; i < header.e_shnum; ++i) {
        Section table;
        Section names;
        Symbol symbol;
        if (!readAt(m_bytes, header.e_shoff + i * sizeof table, table))
            return;
        if (table.sh_type != SHT_SYMTAB && table.sh_type != SHT_DYNSYM)
            continue;
        if (!readAt(m_bytes, header.e_shoff + table.sh_link * sizeof names, names)
            || !findSymbol(m_bytes, table, frame.offset, symbol)) {
            continue;
        }
        frame.function = demangled(textAt(m_bytes, names.sh_offset + symbol.st_name));
        frame.distance = frame.offset - symbol.st_value;
        return;
    }
}

/// One line of /proc/PID/maps: "from-to rights offset device inode   path".
static bool readMapping(QByteArrayView line, quint64 address, CrashFrame &frame)
{
    const QByteArray text = line.toByteArray();
    unsigned long long from = 0;
    unsigned long long to = 0;
    unsigned long long offset = 0;
    int pathAt = 0;
    if (std::sscanf(text.constData(), "%llx-%llx %*s %llx %*s %*s %n", &from, &to, &offset, &pathAt)
            != 3
        || address < from || address >= to) {
        return false;
    }
    if (pathAt > 0 && text.mid(pathAt).startsWith('/')) {
        frame.module = QString::fromLocal8Bit(text.mid(pathAt));
        frame.offset = address - from + offset;
    }
    return true;
}

CrashFrame Symbolizer::frameAt(quint64 address, bool isReturn)
{
    CrashFrame frame;
    const quint64 place = isReturn && address > 0 ? address - 1 : address;
    for (QByteArrayView rest = m_maps; !rest.isEmpty();) {
        const qsizetype end = rest.indexOf('\n');
        const QByteArrayView line = end < 0 ? rest : rest.first(end);
        if (readMapping(line, place, frame))
            break;
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    }
    frame.address = address;
    if (frame.module.isEmpty())
        return frame;
    auto &module = m_modules[frame.module];
    if (!module)
        module = std::make_shared<ElfSymbols>(frame.module);
    module->resolve(frame);
    return frame;
}

} // namespace Fanfare
