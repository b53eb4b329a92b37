// SPDX-License-Identifier: MIT
// CSL-JSON, as pandoc and citeproc read it: one array.
#include <charconv>

#include "render/citation.hpp"
#include "render/json_value.hpp"
#include "render/paper_writer.hpp"

namespace digest::render {
namespace {

Json author_json(const std::string& author) {
  const Name name = split_name(author);
  if (name.given.empty()) return {{"literal", author}};
  return {{"family", name.family}, {"given", name.given}};
}

Json issued_json(std::string_view date) {
  Json numbers = Json::array();
  for (const std::string_view part : date_parts(date)) {
    int number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    numbers.push_back(number);
  }
  return {{"date-parts", Json::array({std::move(numbers)})}};
}

class CslWriter : public PaperWriter {
 public:
  std::string begin() override { return "["; }
  std::string end() override { return first_ ? "]\n" : "\n]\n"; }
  std::string paper(const Hit& hit) override {
    const Paper& paper = hit.paper;
    Json object{{"id", hit.id}, {"type", paper.venue.empty() ? "article" : "article-journal"}};
    const auto add = [&object](const char* name, const std::string& value) {
      if (!value.empty()) object[name] = value;
    };
    add("title", paper.title);
    for (const std::string& author : paper.authors) object["author"].push_back(author_json(author));
    if (!paper.date.empty()) object["issued"] = issued_json(paper.date);
    add("container-title", paper.venue);
    add("DOI", identifier(paper, "doi"));
    add("PMID", identifier(paper, "pmid"));
    const auto urls = addresses(paper);
    if (!urls.empty()) object["URL"] = urls.front();
    std::string keywords;
    for (const std::string& category : paper.categories) keywords += (keywords.empty() ? "" : ", ") + category;
    add("keyword", keywords);
    add("abstract", paper.abstract);
    const std::string before = first_ ? "\n" : ",\n";
    first_ = false;
    return before + dump(object);
  }

 private:
  bool first_ = true;
};

}  // namespace

std::unique_ptr<PaperWriter> csl_writer() { return std::make_unique<CslWriter>(); }

}  // namespace digest::render
