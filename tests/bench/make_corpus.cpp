// SPDX-License-Identifier: MIT
// make_corpus SAMPLE.jsonl PAPERS [SEED] > corpus.jsonl
//
// Grows a sample of real papers to any number, for measurements. The sample comes first, as it is; the papers
// after it are walks through its text: a sentence begins where a sentence of one of a few related papers
// begins, and every few words the walk goes on at another place where the same word stands. So every pair of
// neighbours is a real one, frequencies stay those of the sample, and a paper keeps to its subject. New words
// appear as often as Heaps' law, fitted to the sample, says, and are used again in proportion to their use so
// far (Simon 1955, "On a class of skew distribution functions"), first of all in the paper that brought them.
// Titles are unique. The same arguments give the same bytes.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

constexpr std::uint32_t kCompanions = 3;  // papers that lend sentences to a new one
constexpr std::uint32_t kJumpPercent =
    14;  // of the words of an abstract: go on at another place of that word
constexpr std::uint32_t kTitleJumpPercent = 35;
constexpr std::uint32_t kFirstYear = 2015, kMonths = 138;
constexpr std::uint64_t kMostPapers = std::uint64_t{kMonths} * 99'000;  // as many arXiv numbers as there are

class Random {  // splitmix64 (Steele, Lea, Flood 2014)
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::size_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * static_cast<std::uint64_t>(bound)) >> 32);
  }
  bool percent(std::uint32_t share) { return below(100) < share; }

 private:
  std::uint64_t state_;
};

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else {
      out += c;
    }
  }
}

bool ends_sentence(std::string_view word) {
  return word.size() > 2 && (word.back() == '.' || word.back() == '?' || word.back() == '!');
}

struct SamplePaper {
  std::uint32_t title = 0, abstract = 0, end = 0;  // places in the token stream
  std::uint32_t first_sentence = 0, last_sentence = 0;
  std::string venue;
  std::vector<std::string> authors;
};

// The sample as one stream of words (split at spaces, punctuation kept), and where each word stands.
class Sample {
 public:
  void add(std::string_view id, std::string_view title, std::string_view abstract, std::string_view authors,
           std::string_view venue) {
    SamplePaper paper;
    ids.emplace(id);
    paper.venue = venue;
    for (std::size_t at = 0; at < authors.size();) {
      const auto comma = std::min(authors.find(", ", at), authors.size());
      if (comma > at) paper.authors.emplace_back(authors.substr(at, comma - at));
      at = comma + 2;
    }
    paper.title = static_cast<std::uint32_t>(tokens.size());
    add_words(title);
    paper.abstract = static_cast<std::uint32_t>(tokens.size());
    paper.first_sentence = static_cast<std::uint32_t>(sentences.size());
    add_words(abstract);
    bool starts = true;
    for (auto at = paper.abstract; at < tokens.size(); ++at) {
      if (starts) sentences.push_back(at);
      starts = ends_sentence(words[tokens[at]]);
    }
    paper.last_sentence = static_cast<std::uint32_t>(sentences.size());
    paper.end = static_cast<std::uint32_t>(tokens.size());
    const auto number = static_cast<std::uint32_t>(papers.size());
    paper_of.resize(tokens.size(), number);
    papers.push_back(std::move(paper));
    halves.emplace_back(plain_words, plain_seen.size());
  }

