# SPDX-License-Identifier: MIT
# Every dependency comes from the distribution. What is missing is named with the one line that installs it.
set(_digest_packages
    libcli11-dev nlohmann-json3-dev libfmt-dev libstemmer-dev libutf8proc-dev libzstd-dev libxxhash-dev
    libsimdjson-dev libexpat1-dev libgumbo-dev zlib1g-dev liblzma-dev libsqlite3-dev catch2)
string(JOIN " " _digest_install_line "apt-get install -y g++ cmake ninja-build pkg-config" ${_digest_packages})

function(digest_missing what)
  message(FATAL_ERROR "digest needs ${what}, which is not installed. This installs everything it needs:\n"
                      "    ${_digest_install_line}\n")
endfunction()

find_package(PkgConfig QUIET)
if(NOT PkgConfig_FOUND)
  digest_missing("pkg-config")
endif()
find_package(Threads REQUIRED)

foreach(_pair IN ITEMS "CLI11;CLI11" "nlohmann_json;nlohmann_json" "fmt;fmt" "simdjson;simdjson")
  list(GET _pair 0 _package)
  find_package(${_package} QUIET)
  if(NOT ${_package}_FOUND)
    digest_missing("${_package}")
  endif()
endforeach()

# Distributions have fmt as a shared library only: the query program, which is linked statically, compiles what it uses of
# it, again for each source; other builds need not.
add_library(digest_dep_fmt INTERFACE)
if(DIGEST_STATIC)
  target_link_libraries(digest_dep_fmt INTERFACE fmt::fmt-header-only)
else()
  target_link_libraries(digest_dep_fmt INTERFACE fmt::fmt)
endif()

# digest_archive(target name header): a C library, as an archive where the distribution has one, so that the
# query program can be linked statically.
function(digest_archive target name header)
  find_path(DIGEST_${target}_INCLUDE ${header})
  find_library(DIGEST_${target}_LIBRARY NAMES lib${name}.a ${name})
  if(NOT DIGEST_${target}_INCLUDE OR NOT DIGEST_${target}_LIBRARY)
    digest_missing("${name} (${header})")
  endif()
  mark_as_advanced(DIGEST_${target}_INCLUDE DIGEST_${target}_LIBRARY)
  add_library(digest_dep_${target} INTERFACE)
  target_include_directories(digest_dep_${target} SYSTEM INTERFACE "${DIGEST_${target}_INCLUDE}")
  target_link_libraries(digest_dep_${target} INTERFACE "${DIGEST_${target}_LIBRARY}")
endfunction()

digest_archive(stemmer stemmer libstemmer.h)
digest_archive(utf8proc utf8proc utf8proc.h)
digest_archive(zstd zstd zstd.h)
digest_archive(xxhash xxhash xxhash.h)
digest_archive(expat expat expat.h)
digest_archive(gumbo gumbo gumbo.h)
digest_archive(zlib z zlib.h)
digest_archive(lzma lzma lzma.h)
digest_archive(sqlite3 sqlite3 sqlite3.h)
target_compile_definitions(digest_dep_utf8proc INTERFACE UTF8PROC_STATIC)
