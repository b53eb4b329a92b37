// SPDX-License-Identifier: MIT
// Text from papers, made safe for where it goes. Pure functions; any bytes are accepted.
#pragma once
#include <string>
#include <string_view>

namespace digest::render {

enum class Keep { nothing, lines };  // what happens to line feeds and tabs: a space each, or left alone

// For terminals: controls (C0, DEL, C1) and bidirectional controls as visible escapes (\x1b, \u202e), ill-formed
// UTF-8 as U+FFFD. No text can move the cursor, change colours or turn the line around.
std::string printable(std::string_view text, Keep keep = Keep::nothing);

// The same characters in JSON text, inside strings, as JSON escapes: the value stays as it was.
std::string terminal_safe_json(std::string json);

// True for what printable() shows as an escape; line feed and tab included.
bool is_control(char32_t code_point);

}  // namespace digest::render
