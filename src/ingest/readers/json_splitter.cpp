// SPDX-License-Identifier: MIT
#include "ingest/readers/json_splitter.hpp"

#include <algorithm>
#include <array>

namespace digest::ingest {
namespace {

constexpr auto kLists = std::to_array<std::string_view>(
    {"data",           "results",   "papers",        "items",      "notes",
     "entry",          "entries",   "dailyPapers",   "records",    "articles",
     "docs",           "documents", "hits",          "hit",        "works",
     "publications",   "rows",      "searchResults", "collection", "recommendedPapers",
     "organic_results"});
constexpr auto kWrappers =
    std::to_array<std::string_view>({"feed", "data", "message", "response", "result", "results", "resultList",
                                     "hits", "search", "search-results", "props"});

template <typename List>
bool contains(const List& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

}  // namespace

void JsonSplitter::keep(std::string_view text) {
  if (state_ == State::in_element && !too_long_) {
    text_ += text;
    if (text_.size() > kMaxElementBytes) {
      too_long_ = true;
      text_.clear();
      listener_.too_long(element_line_);
    }
  }
  if (!whole_wanted_) return;
  whole_ += text;
  if (whole_.size() > kMaxWholeBytes) {
    whole_wanted_ = false;
    std::string().swap(whole_);
  }
}

// The part of a string that needs no thought.
std::size_t JsonSplitter::run_of_string(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("\"\\\n"), text.size());
  keep(text.substr(0, end));
  if (end > 0) {
    column_ = -1;
    if (state_ == State::in_key && key_.size() < 64) key_ += text.substr(0, end);
  }
  return end;
}

void JsonSplitter::feed(std::string_view text) {
  while (!text.empty()) {
    if (in_string_ && !escaped_ && column_ < 0) {
      text.remove_prefix(run_of_string(text));
      if (text.empty()) return;
    }
    step(text.front());
    text.remove_prefix(1);
  }
}

void JsonSplitter::step(char c) {
  if (state_ == State::in_element && column_ >= 0 && !is_blank(c)) line_begins_with(c);
  if (in_string_ || depth_ > 0 || state_ == State::in_key) {
    inside_value(c);
  } else {
    structure(c);
  }
  if (c == '\n') {
    ++line_;
    column_ = 0;
  } else if (column_ >= 0) {
    column_ = is_blank(c) ? column_ + 1 : -1;
  }
}

// A line that begins as the element began means that the element's own end was lost: no string holds a line
// end, and what lies inside an indented element is indented further.
void JsonSplitter::line_begins_with(char c) {
  if (c != '{' || column_ != element_column_ || (depth_ == 0 && !in_string_) || line_ == element_line_)
    return;
  if (!in_string_ && element_column_ == 0) return;
  if (!too_long_) listener_.broken(element_line_);
  in_string_ = escaped_ = false;
  depth_ = 0;
  state_ = State::in_list;
}

void JsonSplitter::inside_value(char c) {
  if (in_string_) {
    keep({&c, 1});
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      if (state_ == State::in_key) state_ = State::after_key;
    }
    return;
  }
  keep({&c, 1});
  if (c == '"') {
    in_string_ = true;
  } else if (c == '{' || c == '[') {
    ++depth_;
  } else if ((c == '}' || c == ']') && --depth_ == 0) {
    if (state_ == State::in_element) end_element();
    state_ = path_.empty() ? State::outside : path_.back() == '{' ? State::in_object : State::in_list;
  }
}

void JsonSplitter::structure(char c) {
  switch (state_) {
    case State::outside:
      if (c != '{' && c != '[') return;
      document_line_ = line_;
      one_paper_ = false;
      whole_.clear();
      whole_wanted_ = c == '{';
      keep({&c, 1});
      path_.assign(1, c);
      state_ = c == '{' ? State::in_object : State::in_list;
      list_is_empty_ = true;
      return;
    case State::in_list:
      if (!is_blank(c) && c != ']') list_is_empty_ = false;
      if (c == '{' || c == '[') return begin_element(c);
      keep({&c, 1});
      if (c == '"') {
        in_string_ = true;  // a list of strings has no papers; its strings are passed over
      } else if (c == ']' || c == '}') {
        end_container();
      }
      return;
    case State::in_object:
      keep({&c, 1});
      if (c == '"') {
        key_.clear();
        in_string_ = true;
        state_ = State::in_key;
      } else if (c == '}' || c == ']') {
        end_container();
      }
      return;
    case State::after_key:
      if (is_blank(c) || c == ':') return keep({&c, 1});
      return value_begins(c);
    default:  // a scalar that is passed over, up to its comma or the end of its object
      if (c == ',' || c == '}' || c == ']') {
        state_ = State::in_object;
        structure(c);
      } else {
        keep({&c, 1});
      }
      return;
  }
}

void JsonSplitter::value_begins(char c) {
  if (path_.size() == 1 && key_ == "abstract") one_paper_ = true;
  if (c == '[' && !one_paper_ && contains(kLists, key_)) {
    keep({&c, 1});
    path_ += '[';
    state_ = State::in_list;
    list_is_empty_ = true;
    return;
  }
  if (c == '{' && !one_paper_ && contains(kWrappers, key_) && path_.size() < 8) {
    keep({&c, 1});
    path_ += '{';
    state_ = State::in_object;
    return;
  }
  state_ = State::in_skipped;
  keep({&c, 1});
  if (c == '"') in_string_ = true;
  if (c == '{' || c == '[') depth_ = 1;
  if (c == '}' || c == ']') end_container();
}

void JsonSplitter::begin_element(char c) {
  if (c == '{') {  // the list is found: the document need not be held any longer
    whole_wanted_ = false;
    std::string().swap(whole_);
  }
  state_ = State::in_element;
  element_line_ = line_;
  element_column_ = column_;
  too_long_ = false;
  text_.clear();
  depth_ = 1;
  keep({&c, 1});
}

void JsonSplitter::end_element() {
  if (!too_long_) listener_.element(text_, element_line_);
  text_.clear();
  if (text_.capacity() > kMaxElementBytes / 4) std::string().swap(text_);
}

void JsonSplitter::end_container() {
  if (state_ == State::in_list && list_is_empty_) ++empty_lists_;
  if (!path_.empty()) path_.pop_back();
  if (!path_.empty()) {
    state_ = path_.back() == '{' ? State::in_object : State::in_list;
    return;
  }
  state_ = State::outside;
  if (!whole_wanted_) return;
  whole_wanted_ = false;
  listener_.document(whole_, document_line_);
  std::string().swap(whole_);
}

void JsonSplitter::finish() {
  if (state_ == State::outside) return;
  const bool inside = state_ == State::in_element || whole_wanted_;
  if (state_ == State::in_element && too_long_) return;  // already reported
  listener_.cut_short(state_ == State::in_element ? element_line_
                      : whole_wanted_             ? document_line_
                                                  : line_,
                      inside);
}

}  // namespace digest::ingest
