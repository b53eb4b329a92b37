// SPDX-License-Identifier: MIT
// Papers with any text in them, in every form of output: valid UTF-8, JSON that parses back, a record a line where
// that is promised, and no control character that a paper brought along.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "render/escape.hpp"
#include "render/json.hpp"
#include "render/paper_writer.hpp"
#include "render/text.hpp"

namespace {

using namespace digest;

// Fields are separated by bytes 0xFF, which no text has.
std::vector<std::string> fields_of(std::string_view bytes) {
  std::vector<std::string> fields(1);
  for (const char c : bytes) {
    if (c == '\xFF') fields.emplace_back(); else fields.back().push_back(c);
  }
  for (std::string& field : fields) field = repair_utf8(field).text;  // which a stored paper always is
  fields.resize(14);
  return fields;
}

Hit hit_of(const std::vector<std::string>& f) {
  Hit hit;
  hit.rank = 1, hit.score = 2.5, hit.id = f[0];
  hit.paper.title = f[1], hit.paper.abstract = f[2], hit.paper.date = f[3], hit.paper.venue = f[4];
  hit.paper.authors = {f[5], f[6]}, hit.paper.urls = {f[7], "https://example.org/" + f[8]};
  hit.paper.ids = {{"doi", f[9]}, {"source", f[10]}}, hit.paper.categories = {f[11]};
  hit.paper.sources = {{f[12], 3, f[13]}};
  hit.tags = {f[4]};
  hit.snippets = {{"abstract", {{f[2], false}, {f[1], true}}}};
  return hit;
}

void require(bool holds, int line = __builtin_LINE()) {
  if (holds) return;
  std::fprintf(stderr, "what line %d requires does not hold\n", line);
  std::abort();
}

std::size_t lines_in(const std::string& text) {
  std::size_t lines = 0;
  for (const char c : text) lines += c == '\n' ? 1U : 0U;
  return lines;
}

void no_controls(const std::string& text, int line = __builtin_LINE()) {
  for (const char c : text) require(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t', line);
  require(text.find('\x7F') == text.npos && text.find("\xC2\x9B") == text.npos && text.find("\xE2\x80\xAE") == text.npos, line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Hit hit = hit_of(fields_of({reinterpret_cast<const char*>(data), size}));
  using namespace digest::render;
  for (const Layout layout : {Layout{0, false}, Layout{40, false}}) {
    for (const std::string& text : {text_hit(hit, layout), text_paper(hit.id, hit.paper, hit.tags, layout)}) {
      require(is_valid_utf8(text));
      no_controls(text);
    }
  }
  const std::string coloured = text_hit(hit, {60, true});
  require(is_valid_utf8(coloured) && coloured.find("\xC2\x9B") == coloured.npos);

  SearchResult result;
  result.query = hit.paper.title;
  result.hits = {hit};
  for (const std::string& json : {json_hit(hit), json_paper(hit.id, hit.paper, hit.tags), json_search(result)}) {
    require(is_valid_utf8(json) && nlohmann::json::accept(json) && lines_in(json) == 0);
    const std::string safe = terminal_safe_json(json);
    no_controls(safe);
    require(nlohmann::json::parse(safe) == nlohmann::json::parse(json));
  }
  if (!hit.paper.title.empty() && is_valid_utf8(hit.paper.title)) require(nlohmann::json::parse(json_hit(hit)).at("title") == hit.paper.title);

  const std::vector<std::string> columns = {"id", "title", "abstract", "authors", "date", "url"};
  const auto write = [&hit](const std::unique_ptr<PaperWriter>& writer) { return writer->begin() + writer->paper(hit) + writer->end(); };
  require(lines_in(write(table_writer(Table::tsv, columns))) == 2);
  require(lines_in(write(jsonl_writer({}))) == 1);
  require(lines_in(write(ids_writer(IdEnd::line))) == 1);
  require(lines_in(write(trec_writer("topic"))) == 1);
  require(nlohmann::json::accept(write(csl_writer())));
  for (const std::string& text : {write(bibtex_writer()), write(ris_writer()), write(csl_writer()), write(markdown_writer()),
                                  write(table_writer(Table::csv, columns))}) {
    require(is_valid_utf8(text));
  }
  return 0;
}
