// SPDX-License-Identifier: MIT
// Counts as bars: in text, and as a drawing (SVG). Pure functions.
#pragma once
#include <digest/search.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "render/layout.hpp"

namespace digest::render {

std::string text_bars(const std::vector<FacetValue>& values, Layout layout);
std::string svg_bars(std::string_view heading, const std::vector<FacetValue>& values);

}  // namespace digest::render