  // Call once all papers are in.
  void finish() {
    places_begin.assign(words.size() + 1, 0);
    titles_begin.assign(words.size() + 1, 0);
    const auto is_title = [&](std::uint32_t at) { return at < papers[paper_of[at]].abstract; };
    for (std::uint32_t at = 0; at < tokens.size(); ++at)
      ++(is_title(at) ? titles_begin : places_begin)[tokens[at] + 1];
    for (std::size_t i = 0; i < words.size(); ++i) {
      places_begin[i + 1] += places_begin[i];
      titles_begin[i + 1] += titles_begin[i];
    }
    places.resize(places_begin.back());
    titles.resize(titles_begin.back());
    auto place = places_begin, title = titles_begin;
    for (std::uint32_t at = 0; at < tokens.size(); ++at) {
      if (is_title(at)) {
        titles[title[tokens[at]]++] = at;
      } else {
        places[place[tokens[at]]++] = at;
      }
    }
    std::uint64_t replaceable = 0;
    can_be_replaced.resize(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto uses = places_begin[i + 1] - places_begin[i];
      const bool letters =
          std::all_of(words[i].begin(), words[i].end(), [](char c) { return c >= 'a' && c <= 'z'; });
      can_be_replaced[i] = letters && words[i].size() >= 4 && uses < 2'000;
      if (can_be_replaced[i]) replaceable += uses;
    }
    replaceable_share = static_cast<double>(replaceable) / static_cast<double>(places.size());
    std::unordered_map<std::string, std::uint32_t> numbers;
    for (auto i = 0U; i < papers.size(); ++i) {
      const auto [at, is_new] =
          numbers.try_emplace(papers[i].venue, static_cast<std::uint32_t>(by_venue.size()));
      if (is_new) by_venue.emplace_back();
      by_venue[at->second].push_back(i);
      venue_of.push_back(at->second);
    }
  }

  // Heaps' law: distinct words = scale * words^exponent, through the sample's middle and its end.
  [[nodiscard]] double heaps_exponent() const {
    const auto& middle = halves[halves.size() / 2];
    return std::log(static_cast<double>(halves.back().second) / static_cast<double>(middle.second)) /
           std::log(static_cast<double>(halves.back().first) / static_cast<double>(middle.first));
  }

  std::vector<std::uint32_t> tokens, paper_of, sentences;
  std::vector<std::string> words, escaped;
  std::vector<SamplePaper> papers;
  std::vector<std::uint32_t> places_begin, places, titles_begin,
      titles;  // of each word, in abstracts and in titles
  std::vector<char> can_be_replaced;
  double replaceable_share = 0;
  std::vector<std::vector<std::uint32_t>> by_venue;
  std::vector<std::uint32_t> venue_of;
  std::unordered_set<std::string> ids;
  std::uint64_t plain_words = 0;  // runs of letters and digits
  std::unordered_set<std::string> plain_seen;

 private:
  void add_words(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto space = std::min(text.find(' ', at), text.size());
      if (space > at) {
        const auto [entry, is_new] = numbers_.try_emplace(std::string(text.substr(at, space - at)),
                                                          static_cast<std::uint32_t>(words.size()));
        if (is_new) {
          words.push_back(entry->first);
          append_escaped(escaped.emplace_back(), entry->first);
        }
        tokens.push_back(entry->second);
      }
      at = space + 1;
    }
    std::string plain;
    for (const char c : text) {
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || (lower & 0x80) != 0) {
        plain += lower;
      } else {
        count(plain);
      }
    }
    count(plain);
  }
  void count(std::string& plain) {
    if (plain.empty()) return;
    ++plain_words;
    plain_seen.insert(plain);
    plain.clear();
  }

  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::pair<std::uint64_t, std::size_t>> halves;
};

// A word that is in no dictionary, the same for the same number, different for different ones.
std::string invent(std::uint32_t number) {
  static constexpr std::array<const char*, 16> kStarts = {"b", "d", "f", "g", "k", "l", "m",  "n",
                                                          "p", "r", "s", "t", "v", "z", "tr", "st"};
  static constexpr std::array<const char*, 8> kVowels = {"a", "e", "i", "o", "u", "ia", "eo", "ou"};
  static constexpr std::array<const char*, 8> kEnds = {"", "", "n", "r", "net", "tion", "x", "l"};
  // An odd factor permutes the numbers below 2^28, so that neighbours look nothing alike.
  std::uint32_t rest = (number * 0x9E3779B1U) & 0x0FFFFFFFU;
  std::string word;
  for (int i = 0; i < 4; ++i, rest >>= 7) {
    word += kStarts[rest & 15];
    word += kVowels[rest >> 4 & 7];
  }
  word += kEnds[number % 8];
  if (number % 10 == 0)
    std::transform(word.begin(), word.end(), word.begin(), [](char c) { return static_cast<char>(c - 32); });
  return word;
}

