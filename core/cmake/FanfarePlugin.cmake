# SPDX-License-Identifier: MIT
# fanfare_add_plugin(NAME SOURCES file... [METADATA file.json] [LIBRARIES target...]
#                    [OUTPUT_DIRECTORY dir] [OUTPUT_NAME name] [NO_TEST])
#
# Adds the handler plugin NAME as a loadable module. It sees Fanfare::Sdk, Qt6::Core, QCoro and
# what LIBRARIES names, nothing else of Fanfare. Hidden visibility, no STB_GNU_UNIQUE symbols and
# all symbols resolved at link time: what makes a plugin reloadable and its mistakes visible early.
# Where tests are enabled, the test validate_NAME runs fanfare-validate on it, unless NO_TEST.
function(fanfare_add_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "NO_TEST" "METADATA;OUTPUT_DIRECTORY;OUTPUT_NAME"
        "SOURCES;LIBRARIES")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR
            "fanfare_add_plugin(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_SOURCES)
        message(FATAL_ERROR "fanfare_add_plugin(${name}): SOURCES is missing")
    endif()
    # moc reads the metadata file and AUTOMOC runs it again when that file changes; as a source it
    # is checked for existence and shown in IDEs.
    add_library(${name} MODULE ${arg_SOURCES} ${arg_METADATA})
    set_target_properties(${name} PROPERTIES PREFIX "" AUTOMOC ON CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON)
    target_link_libraries(${name} PRIVATE Fanfare::Sdk ${arg_LIBRARIES})
    target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
    fanfare_plugin_flags(${name})
    fanfare_plugin_output(${name} "${arg_OUTPUT_DIRECTORY}" "${arg_OUTPUT_NAME}")
    if(FANFARE_VALIDATE AND NOT arg_NO_TEST)
        add_test(NAME validate_${name} COMMAND "${FANFARE_VALIDATE}" "$<TARGET_FILE:${name}>")
        set_tests_properties(validate_${name} PROPERTIES TIMEOUT 300 LABELS plugins
            ENVIRONMENT "LC_ALL=C.UTF-8")
    endif()
endfunction()

function(fanfare_plugin_flags name)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${name} PRIVATE -fno-gnu-unique)
    endif()
    # The run time of a sanitizer is linked to the program, not to its plugins.
    if(NOT FANFARE_SANITIZE)
        target_link_options(${name} PRIVATE -Wl,-z,defs -Wl,-z,now)
    endif()
endfunction()

function(fanfare_plugin_output name directory outputName)
    if(NOT directory)
        set(directory "${FANFARE_PLUGIN_OUTPUT_DIRECTORY}")
    endif()
    if(directory)
        set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${directory}")
    endif()
    if(outputName)
        set_target_properties(${name} PROPERTIES OUTPUT_NAME "${outputName}")
    endif()
endfunction()
