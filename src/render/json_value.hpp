// SPDX-License-Identifier: MIT
// The one JSON type that output is built of: keys in the order they were added.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace digest::render {

using Json = nlohmann::ordered_json;

// One line of valid UTF-8, safe to show on a terminal.
std::string dump(const Json& value);

}  // namespace digest::render
