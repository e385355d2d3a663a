// SPDX-License-Identifier: MIT
#include "fanfare/plugins/elffile.h"

#include <QFile>

#include <cstring>
#include <elf.h>
#include <link.h>

namespace Fanfare {

using Header = ElfW(Ehdr);
using Segment = ElfW(Phdr);

static constexpr int ownClass = sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32;

/// The header of this very program: what a usable library has in common with it.
static bool isOwnMachine(const Header &header)
{
    QFile self(QStringLiteral("/proc/self/exe"));
    Header own{};
    if (!self.open(QIODevice::ReadOnly)
        || self.read(reinterpret_cast<char *>(&own), sizeof own) != sizeof own) {
        return true; // nothing to compare with: the loader decides
    }
    return header.e_machine == own.e_machine && header.e_ident[EI_DATA] == own.e_ident[EI_DATA];
}

static bool hasAllSegments(QFile &file, const Header &header)
{
    if (header.e_phentsize != sizeof(Segment) || !file.seek(qint64(header.e_phoff)))
        return false;
    for (int i = 0; i < header.e_phnum; ++i) {
        Segment segment{};
        if (file.read(reinterpret_cast<char *>(&segment), sizeof segment) != sizeof segment)
            return false;
        const auto size = quint64(file.size());
        if (segment.p_filesz > size || segment.p_offset > size - segment.p_filesz)
            return false;
    }
    return true;
}

ElfVerdict inspectElf(const QString &path)
{
    QFile file(path);
    Header header{};
    if (!file.open(QIODevice::ReadOnly))
        return ElfVerdict::NotElf;
    const qint64 count = file.read(reinterpret_cast<char *>(&header), sizeof header);
    if (count < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return ElfVerdict::NotElf;
    if (count != sizeof header)
        return ElfVerdict::Truncated;
    if (header.e_ident[EI_CLASS] != ownClass || !isOwnMachine(header))
        return ElfVerdict::OtherMachine;
    if (header.e_type != ET_DYN)
        return ElfVerdict::NotElf;
    return hasAllSegments(file, header) ? ElfVerdict::Usable : ElfVerdict::Truncated;
}

template <typename Record>
static bool readAt(QFile &file, quint64 position, Record &record)
{
    return position <= quint64(file.size()) && file.seek(qint64(position))
        && file.read(reinterpret_cast<char *>(&record), sizeof record) == sizeof record;
}

static bool definesUnique(QFile &file, const ElfW(Shdr) & section)
{
    using Symbol = ElfW(Sym);
    if (section.sh_entsize != sizeof(Symbol) || section.sh_offset > quint64(file.size())
        || section.sh_size > quint64(file.size()) - section.sh_offset
        || !file.seek(qint64(section.sh_offset))) {
        return true;
    }
    const QByteArray bytes = file.read(qint64(section.sh_size));
    for (qsizetype at = 0; at + qsizetype(sizeof(Symbol)) <= bytes.size();
         at += qsizetype(sizeof(Symbol))) {
        Symbol symbol;
        std::memcpy(&symbol, bytes.constData() + at, sizeof symbol);
        const int binding = symbol.st_info >> 4; // the same for both sizes of ELF
        if (binding == STB_GNU_UNIQUE && symbol.st_shndx != SHN_UNDEF)
            return true;
    }
    return false;
}

bool hasUniqueSymbols(const QString &path)
{
    QFile file(path);
    Header header{};
    if (!file.open(QIODevice::ReadOnly) || !readAt(file, 0, header)
        || header.e_shentsize != sizeof(ElfW(Shdr))) {
        return true;
    }
    for (quint64 i = 0; i < header.e_shnum; ++i) {
        ElfW(Shdr) section{};
        if (!readAt(file, header.e_shoff + i * sizeof section, section))
            return true;
        if (section.sh_type == SHT_DYNSYM)
            return definesUnique(file, section);
    }
    return true;
}

} // namespace Fanfare
