// SPDX-License-Identifier: MIT
// The writers that need little: JSON Lines, ids, TREC runs.
#include <fmt/format.h>

#include <algorithm>

#include "render/json.hpp"
#include "render/paper_writer.hpp"

namespace digest::render {
namespace {

class JsonlWriter : public PaperWriter {
 public:
  explicit JsonlWriter(std::vector<std::string> fields) : fields_(std::move(fields)) {}
  // Out of a search comes a hit, out of an export a paper.
  std::string paper(const Hit& hit) override {
    return (hit.rank == 0 ? json_paper(hit.id, hit.paper, hit.tags, fields_) : json_hit(hit, fields_)) + "\n";
  }

 private:
  std::vector<std::string> fields_;
};

class IdsWriter : public PaperWriter {
 public:
  explicit IdsWriter(IdEnd end) : end_(end == IdEnd::null ? '\0' : '\n') {}
  // An id of our making never holds what ends it; one from a forged index may.
  std::string paper(const Hit& hit) override {
    std::string id = hit.id;
    std::replace(id.begin(), id.end(), end_, '_');
    return id + end_;
  }

 private:
  char end_;
};

// White space parts the columns of a run.
std::string one_column(std::string text) {
  const auto parts_columns = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
  std::replace_if(text.begin(), text.end(), parts_columns, '_');
  return text.empty() ? "_" : text;
}

class TrecWriter : public PaperWriter {
 public:
  explicit TrecWriter(std::string topic) : topic_(one_column(std::move(topic))) {}
  std::string paper(const Hit& hit) override {
    const auto own = hit.paper.ids.find("source");
    const std::string document = one_column(own == hit.paper.ids.end() ? hit.id : own->second);
    return fmt::format("{} Q0 {} {} {:.4f} digest\n", topic_, document, hit.rank, hit.score);
  }

 private:
  std::string topic_;
};

}  // namespace

std::unique_ptr<PaperWriter> jsonl_writer(std::vector<std::string> fields) { return std::make_unique<JsonlWriter>(std::move(fields)); }
std::unique_ptr<PaperWriter> ids_writer(IdEnd end) { return std::make_unique<IdsWriter>(end); }
std::unique_ptr<PaperWriter> trec_writer(std::string topic) { return std::make_unique<TrecWriter>(std::move(topic)); }

}  // namespace digest::render
