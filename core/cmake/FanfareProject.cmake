# SPDX-License-Identifier: MIT
# Settings every target of this repository shares. Outsiders never include this file.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(FANFARE_PLUGIN_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib/fanfare/plugins")

# What fanfare_add_plugin() tests plugins with.
if(FANFARE_BUILD_TESTS AND FANFARE_BUILD_APP)
    set(FANFARE_VALIDATE "$<TARGET_FILE:fanfare-validate>")
endif()

option(FANFARE_WERROR "Warnings are errors" OFF)
set(FANFARE_SANITIZE "" CACHE STRING "Value for -fsanitize=, empty for none")

find_program(FANFARE_CCACHE ccache)
if(FANFARE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${FANFARE_CCACHE}")
endif()

include(GNUInstallDirs)

# fanfare_target(TARGET): warnings, Qt definitions and sanitizers of the house.
function(fanfare_target target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
        -Woverloaded-virtual -Wno-missing-field-initializers)
    if(FANFARE_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII
        QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
        QT_DISABLE_DEPRECATED_BEFORE=0x060400 FANFARE_VERSION="${PROJECT_VERSION}")
    if(FANFARE_SANITIZE)
        target_compile_options(${target} PRIVATE -fsanitize=${FANFARE_SANITIZE}
            -fno-sanitize-recover=all -fno-omit-frame-pointer)
        target_link_options(${target} PRIVATE -fsanitize=${FANFARE_SANITIZE})
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            # g++ 12 warns falsely about code that the sanitizers instrument.
            target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
        endif()
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND FANFARE_SANITIZE STREQUAL "thread")
            # Fences are unknown to ThreadSanitizer; what they order here is atomic itself.
            target_compile_options(${target} PRIVATE -Wno-tsan)
        endif()
    endif()
endfunction()
