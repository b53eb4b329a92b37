// SPDX-License-Identifier: MIT
#include "ingest/readers/xml_reader.hpp"

#include <digest/limits.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace digest::ingest {
namespace {

constexpr std::uint64_t kMaxDamages = 1000;

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return name;
  const std::string_view prefix = name.substr(0, colon);
  const bool telling = prefix == "media" || prefix == "content" || prefix == "itunes";
  return telling ? name : name.substr(colon + 1);
}

template <typename List>
bool contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Elements inside a text that part words (HTML in Atom, JATS); all others are inline.
constexpr std::array<std::string_view, 14> kBlocks = {"p", "br", "div", "li", "ul", "ol", "sec", "title", "tr", "td", "h1", "h2", "h3", "list-item"};

bool ends_name(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '>' || c == '/'; }  // control characters are blanks

}  // namespace

void XmlAttributes::assign(const char** attributes) {
  values_.clear();
  for (; attributes != nullptr && attributes[0] != nullptr && values_.size() < 32; attributes += 2) {
    values_.emplace_back(std::string(local_name(attributes[0])), std::string(attributes[1]));
  }
}

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const auto& [key, value] : values_) {
    if (key == name) return value;
  }
  return {};
}

XmlReader::XmlReader(ReaderContext context, PaperSink& sink, const XmlGrammar& grammar)
    : RecordReader(std::move(context), sink), grammar_(grammar), stream_(*this) {}

void XmlReader::feed(std::string_view text) {
  constexpr std::size_t kPieceBytes = std::size_t{64} << 10;  // what is copied when a record turns out to be damaged
  while (!text.empty() && damages_ <= kMaxDamages) {
    const std::string_view piece = text.substr(0, kPieceBytes);
    text.remove_prefix(piece.size());
    if (lost_) {
      lost_tail_ += piece;
    } else if (!stream_.feed(piece)) {
      damaged();
    }
    recover();
  }
}

void XmlReader::finish() {
  while (!lost_ && !stream_.flush()) {  // what is found behind the damage may be damaged too
    damaged();
    recover();
  }
  if (lost_ || damages_ > kMaxDamages) return document_ends();
  if (!stream_.complete()) {
    const bool inside = record_depth_ > 0;
    sink_.problem(Diagnostic{context_.file, inside ? record_line_ : stream_.damage().line, Severity::error, "truncated-input",
                             inside ? "The input ends in the middle of this record; the papers before it were read."
                                    : "The input ends before the XML document does; the papers before the cut were read.",
                             inside});
  } else if (records_ == 0 && damages_ == 0) {
    sink_.stated_count(0);
  }
  document_ends();
}

void XmlReader::open(std::string_view name, const char** attributes) {
  lengths_.push_back(path_.size());
  names_.emplace_back(name);
  const std::string_view local = local_name(name);
  const bool holds_records = names_.size() == 1 && contains(grammar_.no_root, local);
  if (record_depth_ == 0 && contains(grammar_.records, local) && !holds_records) {
    record_depth_ = names_.size();
    record_base_ = path_.size();
    record_bytes_ = 0;
    record_line_ = stream_.line();
    record_name_ = name;
    ancestors_.assign(names_.begin(), names_.end() - 1);
    ++records_;
    attributes_.assign(attributes);
    record_begins(local, attributes_);
    return;
  }
  if (names_.size() > 1 && !contains(grammar_.left_out, local)) {
    path_ += '/';
    path_ += local.substr(0, 256);
  }
  if (skipped_depth_ != 0) return;
  if (record_depth_ > 0 && is_skipped(local, attributes)) {
    skipped_depth_ = names_.size();
    skips(local);
    return;
  }
  if (const XmlField* found = matching_field(); found != nullptr) {  // also inside another field: the inner one counts
    capturing_ = found;
    capture_depth_ = names_.size();
    captured_.clear();
    attributes_.assign(attributes);
  } else if (capturing_ != nullptr && contains(kBlocks, local)) {
    captured_ += ' ';
  }
}

bool XmlReader::is_skipped(std::string_view name, const char** attributes) const {
  for (const XmlSkipped& skipped : grammar_.skipped) {
    if (skipped.name != name) continue;
    if (skipped.attribute.empty()) return true;
    for (const char** each = attributes; each != nullptr && each[0] != nullptr; each += 2) {
      if (local_name(each[0]) == skipped.attribute && each[1] == skipped.value) return true;
    }
  }
  return false;
}

const XmlField* XmlReader::matching_field() const {
  const bool inside = record_depth_ > 0;
  const std::size_t base = inside ? record_base_ : 0;
  if (path_.size() <= base + 1) return nullptr;
  const std::string_view path = std::string_view(path_).substr(base + 1);
  for (const XmlField& candidate : inside ? grammar_.fields : grammar_.outside) {
    if (candidate.path == path) return &candidate;
  }
  return nullptr;
}

