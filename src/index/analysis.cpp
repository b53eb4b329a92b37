// SPDX-License-Identifier: MIT
#include "index/analysis.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "index/postings.hpp"
#include "text/word_scanner.hpp"

namespace digest::index {

std::vector<std::string> author_words(std::string_view name) {
  text::TokenStream stream;
  text::tokenize(name, stream);
  std::vector<std::string> words;
  for (const text::Token& token : stream.tokens) words.emplace_back(stream.form(token));
  return words;
}

std::string fold_category(std::string_view category) {
  std::string out(category);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c); });
  return out;
}

namespace {

// Cut to what a term may have, each once.
void finish_filters(std::vector<std::string>& terms) {
  for (std::string& term : terms) term.resize(std::min(term.size(), text::kMaxFormBytes));
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

void add_author_and_category_filters(const Paper& paper, std::vector<std::string>& terms) {
  for (const std::string& author : paper.authors) {
    for (const std::string& word : author_words(author)) terms.push_back(kAuthorPrefix + word);
  }
  for (const std::string& category : paper.categories) {
    const std::string folded = fold_category(category);
    terms.push_back(kCategoryPrefix + folded);
    if (const auto dot = folded.find('.'); dot != std::string::npos) terms.push_back(kCategoryPrefix + folded.substr(0, dot));
  }
}

void add_source_filters(const std::vector<Source>& sources, std::vector<std::string>& terms) {
  for (const Source& source : sources) {
    for (std::size_t from = 0; from < source.file.size();) {
      terms.push_back(kSourcePrefix + source.file.substr(from));
      const auto slash = source.file.find('/', from);
      if (slash == std::string::npos) break;
      from = slash + 1;
    }
  }
}

}  // namespace

std::string term_of(std::string_view form) {
  if (!is_word(form)) return std::string(form);
  std::string term = text::stem_class(form);
  if (!is_word(term)) return std::string(form);
  return term;
}

// The number of a token and its mark; of a compound, which lies before its parts, also where these end.
std::uint32_t PaperAnalyser::number_of(std::size_t index) {
  const text::Token& token = stream_.tokens[index];
  if (token.kind == text::TokenKind::word) return forms_.number_of(stream_.form(token));
  std::array<std::uint8_t, 16> ends;
  std::size_t parts = 0, end = 0;
  for (std::size_t k = 1; k < token.parts && index + k < stream_.tokens.size() && parts < ends.size(); ++k) {
    end += stream_.tokens[index + k].form_length;
    if (end >= token.form_length) break;
    ends[parts++] = static_cast<std::uint8_t>(end);
  }
  return forms_.number_of(stream_.form(token), {ends.data(), parts}) | kUncountedToken;
}

// Words become numbers as they are found.
class PaperAnalyser::IndexedWords {
 public:
  IndexedWords(PaperAnalyser& analyser, std::vector<std::uint32_t>& tokens) : analyser_(analyser), tokens_(tokens) {}

  void plain(std::size_t at, std::uint64_t word) {
    const char* block = analyser_.stream_.forms.data() + at;
    std::uint64_t begins = word & ~(word << 1), ends = ~word & (word << 1);
    const auto count = static_cast<std::size_t>(std::popcount(begins));
    // All keys first, so that the memory is asked for all places at once.
    FormTable::Key* key = analyser_.keys_.data();
    for (std::uint64_t from = begins, to = ends; from != 0; from &= from - 1, to &= to - 1, ++key) {
      const int begin = std::countr_zero(from);
      const auto length = static_cast<std::size_t>(std::countr_zero(to) - begin);
      *key = length <= FormTable::kShortBytes ? FormTable::key_of_word(block + begin, length) : FormTable::key_of({block + begin, length});
      analyser_.forms_.prefetch(*key);
    }
    const std::size_t before = tokens_.size();
    tokens_.resize(before + count);
    std::uint32_t* number = tokens_.data() + before;
    for (key = analyser_.keys_.data(); begins != 0; begins &= begins - 1, ends &= ends - 1) {
      const int begin = std::countr_zero(begins);
      *number++ = analyser_.forms_.number_of({block + begin, static_cast<std::size_t>(std::countr_zero(ends) - begin)}, *key++);
    }
  }

  void careful(std::size_t first) {
    for (std::size_t i = first; i < analyser_.stream_.tokens.size(); ++i) tokens_.push_back(analyser_.number_of(i));
    analyser_.stream_.tokens.resize(first);
  }

 private:
  PaperAnalyser& analyser_;
  std::vector<std::uint32_t>& tokens_;
};

std::uint32_t PaperAnalyser::append_text(std::string_view text, std::uint32_t most_words, std::vector<std::uint32_t>& tokens) {
  if (text.size() > most_words) return append_long_text(text, most_words, tokens);  // may have too many
  IndexedWords words(*this, tokens);
  text::WordScanner(text, stream_, text::best_read_block(), words).scan();
  return stream_.length;
}

std::uint32_t PaperAnalyser::append_long_text(std::string_view text, std::uint32_t most_words, std::vector<std::uint32_t>& tokens) {
  text::tokenize(text, stream_);
  for (std::size_t i = 0; i < stream_.tokens.size() && stream_.tokens[i].position < most_words; ++i) tokens.push_back(number_of(i));
  return std::min(stream_.length, most_words);
}

void PaperAnalyser::append_sources(const std::vector<Source>& sources, std::vector<std::uint32_t>& tokens) {
  const auto is_file = [](const Source& source, const std::string& file) { return source.file == file; };
  if (!std::equal(sources.begin(), sources.end(), last_files_.begin(), last_files_.end(), is_file)) {
    std::vector<std::string> terms;
    add_source_filters(sources, terms);
    finish_filters(terms);
    last_files_.clear(), filters_of_files_.clear();
    for (const Source& source : sources) last_files_.push_back(source.file);
    for (std::string& term : terms) {
      const FormTable::Key key = FormTable::key_of(term);
      filters_of_files_.push_back({std::move(term), key});
    }
  }
  for (const Filter& filter : filters_of_files_) tokens.push_back(forms_.number_of(filter.term, filter.key) | kUncountedToken);
}

void PaperAnalyser::append_filters(const Paper& paper, std::vector<std::uint32_t>& tokens) {
  std::vector<std::string> terms;
  add_author_and_category_filters(paper, terms);
  finish_filters(terms);
  for (const std::string& term : terms) tokens.push_back(forms_.number_of(term) | kUncountedToken);
  append_sources(paper.sources, tokens);
}

AnalysedPaper PaperAnalyser::analyse(const Paper& paper, std::vector<std::uint32_t>& tokens) {
  AnalysedPaper out;
  out.first_token = tokens.size();
  append_filters(paper, tokens);
  out.title_length = static_cast<std::uint16_t>(append_text(paper.title, kMaxPosition - kTitleGap, tokens));
  out.title_tokens = static_cast<std::uint32_t>(tokens.size() - out.first_token);
  const std::uint32_t room = kMaxPosition - kTitleGap - out.title_length;
  out.length = static_cast<std::uint16_t>(out.title_length + append_text(paper.abstract, room, tokens));
  return out;
}

std::vector<std::string> distinct_terms(const Paper& paper) {
  PaperAnalyser analyser;
  std::vector<std::uint32_t> tokens;
  analyser.analyse(paper, tokens);
  std::vector<std::string> terms;
  for (std::uint32_t i = 0; i < analyser.forms().size(); ++i) terms.push_back(term_of(analyser.forms().form(i)));
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

}  // namespace digest::index
