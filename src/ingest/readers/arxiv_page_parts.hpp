// SPDX-License-Identifier: MIT
// The lines of one paper of a page of arXiv.org, told apart: by their labels, and where there are none by their place.
// Pure functions; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ingest/readers/arxiv_page_lines.hpp"

namespace digest::ingest::arxiv_page {

struct Line {
  std::string text;
  bool after_gap = false;
};
struct Entry {
  std::uint64_t line = 0;
  std::string id, subjects, date;
  bool is_abstract_page = false;
  std::size_t bytes = 0;
  std::vector<Line> lines;
};

// The parts of a paper as they follow each other; what stands before the first label is told apart by its place.
struct Parts {
  std::vector<Line> front;
  std::string title, authors, abstract, subjects, journal, doi, cite, submitted;
  bool names_authors = false;
  std::string* field(Part part) {
    switch (part) {
      case Part::title: return &title;
      case Part::authors: return &authors;
      case Part::abstract: return &abstract;
      case Part::subjects: return &subjects;
      case Part::journal: return &journal;
      case Part::doi: return &doi;
      case Part::cite: return &cite;
      case Part::submitted: return &submitted;
      case Part::other: break;
    }
    return nullptr;
  }
};

Parts parts_of(const Entry& entry);

}  // namespace digest::ingest::arxiv_page