void XmlReader::text(std::string_view piece) {
  if (capturing_ == nullptr || skipped_depth_ != 0 || captured_.size() > kMaxFieldBytes || record_bytes_ > kMaxRecordBytes) return;
  record_bytes_ += piece.size();
  captured_ += piece;
}

void XmlReader::field_ends() {
  const XmlField& ended = *capturing_;
  capturing_ = nullptr;
  if (record_bytes_ > kMaxRecordBytes) return;
  if (record_depth_ > 0) {
    field(ended.field, attributes_, captured_);
  } else {
    outside(ended.field, attributes_, captured_);
  }
}

void XmlReader::close() {
  if (capturing_ != nullptr) {
    if (names_.size() == capture_depth_) field_ends();
    else if (contains(kBlocks, local_name(names_.back()))) captured_ += ' ';
  }
  if (record_depth_ > 0 && names_.size() == record_depth_) {
    if (record_bytes_ > kMaxRecordBytes) report(record_line_, Severity::warning, "too-long", "This record is longer than 8 MiB; what is beyond was left out.");
    record_ends();
    record_depth_ = 0;
    record_bytes_ = 0;
  }
  if (names_.size() == skipped_depth_) skipped_depth_ = 0;
  path_.resize(lengths_.back());
  lengths_.pop_back();
  names_.pop_back();
}

void XmlReader::damaged() {
  const XmlStream::Damage& damage = stream_.damage();
  const bool inside = record_depth_ > 0;
  if (!damage.after_the_end) ++damages_;
  if (inside) {
    skip(record_line_, "bad-xml", fmt::format("This record is damaged in line {} ({}); it was left out.", damage.line, damage.message));
  } else if (!damage.after_the_end) {
    report(damage.line, Severity::error, "bad-xml", fmt::format("The XML is damaged here ({}); reading goes on at the next record.", damage.message));
  }
  if (damages_ == kMaxDamages + 1) report(damage.line, Severity::error, "bad-xml", "The XML is damaged in more than 1,000 places; reading stops here.");
  if (!inside && records_ == 0) ancestors_ = names_;
  capturing_ = nullptr;
  record_depth_ = 0;
  skipped_depth_ = 0;
  lost_ = true;
  lost_tail_ = damage.rest;
  lost_line_ = damage.line;
}

std::size_t XmlReader::find_record(std::string_view text) const {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view tag = text.substr(at + 1);
    const auto begins = [tag](std::string_view name) {
      return tag.size() > name.size() && tag.substr(0, name.size()) == name && ends_name(tag[name.size()]);
    };
    if (begins("?xml") || (!record_name_.empty() && begins(record_name_))) return at;
    if (std::any_of(grammar_.records.begin(), grammar_.records.end(), begins)) return at;
  }
  return std::string_view::npos;
}

void XmlReader::recover() {
  constexpr std::size_t kLongestTag = 128;
  while (lost_ && damages_ <= kMaxDamages) {
    const std::size_t at = find_record(lost_tail_);
    const std::size_t passed = at != std::string::npos ? at : lost_tail_.size() - std::min(lost_tail_.size(), kLongestTag);
    lost_line_ += static_cast<std::uint64_t>(std::count(lost_tail_.begin(), lost_tail_.begin() + static_cast<std::ptrdiff_t>(passed), '\n'));
    lost_tail_.erase(0, passed);
    if (at == std::string::npos) return;
    lost_ = false;
    path_.clear();
    lengths_.clear();
    names_.clear();
    const std::string found = std::exchange(lost_tail_, std::string());
    const bool new_document = found.compare(0, 5, "<?xml") == 0;
    stream_.restart(new_document ? std::vector<std::string>() : ancestors_, lost_line_);
    if (!stream_.feed(found)) damaged();
  }
}

std::string_view xml_root_tag(std::string_view head) {
  std::size_t at = head.find_first_not_of(" \n\t\r");
  while (at != std::string_view::npos && at + 1 < head.size() && head[at] == '<') {
    std::size_t end = std::string_view::npos;
    if (head.substr(at, 4) == "<!--") {
      end = head.find("-->", at);
      end = end == std::string_view::npos ? end : end + 2;
    } else if (head[at + 1] == '?') {
      end = head.find('>', at);
    } else if (head[at + 1] == '!') {
      const std::size_t subset = head.find('[', at);
      end = head.find('>', at);
      if (subset != std::string_view::npos && subset < end) {
        end = head.find("]", subset);
        end = end == std::string_view::npos ? end : head.find('>', end);
      }
    } else {
      return head.substr(at + 1, std::min(head.find('>', at), head.size()) - at - 1);
    }
    if (end == std::string_view::npos) return {};
    at = head.find_first_not_of(" \n\t\r", end + 1);
  }
  return {};
}

std::string_view xml_root_name(std::string_view head) {
  const std::string_view tag = xml_root_tag(head);
  return local_name(tag.substr(0, tag.find_first_of(" \n\t/")));
}

}  // namespace digest::ingest
