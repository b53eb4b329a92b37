// SPDX-License-Identifier: MIT
#include "render/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace digest::render {
namespace {

constexpr std::string_view kBetween = " \xc2\xb7 ";  // a middle dot

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string place_of(const Source& source) { return fmt::format("{}:{}", source.file, source.line); }

std::string facts_line(std::string_view id, const Paper& paper, const std::vector<std::string>& tags) {
  std::vector<std::string> facts{std::string(id)};
  if (!paper.sources.empty()) facts.push_back(place_of(paper.sources.front()));
  if (!paper.date.empty()) facts.push_back(paper.date);
  for (const std::string& tag : tags) facts.push_back("#" + tag);
  return joined(facts, kBetween);
}

std::vector<Span> snippet_spans(const Snippet& snippet, Style plain) {
  std::vector<Span> spans;
  for (const SnippetPart& part : snippet.parts) spans.push_back({part.text, part.match ? Style::match : plain, {}});
  return spans;
}

std::vector<Span> title_spans(const Hit& hit) {
  const std::string address = hit.paper.urls.empty() ? "" : safe_address(hit.paper.urls.front());
  std::vector<Span> spans{{hit.paper.title.empty() ? "(no title)" : hit.paper.title, Style::bold, address}};
  for (const Snippet& snippet : hit.snippets) {
    std::string whole;
    for (const SnippetPart& part : snippet.parts) whole += part.text;
    if (snippet.field != "title" || whole != hit.paper.title) continue;
    spans = snippet_spans(snippet, Style::bold);
    for (Span& span : spans) span.link = address;
  }
  return spans;
}

}  // namespace

std::string text_hit(const Hit& hit, Layout layout) {
  const std::string number = fmt::format("{}. ", hit.rank);
  const std::string indent(number.size(), ' ');
  std::string out = paragraph(title_spans(hit), number, indent, layout);
  out += paragraph({{facts_line(hit.id, hit.paper, hit.tags), Style::dim, {}}}, indent, indent, layout);
  for (const Snippet& snippet : hit.snippets) {
    if (snippet.field != "title") out += paragraph(snippet_spans(snippet, Style::plain), indent, indent, layout);
  }
  if (hit.explanation) out += text_explanation(*hit.explanation, hit.score, layout);
  return out;
}

std::string text_explanation(const Explanation& explanation, double score, Layout layout) {
  std::string out = paragraph({{fmt::format("score {:.4f} of {}, average length {:.1f}, k1 {}, b {}", score, counted(explanation.documents, "paper", "papers"),
                                            explanation.average_length, explanation.k1, explanation.b),
                                Style::dim,
                                {}}},
                              "   ", "     ", layout);
  const double whole = score > 0 ? score : 1.0;
  for (const TermExplanation& term : explanation.terms) {
    out += paragraph({{fmt::format("{:8.4f} {:3.0f} %  {}  in {} (idf {:.4f}), {:g} {} here ({:g} in the title), length {:g}",
                                   term.contribution, 100 * term.contribution / whole, term.term, counted(term.df, "paper", "papers"),
                                   term.idf, term.tf, term.tf == 1 ? "time" : "times", term.tf_title,
                                   term.length),
                       Style::plain,
                       {}}},
                     "   ", "                    ", layout);
  }
  for (const Adjustment& adjustment : explanation.adjustments) {
    out += paragraph({{fmt::format("{:8.4f} {:3.0f} %  {}", adjustment.contribution, 100 * adjustment.contribution / whole, adjustment.name),
                       Style::plain,
                       {}}},
                     "   ", "                    ", layout);
  }
  return out;
}

std::string text_paper(std::string_view id, const Paper& paper, const std::vector<std::string>& tags, Layout layout) {
  const std::string address = paper.urls.empty() ? "" : safe_address(paper.urls.front());
  std::string out = paragraph({{paper.title.empty() ? "(no title)" : paper.title, Style::bold, address}}, "", "", layout);
  if (!paper.authors.empty()) out += paragraph({{joined(paper.authors, ", "), Style::plain, {}}}, "", "", layout);
  std::vector<std::string> facts{std::string(id)};
  for (const std::string& fact : {paper.date, paper.venue, joined(paper.categories, ", ")}) {
    if (!fact.empty()) facts.push_back(fact);
  }
  for (const std::string& tag : tags) facts.push_back("#" + tag);
  out += paragraph({{joined(facts, kBetween), Style::dim, {}}}, "", "", layout);
  for (const std::string& url : paper.urls) out += paragraph({{url, Style::plain, safe_address(url)}}, "", "", layout);
  for (const Source& source : paper.sources) {
    out += paragraph({{fmt::format("from {} ({})", place_of(source), source.format), Style::dim, {}}}, "", "", layout);
  }
  std::string_view rest = paper.abstract;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find("\n\n"), rest.size());
    out += "\n" + paragraph({{std::string(rest.substr(0, end)), Style::plain, {}}}, "", "", layout);
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return out;
}

std::string text_facets(const SearchResult& result, Layout layout) {
  std::string out;
  for (const auto& [name, values] : result.facets) {
    if (!out.empty()) out += '\n';
    out += paragraph({{name, Style::bold, {}}}, "", "", layout);
    if (values.empty()) out += paragraph({{fmt::format("{:>8}  (none)", 0), Style::dim, {}}}, "", "          ", layout);
    for (const FacetValue& value : values) {
      out += paragraph({{fmt::format("{:>8}  {}", value.count, value.value), Style::plain, {}}}, "", "          ", layout);
    }
  }
  return out;
}

std::string thousands(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string counted(std::uint64_t number, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", thousands(number), number == 1 ? singular : plural);
}

std::string duration(std::uint64_t microseconds) {
  const double milliseconds = static_cast<double>(microseconds) / 1e3;
  if (milliseconds < 9.95) return fmt::format("{:.1f} ms", milliseconds);
  if (milliseconds < 999.5) return fmt::format("{:.0f} ms", milliseconds);
  return fmt::format("{:.1f} s", milliseconds / 1e3);
}

std::string search_summary(const SearchResult& result) {
  const std::string total =
      (result.total_is_exact ? "" : "more than ") + counted(result.total, "paper", "papers");
  const bool all = result.hits.size() == result.total && result.total_is_exact;
  const std::string shown = all || (result.hits.empty() && result.limit == 0) ? total : fmt::format("{} of {}", thousands(result.hits.size()), total);
  return fmt::format("{}{}{}", shown, kBetween, duration(result.took_us));
}

}  // namespace digest::render
