// SPDX-License-Identifier: MIT
// Names and dates that XML gives in pieces, in an order of its own: a part that is there already begins the next one.
// Threads: belongs to one reader.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/readers/scan.hpp"

namespace digest::ingest {

class XmlPeople {
 public:
  // One of several given names of a person, before the family name.
  void forename(std::string name) {
    if (!family_.empty()) end_name();
    given_ += (given_.empty() ? "" : " ") + std::move(name);
  }
  void family(std::string name) {
    if (!family_.empty()) end_name();
    family_ = std::move(name);
  }
  void given(std::string name) {
    if (!given_.empty()) end_name();
    given_ = std::move(name);
  }
  // "Jr.", "III", behind the name.
  void suffix(std::string text) { suffix_ = std::move(text); }
  void whole(std::string name) {
    end_name();
    if (!name.empty() && names_.size() < kMostNames) names_.push_back(std::move(name));
  }
  std::vector<std::string> take() {
    end_name();
    return std::move(names_);
  }

 private:
  static constexpr std::size_t kMostNames = 10'000;  // collaborations at CERN have 5,000

  void end_name() {
    std::string name = std::exchange(given_, {});
    const std::string family = std::exchange(family_, {}), suffix = std::exchange(suffix_, {});
    if (family.empty()) return;
    if (!name.empty()) name += ' ';
    name += family;
    if (!suffix.empty()) name += ' ' + suffix;
    if (names_.size() < kMostNames) names_.push_back(std::move(name));
  }

  std::vector<std::string> names_;
  std::string family_, given_, suffix_;
};

// The most exact of several dates, the first of those that are equally exact.
class XmlDate {
 public:
  void year(std::string_view text) { set(year_, text); }
  void month(std::string_view text) { set(month_, text); }
  void day(std::string_view text) { set(day_, text); }
  std::string take() {
    end_date();
    return std::move(best_);
  }

 private:
  void set(std::string& part, std::string_view text) {
    if (!part.empty()) end_date();
    part = text;
  }
  void end_date() {
    std::string date = scan::date_of_parts(year_, month_, day_);
    if (date.size() > best_.size()) best_ = std::move(date);
    year_.clear();
    month_.clear();
    day_.clear();
  }

  std::string year_, month_, day_, best_;
};

}  // namespace digest::ingest
