// SPDX-License-Identifier: MIT
#include "ingest/cleaning.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// Affiliations: "A. Doe (1 and 2), B. Roe ((1) Here, (2) There)".
std::string without_brackets(std::string_view raw) {
  std::string out;
  int depth = 0;
  for (const char c : raw) {
    if (c == '(') ++depth;
    if (depth == 0) out += is_blank(c) ? ' ' : c;
    if (c == ')' && depth > 0) --depth;
  }
  return depth == 0 ? out : std::string(raw);
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    const std::string_view part = trim(text.substr(0, at));
    if (!part.empty()) parts.push_back(part);
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

bool one_comma(std::string_view text) {
  const std::size_t comma = text.find(',');
  return comma != std::string_view::npos && text.find(',', comma + 1) == std::string_view::npos;
}

bool is_initials(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = is_upper(text[i]) || text[i] == '.' || text[i] == '-' || text[i] == ' ';
    if (!fits || (i > 0 && is_upper(text[i]) && is_upper(text[i - 1]) && text.size() > 3)) return false;
  }
  return !text.empty();
}

bool is_suffix(std::string_view text) {
  return text == "Jr." || text == "Jr" || text == "Sr." || text == "II" || text == "III" || text == "IV";
}

// "Doe, Jane" is one name, "J. Doe, R. Roe" two: a family name is one word, or begins with a particle.
bool is_family_name(std::string_view text) {
  return text.find(' ') == std::string_view::npos || is_lower(text.front());
}

// "García López, Ana": nobody is called "Ana" alone; "J. Doe, Plato" are two.
bool is_two_families(std::string_view text) {
  const std::size_t blank = text.find(' ');
  return blank != std::string_view::npos && text.find(' ', blank + 1) == std::string_view::npos && !is_initials(text.substr(0, blank)) &&
         !is_initials(text.substr(blank + 1));
}

void add(std::vector<std::string>& names, std::string_view name) {
  name = trim(name);
  if (starts_ignoring_case(name, "and ")) name = trim(name.substr(4));
  if (name == "..." || name == "\xE2\x80\xA6") return;  // "A. Doe, ..., Z. Roe"
  if (name.empty() || equals_ignoring_case(name, "others") || equals_ignoring_case(name, "et al.")) return;
  if (is_suffix(name) && !names.empty()) {
    names.back().append(", ").append(name);
  } else {
    names.emplace_back(name);
  }
}

void add_comma_list(std::vector<std::string>& names, std::string_view text) {
  const auto parts = split(text, ",");
  bool pairs = parts.size() >= 2 && parts.size() % 2 == 0;
  const bool one_name = parts.size() == 2 && is_two_families(parts[0]) && parts[1].find(' ') == std::string_view::npos;
  for (std::size_t i = 0; pairs && i < parts.size(); ++i) {
    pairs = i % 2 == 0 ? is_family_name(parts[i]) && !is_initials(parts[i]) : is_initials(parts[i]) || parts.size() == 2;
  }
  if (one_name) pairs = true;
  if (parts.size() == 2 && is_suffix(parts[1])) pairs = false;
  for (std::size_t i = 0; i < parts.size(); i += pairs ? 2 : 1) {
    add(names, pairs ? std::string(parts[i]) + ", " + std::string(parts[i + 1]) : std::string(parts[i]));
  }
}

// "Doe J, Roe R." of PubMed: the full stop ends the list, if no other name has one.
std::string_view without_full_stop(std::string_view text) {
  text = trim(text);
  const std::size_t comma = text.rfind(", ");
  if (comma == std::string_view::npos || !text.ends_with('.') || text.find('.') + 1 != text.size()) return text;
  const std::size_t blank = text.rfind(' ');
  const bool initials = blank > comma + 1 && text.size() - blank <= 5 && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(blank) + 1, text.end() - 1, is_upper);
  return initials ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

bool is_python_list(std::string_view text) { return text.size() >= 2 && text.front() == '[' && text.back() == ']'; }

std::vector<std::string> python_list(std::string_view text) {
  std::vector<std::string> out;
  text = text.substr(1, text.size() - 2);
  while (!(text = trim(text)).empty()) {
    const char quote = text.front();
    const bool quoted = quote == '\'' || quote == '"';
    std::size_t end = quoted ? text.find(quote, 1) : text.find(',');
    const std::string_view one = trim(text.substr(quoted ? 1 : 0, end == std::string_view::npos ? end : end - (quoted ? 1 : 0)));
    if (!one.empty()) out.emplace_back(one);
    end = end == std::string_view::npos ? end : text.find(',', end);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

std::vector<std::string> split_authors(std::string_view raw) {
  raw = without_full_stop(raw);
  if (is_python_list(raw) && (raw[1] == '\'' || raw[1] == '"')) return python_list(raw);
  const std::string text = raw.find_first_of("(\n\t") == std::string_view::npos ? std::string(raw) : without_brackets(raw);
  std::vector<std::string> names;
  if (text.find(';') != std::string::npos) {
    for (const auto part : split(text, ";")) add(names, part);
    return names;
  }
  const auto parts = split(text, " and ");
  bool family_first = parts.size() > 1;
  for (const auto part : parts) family_first = family_first && one_comma(part);
  for (const auto part : parts) {
    if (family_first || part.find(',') == std::string_view::npos) {
      add(names, part);
    } else {
      add_comma_list(names, part);
    }
  }
  return names;
}

}  // namespace digest::ingest