class Generator {
 public:
  Generator(const Sample& sample, std::uint64_t seed, std::uint64_t papers) : sample_(sample), random_(seed) {
    exponent_ = sample.heaps_exponent();
    scale_ = static_cast<double>(sample.plain_seen.size()) /
             std::pow(static_cast<double>(sample.plain_words), exponent_);
    words_made_ = sample.plain_words;
    title_hashes_.reserve(papers);
    for (const auto& paper : sample.papers)
      title_hashes_.insert(hash(sample.tokens.data() + paper.title, paper.abstract - paper.title));
  }

  void append_paper(std::string& out, std::uint64_t number) {
    if (number % 1024 == 0) set_rate();
    own_.clear();
    begun_.clear();
    home_ = random_.below(sample_.papers.size());
    const auto& neighbours = sample_.by_venue[sample_.venue_of[home_]];
    for (auto& companion : companions_) companion = neighbours[random_.below(neighbours.size())];
    companions_[0] = home_;

    const std::uint64_t month = number % kMonths, serial = number / kMonths + 1;
    const auto year = kFirstYear + month / 12;
    char text[160];
    const auto put = [&](int length) { out.append(text, static_cast<std::size_t>(length)); };
    char arxiv[24];
    std::snprintf(arxiv, sizeof arxiv, "%02u%02u.%05u", static_cast<unsigned>(year % 100),
                  static_cast<unsigned>(month % 12 + 1), static_cast<unsigned>(serial));
    // A number that the sample has keeps its form and gains a suffix no real one has.
    const bool taken = sample_.ids.count(std::string("arxiv:") + arxiv) != 0;
    put(std::snprintf(text, sizeof text, "{\"id\": \"%s%s\", \"title\": \"",
                      taken ? "generated:" : "arxiv:", arxiv));
    append_title(out);
    out += "\", \"abstract\": \"";
    append_abstract(out);
    out += "\", \"authors\": \"";
    append_authors(out);
    put(std::snprintf(text, sizeof text, "\", \"date\": \"%u-%02u-%02u\"", static_cast<unsigned>(year),
                      static_cast<unsigned>(month % 12 + 1), 1 + random_.below(28)));
    if (!taken) put(std::snprintf(text, sizeof text, ", \"url\": \"https://arxiv.org/abs/%s\"", arxiv));
    out += ", \"venue\": \"";
    append_escaped(out, sample_.papers[home_].venue);
    out += "\"}\n";
  }

