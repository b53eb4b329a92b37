// SPDX-License-Identifier: MIT
#pragma once
#include <string>

namespace digest::cli {

// Gives an address (checked by the caller: http, https, ftp, printable) to $BROWSER or the desktop's opener; never
// through a shell. Error(io) if there is none.
void open_address(const std::string& address);

}  // namespace digest::cli
