// SPDX-License-Identifier: MIT
#include "ingest/recognise.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

bool has_extension(const Format& format, std::string_view file) {
  for (const std::string_view container : {".gz", ".zst", ".xz"}) {
    if (file.size() > container.size() && file.substr(file.size() - container.size()) == container) file.remove_suffix(container.size());
  }
  const std::size_t dot = file.find_last_of("./");
  if (dot == std::string_view::npos || file[dot] != '.') return false;
  const std::string extension = lower_case(file.substr(dot + 1));
  return std::find(format.extensions.begin(), format.extensions.end(), extension) != format.extensions.end();
}

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (to_lower(a[i]) == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::vector<Candidate> recognise(std::string_view head, std::string_view file) {
  std::vector<Candidate> found;
  for (const Format& format : formats()) {
    Recognition recognition = format.recognise(head);
    if (recognition.score > 0) found.push_back(Candidate{&format, std::move(recognition)});
  }
  std::stable_sort(found.begin(), found.end(), [&](const Candidate& a, const Candidate& b) {
    if (a.recognition.score != b.recognition.score) return a.recognition.score > b.recognition.score;
    return has_extension(*a.format, file) && !has_extension(*b.format, file);
  });
  return found;
}

const Format& format_named(std::string_view name) {
  const Format* nearest = nullptr;
  std::size_t fewest = name.size();
  std::string all;
  for (const Format& format : formats()) {
    if (format.name == name) return format;
    all += all.empty() ? "" : ", ";
    all += format.name;
    const std::size_t distance = name.size() > 40 ? fewest : edits(name, format.name);
    if (distance < fewest) fewest = distance, nearest = &format;
  }
  const std::string hint = nearest == nullptr || fewest > 3 ? std::string() : fmt::format(" Did you mean \"{}\"?", nearest->name);
  throw Error(ErrorKind::usage, fmt::format("There is no format \"{}\".{} The formats are: {}.", name.substr(0, 40), hint, all));
}

}  // namespace digest::ingest
