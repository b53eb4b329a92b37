// SPDX-License-Identifier: MIT
#include "cli/postings_export.hpp"

#include <map>
#include <string_view>
#include <vector>

#include "render/ciff.hpp"
#include "text/analyzer.hpp"

namespace digest::cli {
namespace {

// The papers' texts analysed again: an export is rare, and this needs nothing of the layout of segments.
class Inverter {
 public:
  void add(const index::Snapshot::StoredPaper& stored) {
    std::map<std::string, std::int32_t> counts;
    std::int32_t length = 0;
    for (const std::string_view text : {std::string_view(stored.paper.title), std::string_view(stored.paper.abstract)}) {
      text::tokenize(text, stream_);
      for (const text::Token& token : stream_.tokens) {
        if (token.kind != text::TokenKind::word) continue;
        ++counts[text::stem_class(stream_.form(token))];
        ++length;
      }
    }
    const auto document = static_cast<std::int32_t>(documents_.size());
    for (const auto& [term, count] : counts) postings_[term].push_back({document, count});
    const auto own = stored.paper.ids.find("source");
    documents_.push_back({own == stored.paper.ids.end() ? stored.id : own->second, length});
    total_ += length;
  }

  void write_to(const std::function<void(const std::string&)>& write) const {
    write(render::ciff_header(postings_.size(), documents_.size(), total_, "digest: title and abstract"));
    for (const auto& [term, list] : postings_) write(render::ciff_postings(term, list));
    for (std::size_t i = 0; i < documents_.size(); ++i) write(render::ciff_document(i, documents_[i].name, documents_[i].length));
  }

 private:
  struct Document {
    std::string name;
    std::int32_t length = 0;
  };
  std::map<std::string, std::vector<render::CiffPosting>> postings_;  // in byte order, as the format wants
  std::vector<Document> documents_;
  std::int64_t total_ = 0;
  text::TokenStream stream_;
};

}  // namespace

void export_postings(const index::Snapshot& snapshot, const std::function<void(const std::string&)>& write) {
  Inverter inverter;
  snapshot.for_each([&inverter](const index::Snapshot::StoredPaper& stored) {
    inverter.add(stored);
    return true;
  });
  inverter.write_to(write);
}

}  // namespace digest::cli
