# SPDX-License-Identifier: MIT
# `cmake --install`: the programs, the man page and completions, and for other programs the headers, the libraries and
# find_package(digest). `cpack`, or `cmake --workflow --preset package`: a .deb and a .tar.gz of it.
include(CMakePackageConfigHelpers)

# digest-ingest is no command of its own: `digest` finds it in libexec.
install(TARGETS digest RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)
install(TARGETS digest-ingest RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/digest COMPONENT programs)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT programs)

# The program writes its own completions and man page, so that they cannot drift from its flags.
foreach(_pair IN ITEMS "completion bash;bash-completion/completions/digest" "completion zsh;zsh/site-functions/_digest"
        "completion fish;fish/vendor_completions.d/digest.fish" "help man;man/man1/digest.1")
  list(GET _pair 0 _words)
  string(REPLACE " " "." _made "${_words}")
  list(GET _pair 1 _place)
  get_filename_component(_folder "${CMAKE_INSTALL_DATADIR}/${_place}" DIRECTORY)
  get_filename_component(_file "${_place}" NAME)
  install(CODE "execute_process(COMMAND \"$<TARGET_FILE:digest>\" ${_words}
    OUTPUT_FILE \"${PROJECT_BINARY_DIR}/${_made}\" RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR \"digest ${_words} failed\")
    endif()" COMPONENT programs)
  install(FILES "${PROJECT_BINARY_DIR}/${_made}" DESTINATION "${_folder}" RENAME "${_file}" COMPONENT programs)
endforeach()

# For other programs: the floors up to search as one archive, and the headers of their rooms.
set(_objects "")
foreach(_floor IN ITEMS base storage input text identity ingest query index search)
  if(TARGET digest_${_floor})
    list(APPEND _objects $<TARGET_OBJECTS:digest_${_floor}>)
  endif()
endforeach()
add_library(digest_all_floors STATIC ${_objects})
set_target_properties(digest_all_floors PROPERTIES OUTPUT_NAME digest LINKER_LANGUAGE CXX)
set(DIGEST_LIBRARY_NEEDS zstd stemmer utf8proc xxhash simdjson expat gumbo z lzma)
list(TRANSFORM DIGEST_LIBRARY_NEEDS PREPEND -l OUTPUT_VARIABLE DIGEST_LIBRARY_FLAGS)
string(JOIN " " DIGEST_LIBRARY_FLAGS ${DIGEST_LIBRARY_FLAGS})

configure_package_config_file(src/cmake/digest-config.cmake.in "${PROJECT_BINARY_DIR}/digest-config.cmake"
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/digest PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/digest-config-version.cmake" COMPATIBILITY SameMinorVersion)
configure_file(src/cmake/digest.pc.in "${PROJECT_BINARY_DIR}/digest.pc" @ONLY)
install(TARGETS digest_all_floors ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY include/digest DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
foreach(_room IN ITEMS base storage text ingest query index search)
  install(DIRECTORY src/${_room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/digest/rooms COMPONENT development FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(FILES "${PROJECT_BINARY_DIR}/digest-config.cmake" "${PROJECT_BINARY_DIR}/digest-config-version.cmake"
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/digest COMPONENT development)
install(FILES "${PROJECT_BINARY_DIR}/digest.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
install(DIRECTORY data/schema DESTINATION "${CMAKE_INSTALL_DATADIR}/digest" COMPONENT programs)

# What only the .deb has: the licence and zsh's completions where Debian looks for them.
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/digest-papers" RENAME copyright COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES "${PROJECT_BINARY_DIR}/completion.zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" RENAME _digest
  COMPONENT debian EXCLUDE_FROM_ALL)

# What only the .tar.gz has: the shared libraries of digest-ingest and their loader, with which `digest` starts it, so
# that it runs on a system that has neither these nor this version of the C library.
install(CODE "
  file(GET_RUNTIME_DEPENDENCIES EXECUTABLES \"$<TARGET_FILE:digest-ingest>\" RESOLVED_DEPENDENCIES_VAR libraries UNRESOLVED_DEPENDENCIES_VAR missing)
  if(missing)
    message(FATAL_ERROR \"digest-ingest needs libraries that are not here: \${missing}\")
  endif()
  foreach(library IN LISTS libraries)
    file(INSTALL \"\${library}\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBEXECDIR}/digest/lib\" FOLLOW_SYMLINK_CHAIN)
    if(library MATCHES \"/ld-linux[^/]*$\")
      file(INSTALL \"\${library}\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBEXECDIR}/digest/lib\" FOLLOW_SYMLINK_CHAIN USE_SOURCE_PERMISSIONS)
      get_filename_component(name \"\${library}\" NAME)
      file(CREATE_LINK \"\${name}\" \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBEXECDIR}/digest/lib/loader\" SYMBOLIC)
    endif()
  endforeach()" COMPONENT portable EXCLUDE_FROM_ALL)

set(CPACK_PACKAGE_NAME digest-papers)
set(CPACK_PACKAGE_VENDOR "The digest authors")
set(CPACK_PACKAGE_CONTACT "The digest authors <digest@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "searchable index of research-paper digests")
set(CPACK_PACKAGE_DESCRIPTION "digest reads titles and abstracts out of digests (newsletters, mails, feeds, BibTeX, JSON\n and others), keeps them in an index on disk and ranks them with BM25.")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_DIGEST_BUILT_IN "${PROJECT_BINARY_DIR}")
set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/src/cmake/DigestPackageContents.cmake")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
include(CPack)
