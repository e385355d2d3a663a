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

option(FANFARE_PRECOMPILE "Precompile the headers of Qt: builds in half the time" OFF)

find_program(FANFARE_CCACHE ccache)
if(FANFARE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${FANFARE_CCACHE}")
    if(FANFARE_PRECOMPILE) # else ccache keeps nothing that uses a precompiled header
        list(PREPEND CMAKE_CXX_COMPILER_LAUNCHER
            "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros)
    endif()
endif()

include(GNUInstallDirs)

# fanfare_wait_for_threads(TARGET): see tests/threadends.cpp; it is compiled once for all.
function(fanfare_wait_for_threads target)
    if(NOT TARGET thread-ends)
        add_library(thread-ends OBJECT "${PROJECT_SOURCE_DIR}/tests/threadends.cpp")
        target_compile_options(thread-ends PRIVATE -fsanitize=${FANFARE_SANITIZE})
    endif()
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:thread-ends>)
endfunction()

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
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "SHARED_LIBRARY") # no definition of its own, so objects are those of a static one
        set_target_properties(${target} PROPERTIES DEFINE_SYMBOL "")
    endif()
    if(FANFARE_SANITIZE)
        target_compile_options(${target} PRIVATE -fsanitize=${FANFARE_SANITIZE}
            -fno-sanitize-recover=all -fno-omit-frame-pointer)
        target_link_options(${target} PRIVATE -fsanitize=${FANFARE_SANITIZE})
        if(type STREQUAL "EXECUTABLE" AND FANFARE_SANITIZE MATCHES "address")
            fanfare_wait_for_threads(${target})
        endif()
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

# fanfare_add_precompiled(NAME [HEADER...]): what fanfare_precompiled() can take. Its definitions have to
# be among those of the targets that take it.
function(fanfare_add_precompiled name)
    if(NOT FANFARE_PRECOMPILE)
        return()
    endif()
    set(source "${PROJECT_BINARY_DIR}/${name}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "")
    add_library(${name} STATIC "${source}")
    fanfare_target(${name})
    target_link_libraries(${name} PRIVATE Qt6::Core)
    target_compile_options(${name} PRIVATE -fpch-preprocess)
    set(headers algorithm atomic chrono functional map memory mutex optional random string thread
        unordered_map variant vector
        QByteArray QCborArray QCborMap QCborValue QCoreApplication QDateTime QDir QFile QFileInfo QFuture
        QHash QJsonArray QJsonDocument QJsonObject QList QMap QObject QProcess QPromise QSettings QString
        QStringList QThread QTimer QVariant ${ARGN}) # what many sources use: each costs all of them
    list(TRANSFORM headers REPLACE "(.+)" "<\\1>")
    target_precompile_headers(${name} PRIVATE ${headers})
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
endfunction()

# fanfare_precompiled(TARGET NAME): compiles TARGET with the precompiled headers NAME, if there are any.
# Sources still include what they use: the preset `release` has none.
function(fanfare_precompiled target name)
    if(TARGET ${name})
        target_compile_options(${target} PRIVATE -fpch-preprocess)
        target_precompile_headers(${target} REUSE_FROM ${name})
    endif()
endfunction()
