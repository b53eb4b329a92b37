// SPDX-License-Identifier: MIT
#include "cli/flags.hpp"

namespace digest::cli {
namespace {

constexpr Command kCommands[] = {
    {"index", "FILE|DIR|-...", "read digests and add their papers to the index",
     "Files, folders and standard input (-) in one call make one commit. The same paper again is recognised and merged. "
     "Folders are read recursively, in order; hidden files and links in them are left out. A paper that a file no longer "
     "holds stays in the index. The last line, on standard error, is the balance of the call.",
     "digest index inbox/            # every digest in a folder\n"
     "curl -s URL | digest index -   # from a pipe\n"
     "digest index --dry-run new.bib # what would change",
     Program::ingest},
    {"search", "QUERY...", "rank papers with BM25",
     "Ordinary text works, pasted titles above all; nothing is a syntax error. One or two words must all match, of three to "
     "five all but one, of more about two thirds; if nothing matches, one word is enough, and that is said. "
     "`digest help query` shows the operators. `@NAME` runs a saved search.",
     "digest search grokking transformers\n"
     "digest search '\"lottery ticket\" -vision year:2023..'\n"
     "digest search --json -n 50 'author:hinton' | jq '.hits[].title'"},
    {"show", "ID...", "print whole papers", "",
     "digest show arxiv:2405.15071\n"
     "digest show --format bibtex doi:10.1162/tacl_a_00638\n"
     "digest search --format ids grokking | xargs digest show"},
    {"parse", "FILE|-...", "the parser alone: papers as JSON Lines, no index touched",
     "Diagnostics are on standard error, as `file:line: severity: message [code]`.",
     "digest parse digest.txt | jq -r .title\n"
     "digest parse --fields title,abstract digest.txt\n"
     "digest parse --format bibtex - < refs.bib",
     Program::ingest},
    {"stats", "", "what the index holds: papers, terms, bytes, segments, dates, sources", "", "digest stats\ndigest stats --svg papers.svg\ndigest stats --json"},
    {"check", "[FILE...]", "verify the index, or say how a digest file is recognised",
     "Without an operand, every byte of the index is read and verified. With digest files as operands, says which format was "
     "recognised, and why.",
     "digest check\ndigest check newsletter.eml"},
    {"optimize", "", "merge segments, compress papers harder", "", "digest optimize"},
    {"delete", "[ID...]", "remove papers", "", "digest delete arxiv:2405.15071\ndigest delete --dry-run --query 'year:..2015'"},
    {"analyze", "TEXT...", "the terms that the analyzer makes of a text, with positions and byte offsets", "",
     "digest analyze 'GPT-4V fine-tuning'"},
    {"eval", "", "run judged topics: nDCG@10, MAP, R@100, P@10, MRR", "", "digest eval --topics queries.tsv --qrels qrels.tsv"},
    {"similar", "ID...|-", "papers like these, or like a text on standard input", "",
     "digest similar arxiv:2405.15071\npbpaste | digest similar -"},
    {"new", "[@NAME]", "papers not yet seen, all or those of a saved search",
     "What is shown is marked as seen, unless --peek is given.", "digest new\ndigest new --peek @grok"},
    {"save", "NAME [QUERY...]", "keep a search under a name", "", "digest save grok 'grokking -vision'\ndigest search @grok"},
    {"saved", "", "the saved searches, with the number of papers they find",
     "`digest save --remove NAME` forgets one.", "digest saved\ndigest new @grok"},
    {"tag", "+TAG -TAG ID...", "put tags on papers, take them off",
     "Without + or - words: the tags of the papers. Without papers: all tags. Searched as `tag:NAME`.",
     "digest tag +later arxiv:2405.15071\ndigest search tag:later"},
    {"export", "[QUERY...]", "all papers, or those of a query, for other programs",
     "bibtex, ris, csl (JSON), jsonl, csv, tsv, ids, md (Markdown); ciff writes the postings for research engines.",
     "digest export --format bibtex > papers.bib\ndigest export --format ris tag:thesis"},
    {"dupes", "", "groups of papers that may be one, with the evidence",
     "Titles that are the same but for case, accents and punctuation, and papers whose words are nearly the same: the share of the words of "
     "both titles, the share of the shorter abstract's words that the longer one has too, and an author of both. Words such as `the` do not count. Nothing "
     "is changed: `digest delete` takes a paper out.",
     "digest dupes\ndigest dupes --json | jq -r '.groups[].papers[1:][].id'"},
    {"trends", "QUERY...", "papers a month or year that match, and the words that rise and fall among them",
     "Rising and falling: the papers are parted in time into two halves, and a word is shown where its share in one is larger than "
     "in the other beyond chance (2.58 standard errors of the log odds ratio); of many papers, the 10,000 best are looked at.",
     "digest trends diffusion\ndigest trends --by year --svg out.svg diffusion"},
    {"completion", "bash|zsh|fish", "the completions of a shell", "", "digest completion bash > ~/.local/share/bash-completion/completions/digest"},
    {"config", "", "what is in force, and where it comes from",
     "Places, the screen, and every flag that a configuration file may set: from a flag, the environment, the index's file, the user's, or built in.",
     "digest config\ndigest config --json"},
    {"help", "[TOPIC]", "help on a command or a topic: query, json, formats, exit-codes, environment, configuration, ranking", "",
     "digest help query"},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace digest::cli
