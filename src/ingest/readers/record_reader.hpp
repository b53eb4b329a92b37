// SPDX-License-Identifier: MIT
// What the readers of marked-up documents (XML, HTML, JSON) share: papers of their file and format, and problems told
// with their line. Threads: as Reader.
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "ingest/cleaning.hpp"
#include "ingest/reader.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {

class RecordReader : public SourcedReader {
 protected:
  RecordReader(ReaderContext context, PaperSink& sink) : SourcedReader(std::move(context), sink) {}

  // Hands the paper on; one with neither title nor abstract is skipped with the code "no-title".
  void emit(Paper&& paper);

  [[nodiscard]] std::string date_of(std::string_view raw) const;
};

// Titles and abstracts of services that pass LaTeX on as they got it; HTML tags are seen where there are some.
std::string clean_title(std::string_view raw);
void add_subtitle(std::string& title, std::string_view subtitle);  // where there are both
std::string clean_abstract(std::string_view raw);
bool has_html_tags(std::string_view text);

// "2405.15071v2", "hep-th/9901001", "arXiv:2405.15071": the id without prefix, else empty.
std::string_view arxiv_id_shape(std::string_view text);

// "10.1000/x" out of "doi:10.1000/x" or "https://doi.org/10.1000/x"; empty if it is none.
std::string_view doi_shape(std::string_view text);

// DBLP tells people of one name apart by a number: "Wei Wang 0001".
std::string_view without_person_number(std::string_view name);

void add_url(Paper& paper, std::string_view url);       // http(s) only, each once
void add_category(Paper& paper, std::string_view name);  // each once
void add_keywords(Paper& paper, std::string_view text);  // of a list of keywords, those that are arXiv categories
void add_own_page(Paper& paper);  // a record that names an id but no page gets the id's page

}  // namespace digest::ingest
