# SPDX-License-Identifier: MIT
# What goes into each kind of package (read by cpack, once a generator). Headers and archive are for `cmake --install`.
set(_folder "${CPACK_DIGEST_BUILT_IN}")
if(CPACK_GENERATOR STREQUAL "DEB")
  set(_components programs debian)
else()
  set(_components programs portable)
endif()
set(CPACK_INSTALL_CMAKE_PROJECTS "")
foreach(_component IN LISTS _components)
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS "${_folder}" digest "${_component}" "/")
endforeach()
