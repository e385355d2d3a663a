// SPDX-License-Identifier: MIT
#include "fanfare/plugins/foldertrust.h"

#include <array>
#include <cstring>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Fanfare {

/// A group of the user's name with nobody else in it.
static bool isPrivateGroup(gid_t group)
{
    if (group != getgid())
        return false;
    std::array<char, 4096> userText;
    std::array<char, 4096> groupText;
    passwd user = {};
    passwd *foundUser = nullptr;
    struct group found = {};
    struct group *foundGroup = nullptr;
    getpwuid_r(geteuid(), &user, userText.data(), userText.size(), &foundUser);
    getgrgid_r(group, &found, groupText.data(), groupText.size(), &foundGroup);
    return foundUser && foundGroup && std::strcmp(user.pw_name, found.gr_name) == 0
        && found.gr_mem[0] == nullptr;
}

Trust trustOf(const struct stat &status)
{
    if (status.st_uid != geteuid() && status.st_uid != 0)
        return Trust::ForeignOwner;
    if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX))
        return Trust::Trusted;
    if (status.st_mode & S_IWOTH)
        return Trust::Writable;
    const bool isOpenToGroup = (status.st_mode & S_IWGRP) && !isPrivateGroup(status.st_gid);
    return isOpenToGroup ? Trust::Writable : Trust::Trusted;
}

FolderTrust trustOfFoldersAbove(const QByteArray &real)
{
    for (qsizetype end = real.lastIndexOf('/'); end >= 0;
         end = end > 0 ? real.lastIndexOf('/', end - 1) : -1) {
        const QByteArray folder = end > 0 ? real.first(end) : QByteArray("/");
        struct stat status = {};
        if (lstat(folder.constData(), &status) != 0 || !S_ISDIR(status.st_mode))
            return {Trust::Writable, folder}; // it was exchanged while we looked
        if (const Trust trust = trustOf(status); trust != Trust::Trusted)
            return {trust, folder};
    }
    return {};
}

} // namespace Fanfare
