// SPDX-License-Identifier: MIT
// The texts of `digest help TOPIC`.
#include <array>

#include "cli/help.hpp"

namespace digest::cli {
namespace {

struct Topic {
  std::string_view name;
  std::string_view text;
};

constexpr std::array<Topic, 7> kTopics = {{
    {"query", R"(How a query is read. Nothing is a syntax error: what cannot be an operator is
text.

  grokking transformers      ranked; one or two words must all match, of three
                             to five all but one, of more about two thirds
  (nothing)                  all papers, newest first
  "lottery ticket"           the phrase as written; one word: that exact word
  "a b"~3                    within three positions
  +must -not                 at the head of a word; a hyphen inside is none
  a AND b, a OR b, NOT c     in capitals, between operands
  (a OR b) c                 brackets that are balanced and stand apart
  title:x abstract:x         one field; also title:"a phrase" and title:(a OR b)
  author:x id:x category:x   filters
  source:x tag:x
  year:2023..2025            ranges; date:2024-03.. and date:7d too
  grok*  word~1  word^2      prefix, one edit, weight
  2405.15071, a DOI, a URL   that paper first
  @NAME                      a saved search (`digest save`)

--literal switches all operators off; --explain-query says how a query was read.
Put `--` or -e before a query that begins with a minus.
)"},
    {"json", R"(--json prints one object, also when nothing was found. What a paper lacks is
null or [], never missing. Keys are only ever added; readers should skip those
they do not know.

  search       digest.search/1      query, parsed, index, total,
  similar new                       total_relation, offset, limit, relaxed,
                                    took_us, notes, suggestions, hits, facets;
                                    in a batch, id too: one object a query
  show parse   digest.paper/1       one object a line
  index        digest.index/1       read, new, updated, unchanged, merged,
                                    skipped, files
  delete       digest.delete/1      dry_run, deleted
  stats        digest.stats/1       papers, terms, segments, bytes, dates,
                                    sources
  check        digest.check/1       files, bytes, damage
  check FILE   digest.recognition/1 files: format, papers, skipped, candidates
  trends       digest.trends/1      total, years, months, rising, falling
  dupes        digest.dupes/1       groups: reason, papers, evidence
  saved        digest.saved/1       searches: name, query, papers
  config       digest.config/1      settings: name, value, origin
  analyze      digest.analysis/1    tokens: term, form, position, begin, end,
                                    kind, parts
  eval         digest.eval/1        mean, topics, unanswered, unjudged

A hit has rank, id, score, title, abstract, authors, date, url, urls, ids,
categories, venue, tags, source, sources, snippets, explain. `parts` of a
snippet, joined, give the passage back. --fields keeps only what it names.
took_us is the one value that may differ between two runs. JSON Schema files
are installed in share/digest/schema.
)"},
    {"formats", R"(Output of search, similar, new, show (--format) and export:

  text      for people               json      one object: `digest help json`
  jsonl     one hit a line           tsv, csv  a table; --fields: its columns
  ids       one id a line; -0: NUL   bibtex    for LaTeX
  ris       reference managers       csl       CSL-JSON, for pandoc, citeproc
  md        a Markdown list          trec      search, similar, new: a run
  ciff      export only: the postings, for research engines

Input of index and parse is recognised by content; --format names it if that
fails. `digest check FILE` says what was recognised, and why.
)"},
    {"exit-codes", R"(0  done; for search, similar, new, delete, dupes: something was found
1  these found nothing (a batch: no query found anything)
2  an error: usage, input that cannot be read, an unknown id or @NAME, a damaged
   index, output that could not be written. What could be done was done.

Skipped records are no error unless --strict is given. A reader that goes away
(| head) is no error. Ctrl-C ends the program by the signal.
)"},
    {"environment", R"(DIGEST_INDEX      the index, unless --index names one. Without either: the
                  nearest folder .digest in this folder or above it, then
                  $XDG_DATA_HOME/digest
XDG_DATA_HOME     where the default index and user.db (tags, saved searches)
                  live [~/.local/share]
DIGEST_PAGER,     the pager of `show`, on a terminal [less -FIRX]
PAGER
NO_COLOR          no colours        CLICOLOR_FORCE   colours also in a pipe
CLICOLOR=0        no colours        TERM=dumb        no colours
XDG_CONFIG_HOME   where the user's digest/config.toml lies [~/.config]
COLUMNS           the width, where the terminal does not tell it
BROWSER           the program behind --open
)"},
    {"configuration", R"(Two files may set flags once and for all; neither need exist:

  .digest/config.toml            for this index: it lies in the folder of it
  ~/.config/digest/config.toml   for all of them; $XDG_CONFIG_HOME moves it

One setting a line, as the flag is called; below [COMMAND] for that command
alone:

  limit = 20              # search, similar, new
  color = "never"
  [index]
  memory = "1G"

They may set color, k1, b, limit, memory, no-pager, quiet, ranker, snippet,
sort, strict, threads, title-weight and verbose. What is typed is stronger than
the environment, that than the file of the index, that than the user's;
--no-quiet, --no-verbose, --no-strict and --pager undo what a file switched on,
and any switch takes =true or =false. `digest config` shows what is in force
and where it comes from; --no-config leaves both files unread, for scripts that
must not depend on them. A mistake in a file is an error with its line.
)"},
    {"ranking", R"(bm25: over title and abstract as one text,

  idf = ln(1 + (N - df + 0.5) / (df + 0.5))
  score = sum of idf * tf / (tf + k1 * (1 - b + b * length / average length))

k1 0.9 and b 0.4 unless given; exact lengths; living papers only. As in Lucene
since version 8 and in Anserini, so that figures can be compared.

auto: built on it. The title counts for more (title), words as written rank
above their kin (as-written), words that stand together above words apart
(proximity), and papers gain that share the words of the best ten (feedback).
Where the query is the title of a paper, that paper is first (whole-title).
--explain shows each share of a score; the shares add up.
)"},
}};

}  // namespace

std::optional<std::string> topic_help(std::string_view topic) {
  for (const Topic& one : kTopics) {
    if (one.name == topic) return std::string(one.text);
  }
  return std::nullopt;
}

const std::vector<std::string_view>& topics() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> list;
    for (const Topic& one : kTopics) list.push_back(one.name);
    return list;
  }();
  return names;
}

}  // namespace digest::cli
