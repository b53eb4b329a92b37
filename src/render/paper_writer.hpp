// SPDX-License-Identifier: MIT
// Many papers in a form that other programs read. One object writes one document: begin, each paper, end. What comes
// out is read back by this program as the same papers (bibtex, ris, csl, jsonl). Threads: one at a time.
#pragma once
#include <digest/search.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace digest::render {

class PaperWriter {
 public:
  virtual ~PaperWriter() = default;
  virtual std::string begin() { return {}; }
  virtual std::string paper(const Hit& hit) = 0;  // rank, score, tags, snippets may be empty
  virtual std::string end() { return {}; }
};

std::unique_ptr<PaperWriter> jsonl_writer(std::vector<std::string> fields);
std::unique_ptr<PaperWriter> bibtex_writer();
std::unique_ptr<PaperWriter> ris_writer();
std::unique_ptr<PaperWriter> csl_writer();       // CSL-JSON, one array
std::unique_ptr<PaperWriter> markdown_writer();

enum class Table { csv, tsv };                   // RFC 4180; tab-separated, one line a paper: breaks and tabs become blanks
std::unique_ptr<PaperWriter> table_writer(Table kind, std::vector<std::string> fields);
std::vector<std::string> paper_columns();        // of a paper that is no hit: without rank and score

enum class IdEnd { line, null };
std::unique_ptr<PaperWriter> ids_writer(IdEnd end);

// `topic Q0 document rank score digest`; a document is what its record called itself, else its id. Spaces become _.
std::unique_ptr<PaperWriter> trec_writer(std::string topic);

}  // namespace digest::render