 private:
  // Of letters and digits alone, without case: titles that differ in punctuation count as the same.
  [[nodiscard]] std::uint64_t hash(const std::uint32_t* words, std::size_t count) const {
    std::uint64_t value = 1469598103934665603U;  // FNV-1a
    for (std::size_t i = 0; i < count; ++i) {
      for (const char c : sample_.words[words[i]]) {
        const auto lower = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))
          value = (value ^ lower) * 1099511628211U;
      }
    }
    return value;
  }

  // How often the word at hand must give way so that distinct words go on growing by Heaps' law.
  void set_rate() {
    const double growth = scale_ * exponent_ * std::pow(static_cast<double>(words_made_), exponent_ - 1);
    const double share = std::min(0.5, growth / sample_.replaceable_share);
    new_rate_ = static_cast<std::uint32_t>(share * 4294967295.0);
    used_rate_ =
        static_cast<std::uint32_t>(std::min(0.9, share * 2.2) * 4294967295.0);  // new and used again together
  }

  // The number of the invented word that takes the place of a rare one, or none.
  bool replacement(std::uint32_t& word) {
    const auto draw = static_cast<std::uint32_t>(random_.next());
    if (draw >= used_rate_) return false;
    if (draw < new_rate_ || used_.empty()) {
      word = invented_++;
      own_.push_back(word);
    } else if (!own_.empty() && random_.percent(60)) {
      word = own_[random_.below(own_.size())];
    } else {
      word = used_[random_.below(used_.size())];
    }
    used_.push_back(word);
    return true;
  }

  // The place after another use of the word at `at`: mostly in one of the companions, if it is there, so that
  // the paper's own words come back; else in a paper of the same venue, if three tries find one.
  std::uint32_t jump(std::uint32_t at) {
    const auto word = sample_.tokens[at];
    const auto* const begin = sample_.places.data() + sample_.places_begin[word];
    const auto* const end = sample_.places.data() + sample_.places_begin[word + 1];
    if (random_.percent(85)) {
      const auto& paper = sample_.papers[companions_[random_.percent(70) ? 0 : random_.below(kCompanions)]];
      const auto* const first = std::lower_bound(begin, end, paper.abstract);
      const auto* const last = std::lower_bound(first, end, paper.end);
      if (first != last) return first[random_.below(static_cast<std::size_t>(last - first))] + 1;
    }
    std::uint32_t to = at;
    for (int attempt = 0; attempt < 3; ++attempt) {
      to = begin[random_.below(static_cast<std::size_t>(end - begin))];
      if (sample_.venue_of[sample_.paper_of[to]] == sample_.venue_of[home_]) break;
    }
    return to + 1;
  }

  // Where a sentence of a companion begins, one that the paper at hand does not have yet if four tries find
  // one.
  std::uint32_t sentence() {
    std::uint32_t at = 0;
    for (int attempt = 0; attempt < 4; ++attempt) {
      const auto& from = sample_.papers[companions_[random_.percent(70) ? 0 : random_.below(kCompanions)]];
      const auto count = from.last_sentence - from.first_sentence;
      at = count == 0 ? sample_.sentences[random_.below(sample_.sentences.size())]
                      : sample_.sentences[from.first_sentence + random_.below(count)];
      if (std::find(begun_.begin(), begun_.end(), at) == begun_.end()) break;
    }
    begun_.push_back(at);
    return at;
  }

  void append_abstract(std::string& out) {
    const auto& home = sample_.papers[home_];
    const auto wanted = std::max(20U, home.end - home.abstract), most = wanted + wanted / 3;
    std::uint32_t made = 0;
    for (auto at = sentence();;) {
      const auto word = sample_.tokens[at];
      std::uint32_t invented = 0;
      if (sample_.can_be_replaced[word] != 0 && replacement(invented)) {
        out += invent(invented);
      } else {
        out += sample_.escaped[word];
      }
      ++made;
      const bool at_end =
          at + 1 >= sample_.papers[sample_.paper_of[at]].end || ends_sentence(sample_.words[word]);
      if (made >= most || (made >= wanted && at_end)) break;
      out += ' ';
      if (at_end) {
        at = sentence();
      } else {
        const auto next = random_.percent(kJumpPercent) ? jump(at) : at + 1;
        at = next >= sample_.papers[sample_.paper_of[next - 1]].end ? sentence() : next;
      }
    }
    words_made_ += made;
  }

  void append_title(std::string& out) {
    for (std::uint32_t attempt = 0;; ++attempt) {
      title_.clear();
      // A venue may hold nothing but short titles: then any paper of the sample lends its own.
      const auto& from = sample_.papers[attempt < 4 ? companions_[random_.below(kCompanions)]
                                                    : random_.below(sample_.papers.size())];
      const auto most = std::max(4U, from.abstract - from.title) + attempt;
      for (auto at = from.title; title_.size() < most;) {
        title_.push_back(sample_.tokens[at]);
        const auto word = sample_.tokens[at];
        if (random_.percent(kTitleJumpPercent + 10 * std::min(attempt, 5U))) {
          const auto begin = sample_.titles_begin[word];
          at = sample_.titles[begin + random_.below(sample_.titles_begin[word + 1] - begin)];
        }
        if (at + 1 >= sample_.papers[sample_.paper_of[at]].abstract) break;
        ++at;
      }
      if (title_.size() >= 3 && title_hashes_.insert(hash(title_.data(), title_.size())).second) break;
    }
    std::uint32_t name = 0;
    if (replacement(name)) {  // "Name: what it does"
      out += invent(name);
      out += ": ";
    }
    for (std::size_t i = 0; i < title_.size(); ++i) {
      if (i > 0) out += ' ';
      out += sample_.escaped[title_[i]];
    }
    words_made_ += title_.size();
  }

  void append_authors(std::string& out) {
    const auto count = 1 + random_.below(6);
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto& authors = sample_.papers[random_.below(sample_.papers.size())].authors;
      if (i > 0) out += ", ";
      append_escaped(out, authors.empty() ? "A. N. Other" : authors[random_.below(authors.size())]);
    }
  }

  const Sample& sample_;
  Random random_;
  double exponent_ = 0, scale_ = 0;
  std::uint64_t words_made_ = 0;
  std::uint32_t new_rate_ = 0, used_rate_ = 0;
  std::uint32_t invented_ = 0;
  std::vector<std::uint32_t>
      used_;  // every use of an invented word: a draw from it prefers what is used often
  std::vector<std::uint32_t> own_;    // those of the paper at hand
  std::vector<std::uint32_t> begun_;  // where its sentences began
  std::vector<std::uint32_t> title_;
  std::unordered_set<std::uint64_t> title_hashes_;
  std::uint32_t home_ = 0;
  std::array<std::uint32_t, kCompanions> companions_{};
};

