// SPDX-License-Identifier: MIT
// A parsed web page (gumbo) and the reader that all formats of web pages share: the page is held whole, up to a limit,
// and handed to the format as a tree. Threads: as Reader.
#pragma once
#include <gumbo.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {

// Memory of one parse, given back at once: gumbo's own clean-up descends the tree by recursion.
class Arena {
 public:
  void* take(std::size_t size);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0, capacity_ = 0;
};

class HtmlPage {
 public:
  explicit HtmlPage(std::string html);
  HtmlPage(const HtmlPage&) = delete;
  HtmlPage& operator=(const HtmlPage&) = delete;
  [[nodiscard]] const GumboNode* root() const { return root_; }

 private:
  std::string html_;
  Arena arena_;
  const GumboNode* root_ = nullptr;
};

bool is_element(const GumboNode* node, std::string_view tag);  // also false for null and text
std::string_view attribute(const GumboNode* node, const char* name);
bool has_class(const GumboNode* node, std::string_view name);
std::uint64_t line_of(const GumboNode* node);

// The text inside, block elements and line breaks parted by white space; not cleaned.
std::string text_of(const GumboNode* node);

// Each element in document order; false from `visit` leaves out what is inside.
void walk(const GumboNode* node, const std::function<bool(const GumboNode*)>& visit);
// The first element that satisfies it, else null.
const GumboNode* find_first(const GumboNode* node, const std::function<bool(const GumboNode*)>& wanted);
const GumboNode* find_class(const GumboNode* node, std::string_view name);

bool is_block(const GumboNode* node);

// The text of a page, block by block, its lines ending where <br> says so. A link that is `wanted` ends the text before
// it, and is handed out instead of its text.
struct TextVisitor {
  std::function<bool(const GumboNode*)> wanted;
  std::function<void(const GumboNode*)> link;
  std::function<void(const std::string&)> block;
};
void walk_text(const GumboNode* root, const TextVisitor& visitor);

// Does the head of a text look like HTML? 0: no, 30: some tags, 60: a document.
int html_score(std::string_view head);

class HtmlReader : public RecordReader {
 public:
  static constexpr std::size_t kMaxPageBytes = std::size_t{32} << 20;

  void feed(std::string_view text) final;
  void finish() final;

 protected:
  HtmlReader(ReaderContext context, PaperSink& sink) : RecordReader(std::move(context), sink) {}

  // The papers of the page; `properties`: see GuardedHtml. How many were found.
  virtual std::size_t page(const HtmlPage& page, const std::vector<std::string>& properties) = 0;

  // For pages of unknown layout: the paper that the page's own <meta> tags describe, or its text, block by block, read
  // as a page of titles and abstracts.
  bool read_meta(const HtmlPage& page);
  bool read_blocks(const HtmlPage& page);
  // Result pages and lists of sites whose layout is known (html_layouts.cpp).
  bool read_layout(const HtmlPage& page);
  // Lists of publications, each as a bibliography has it.
  bool read_references(const HtmlPage& page);
  // Tables of contents: links whose texts are titles, with the names that follow.
  bool read_links(const HtmlPage& page);  // all five: did anything come of it?

  // For a format that is not sure of its pages: what is to be said of one in which nothing was found.
  virtual void nothing_found() {}

 private:
  std::string page_;
  bool too_long_ = false;
  bool bookmarks_ = false;  // as a browser exports them
};

// A stretch of text between block borders, and the link in it that leads to a paper.
struct HtmlBlock {
  std::string text;
  std::string link;
  std::uint64_t line = 0;
};
std::vector<HtmlBlock> html_blocks(const HtmlPage& page);

}  // namespace digest::ingest
