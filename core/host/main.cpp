// SPDX-License-Identifier: MIT
#include "guard.h"
#include "roles.h"

#include <cstdio>
#include <string_view>

int main(int argc, char **argv)
{
    const struct
    {
        std::string_view name;
        int (*run)(int argc, char **argv);
    } roles[] = {{"engine", &Fanfare::runEngine},
                 {"guard", &Fanfare::runGuard},
                 {"probe", &Fanfare::runProbe},
                 {"worker", &Fanfare::runWorker}};
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    for (const auto &role : roles) {
        if (role.name == wanted)
            return role.run(argc, argv);
    }
    std::fputs("fanfare-host is started by Fanfare and by fanfare-cli; run one of them instead.\n",
               stderr);
    return 2;
}
