// SPDX-License-Identifier: MIT
#pragma once

namespace digest {
inline constexpr const char* kVersion = "0.1.0";
}