std::string_view field(simdjson::dom::element paper, std::string_view name) {
  std::string_view text;
  return paper[name].get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

int fail(const char* message) {
  std::fprintf(stderr, "make_corpus: %s\n", message);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return fail("usage: make_corpus SAMPLE.jsonl PAPERS [SEED] > corpus.jsonl");
  const std::uint64_t papers = std::strtoull(argv[2], nullptr, 10);
  const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  if (papers > kMostPapers) return fail("more papers than there are arXiv numbers to give them.");
  auto loaded = simdjson::padded_string::load(argv[1]);
  if (loaded.error() != simdjson::SUCCESS)
    return fail("the sample cannot be read (JSON Lines, not compressed).");
  const simdjson::padded_string& text = loaded.value_unsafe();

  Sample sample;
  std::string out;
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  const auto flush = [&out] {
    const bool whole = std::fwrite(out.data(), 1, out.size(), stdout) == out.size();
    out.clear();
    return whole;
  };
  simdjson::dom::parser parser;
  std::uint64_t made = 0;
  const std::string_view all(text.data(), text.size());
  for (std::size_t at = 0; at < all.size();) {
    const auto end = std::min(all.find('\n', at), all.size());
    const std::string_view line = all.substr(at, end - at);
    at = end + 1;
    simdjson::dom::element paper;
    if (parser.parse(line.data(), line.size()).get(paper) != simdjson::SUCCESS) continue;
    if (made < papers) {
      out.append(line) += '\n';
      ++made;
      if (out.size() >= kPiece && !flush()) return fail("cannot write.");
    }
    sample.add(field(paper, "id"), field(paper, "title"), field(paper, "abstract"), field(paper, "authors"),
               field(paper, "venue"));
  }
  if (sample.papers.size() < 2 || sample.sentences.empty()) return fail("the sample holds too few papers.");
  if (made < papers) {
    sample.finish();
    Generator generator(sample, seed, papers);
    for (; made < papers; ++made) {
      generator.append_paper(out, made);
      if (out.size() >= kPiece && !flush()) return fail("cannot write.");
    }
  }
  if (!flush() || std::fflush(stdout) != 0) return fail("cannot write.");
  return 0;
}
