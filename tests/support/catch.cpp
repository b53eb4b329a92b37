// SPDX-License-Identifier: MIT
// CMake wants one source to compile Catch2's header ahead for; the tests take it from here.
#include "support/catch.hpp"
