// SPDX-License-Identifier: MIT
// From outside there is one program. The one that answers queries becomes the one that reads digests where needed.
#pragma once

namespace digest::cli {

// Does not return; Error(io) if the other program is not where it should be.
[[noreturn]] void become_other_program(char** argv);

}  // namespace digest::cli
