// SPDX-License-Identifier: MIT
// Spellings of one word made one: British as American English ("generalisation", "behaviour", "centre"), the
// irregular plurals of scientific English as their singular ("corpora", "matrices"), plurals of acronyms
// ("llms"). Takes and gives forms of the letters a-z. Pure functions, safe from any thread.
#pragma once
#include <string>
#include <string_view>

namespace digest::text {

std::string american_spelling(std::string_view form);

std::string singular_of_irregular(std::string_view form);

}  // namespace digest::text
