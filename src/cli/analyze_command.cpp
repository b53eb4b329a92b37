// SPDX-License-Identifier: MIT
// digest analyze: the terms of a text.
#include <digest/error.hpp>
#include <fmt/format.h>

#include "base/utf8.hpp"
#include "cli/command_functions.hpp"
#include "cli/whole_input.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"
#include "text/analyzer.hpp"

namespace digest::cli {
namespace {

std::string given_text(const Arguments& arguments) {
  const auto& texts = arguments.texts();
  if (texts.empty()) throw Error(ErrorKind::usage, "`digest analyze` needs a text, or - for standard input.");
  const std::string text = texts.size() == 1 && texts[0] == "-" ? whole_input("-") : fmt::format("{}", fmt::join(texts, " "));
  return repair_utf8(text).text;
}

}  // namespace

Outcome run_analyze(Context& context) {
  const std::string text = given_text(context.arguments);
  text::TokenStream stream;
  text::tokenize(text, stream);
  render::Json tokens = render::Json::array();
  for (const text::Token& token : stream.tokens) {
    const std::string form(stream.form(token)), term = text::stem_class(form);
    const bool joined = token.kind == text::TokenKind::joined;
    if (context.arguments.has("json")) {
      tokens.push_back({{"term", term}, {"form", form}, {"position", token.position}, {"begin", token.begin}, {"end", token.end},
                        {"kind", joined ? "joined" : "word"}, {"parts", token.parts}});
    } else {
      context.out.write(render::printable(fmt::format("{:>4}  {:>5}-{:<5}  {:<20}  {}{}", token.position, token.begin, token.end, term, form,
                                                      joined ? fmt::format("  ({} words joined)", token.parts) : "")) +
                        "\n");
    }
  }
  if (context.arguments.has("json")) {
    context.out.write(render::dump({{"schema", "digest.analysis/1"},
                                    {"text", text},
                                    {"analysis_version", text::kAnalysisVersion},
                                    {"length", stream.length},
                                    {"tokens", std::move(tokens)}}) +
                      "\n");
  }
  return Outcome::done;
}

}  // namespace digest::cli
