// SPDX-License-Identifier: MIT
#include "ingest/cleaning.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "ingest/abstracts.hpp"
#include "support/catch.hpp"

using namespace digest::ingest;

TEST_CASE("LaTeX: accents become letters", "[cleaning]") {
  CHECK(clean("C. Bal\\'azs", Markup::latex) == "C. Balázs");
  CHECK(clean("P. \\\"Uberall, {\\\"{u}}, \\c{c}, \\v{s}, \\v s, \\'{\\i}, \\'\\i", Markup::latex) == "P. Überall, ü, ç, š, š, í, í");
  CHECK(clean("Nguy{\\~{\\^e}}n", Markup::latex) == "Nguy\xE1\xBB\x85n");
  CHECK(clean("{\\o} \\aa ngstr\\\"om Erd\\H{o}s \\L{}ukasz Stra\\ss e", Markup::latex) == "ø ångström Erdős Łukasz Straße");
  CHECK(clean("na\\\"ive \\~n \\={a} \\.z", Markup::latex) == "naïve ñ ā ż");
}

TEST_CASE("LaTeX: commands give their text, braces that protect capitals go", "[cleaning]") {
  CHECK(clean("\\emph{In} \\textbf{bold {and} more} {\\em finite sample}", Markup::latex) == "In bold and more finite sample");
  CHECK(clean("{B}ayesian {DNA}-{RNA}", Markup::latex) == "Bayesian DNA-RNA");
  CHECK(clean("in {0,1} and {1,...,n}", Markup::latex) == "in {0,1} and {1,...,n}");
  CHECK(clean("20\\% of \\$5 \\& more \\_x \\#1", Markup::latex) == "20% of $5 & more _x #1");
  CHECK(clean("as shown~\\cite{doe2020, roe} here", Markup::latex) == "as shown here");
  CHECK(clean("see \\url{https://a.example/b_c} and \\href{https://a.example}{our page}", Markup::latex) ==
        "see https://a.example/b_c and our page (https://a.example)");
  CHECK(clean("\\alpha decay", Markup::latex) == "alpha decay");
}

TEST_CASE("LaTeX: signs that have commands, math that is ensured", "[cleaning]") {
  CHECK(clean("a (6.5 {\\ensuremath{\\pm}} 0.7) {\\texttimes} 10$^{9}$ M$_{{\\ensuremath{\\odot}}}$ hole", Markup::latex) ==
        "a (6.5 $\\pm$ 0.7) × 10$^{9}$ M$_{{\\odot}}$ hole");
  CHECK(clean("z {\\ensuremath{<}} 2 and \\ensuremath{z=3}, \\ensuremath{\\alpha}-rich", Markup::latex) == "z < 2 and z=3, $\\alpha$-rich");
  CHECK(clean("some \\raisebox{-0.5ex}\\textasciitilde4 {\\texteuro} at 5{\\textdegree}", Markup::latex) == "some ~4 € at 5°");
  CHECK(clean("open \\ensuremath{\\pm and more", Markup::latex) == "open {\\pm and more");
}

TEST_CASE("LaTeX: ties, quotes and dashes", "[cleaning]") {
  CHECK(clean("models~(VDMs), Task~Arithmetic, ~136K and (~3%)", Markup::latex) == "models (VDMs), Task Arithmetic, ~136K and (~3%)");
  CHECK(clean("``adaptivity gap''", Markup::latex) == "\"adaptivity gap\"");
  CHECK(clean("1--2, a---b, Journey -- Part 2", Markup::latex) == "1–2, a—b, Journey -- Part 2");
  CHECK(clean("https://github.com/a/child-play{ChildPlay Repository}", Markup::latex) == "https://github.com/a/child-play (ChildPlay Repository)");
  CHECK(clean("https://a.example/~doe/x--y", Markup::latex) == "https://a.example/~doe/x--y");
}

TEST_CASE("LaTeX: math and anything unbalanced stay as they are", "[cleaning]") {
  CHECK(clean("error $O(n^{-1})$ for $\\alpha \\in \\{0,1\\}$", Markup::latex) == "error $O(n^{-1})$ for $\\alpha \\in \\{0,1\\}$");
  CHECK(clean("costs $5 only", Markup::latex) == "costs $5 only");
  CHECK(clean("an {open brace", Markup::latex) == "an {open brace");
  CHECK(clean("ends in \\", Markup::latex) == "ends in \\");
  CHECK(clean("a } b", Markup::latex) == "a } b");
}

TEST_CASE("HTML: references, inline and block tags", "[cleaning]") {
  CHECK(clean("<b>F</b>rame<i>N</i>et", Markup::html) == "FrameNet");
  CHECK(clean("one<br>two<p>three</p>", Markup::html) == "one two three");
  CHECK(clean("one<p>two", Markup::html, Paragraphs::keep) == "one\n\ntwo");
  CHECK(clean("R&amp;D &eacute;t&#233; &#x3b1; &unknown; &#150;", Markup::html) == "R&D été α &unknown; –");
  CHECK(clean("if a < b and c > d, x <y", Markup::html) == "if a < b and c > d, x <y");
  CHECK(clean("<a href=\"x\">link</a> <jats:sub>2</jats:sub>", Markup::html) == "link 2");
}

TEST_CASE("Markdown: emphasis, links and escapes", "[cleaning]") {
  CHECK(clean("**Bold** and *it* in [a page](https://a.example), 2 * 3 \\| x", Markup::markdown) == "Bold and it in a page, 2 * 3 | x");
  CHECK(clean("snake_case and _word_", Markup::markdown) == "snake_case and word");
}

TEST_CASE("white space: wrapped lines join, hyphens at line ends stay", "[cleaning]") {
  CHECK(clean("  A wrapped\n  title \t here ", Markup::plain) == "A wrapped title here");
  CHECK(clean("low-\nrank, open-\nand closed-set", Markup::plain) == "low-rank, open- and closed-set");
  CHECK(clean("one\ntwo\n\nthree", Markup::plain, Paragraphs::keep) == "one two\n\nthree");
  CHECK(clean("a\xC2\xA0" "b\xE2\x80\x8B" "c\x1B[2J", Markup::plain) == "a bc[2J");
  CHECK(clean("cafe\xCC\x81", Markup::plain) == "café");
  CHECK(clean("plain text, as it is", Markup::html_and_latex) == "plain text, as it is");
}

TEST_CASE("cleaning never fails and always gives valid UTF-8", "[cleaning][property]") {
  std::mt19937 random(7);
  const std::string pieces[] = {"\\", "{", "}", "$", "\\'", "e", "<", ">", "i", "&", ";", "#x41", "~", "``", "--", " ", "\n\n", "ü", "\xFF", "[", "](", ")", "*",
                                "\\href{", "\\cite", "\\(", "\\)", "<p>", "<!--", "0,1", "\\c", "\\begin{"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = random() % 30; i > 0; --i) text += pieces[random() % std::size(pieces)];
    for (const Markup markup : {Markup::plain, Markup::latex, Markup::html, Markup::html_and_latex, Markup::markdown}) {
      const std::string out = clean(text, markup, Paragraphs::keep);
      REQUIRE(digest::is_valid_utf8(out));
      REQUIRE(out.size() <= 4 * text.size() + 4);
    }
  }
}

TEST_CASE("characters are composed as if the text were one", "[cleaning][property]") {
  // Marks of several classes in any order, singletons, Hangul letters, exclusions; ASCII between them and before them.
  const std::vector<std::string> pieces = {"a", "e", "u", "S", " x", ".", "\u0301", "\u0327", "\u0323", "\u0308", "\u00E9", "\u00FC", "\u212B", "\u2126",
                                           "\u1100", "\u1161", "\u11A8", "\uAC00", "\u0915", "\u093C", "\u0958", "\U0001D15E", "\u4E2D", "\u0344"};
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string text = "t";
    for (std::size_t n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
    utf8proc_uint8_t* whole = utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
    const std::string expected(reinterpret_cast<const char*>(whole));
    std::free(whole);
    CHECK(clean(text, Markup::plain, Paragraphs::join) == expected);
  }
}

TEST_CASE("authors in all their forms", "[cleaning]") {
  using Names = std::vector<std::string>;
  CHECK(split_authors("Doe, Jane and Roe, R.") == Names{"Doe, Jane", "Roe, R."});
  CHECK(split_authors("J. Doe, R. Roe and X. Poe") == Names{"J. Doe", "R. Roe", "X. Poe"});
  CHECK(split_authors("Doe J; Roe R") == Names{"Doe J", "Roe R"});
  CHECK(split_authors("Doe J, Roe R") == Names{"Doe J", "Roe R"});
  CHECK(split_authors("Doe, J., Roe, R. K.") == Names{"Doe, J.", "Roe, R. K."});
  CHECK(split_authors("Doe, Jane") == Names{"Doe, Jane"});
  CHECK(split_authors("Poe Roe, Jane") == Names{"Poe Roe, Jane"});
  CHECK(split_authors("J. Doe, Plato") == Names{"J. Doe", "Plato"});
  CHECK(split_authors("Jane Doe, Ann Roe") == Names{"Jane Doe", "Ann Roe"});
  CHECK(split_authors("Jane Doe, Jr.") == Names{"Jane Doe, Jr."});
  CHECK(split_authors("['Doe, J. B.', \"O'Roe, A.\"]") == Names{"Doe, J. B.", "O'Roe, A."});
  CHECK(split_authors("[]").size() <= 1);
  CHECK(split_authors("['").size() <= 1);
  CHECK(split_authors("A. Doe (1 and 2), B. Roe (2) ((1) Here, (2) There)").size() >= 2);
  CHECK(split_authors("").empty());
}

TEST_CASE("dates in all their forms", "[cleaning]") {
  CHECK(normalise_date("2025-03-11T00:00:00Z") == "2025-03-11");
  CHECK(normalise_date("Tue, 11 Mar 2025 10:00:00 GMT") == "2025-03-11");
  CHECK(normalise_date("11 March 2025") == "2025-03-11");
  CHECK(normalise_date("2025 Jan") == "2025-01");
  CHECK(normalise_date("2025 Jan 5") == "2025-01-05");
  CHECK(normalise_date("Mar 11, 2025") == "2025-03-11");
  CHECK(normalise_date("Fri, 17 Mar 23 00:31:14 GMT") == "2023-03-17");
  CHECK(normalise_date("2008 Spring") == "2008");
  CHECK(normalise_date("1998//") == "1998");
  CHECK(normalise_date("Mar 11").empty());
  CHECK(normalise_date("Mar 11", "2025-06-01") == "2025-03-11");
  CHECK(normalise_date("2025-13-45") == "2025");
  CHECK(normalise_date("no date at all").empty());
}

TEST_CASE("what stands around an abstract goes, what begins like it stays", "[cleaning]") {
  std::vector<std::pair<std::string, std::string>> cases{
      {"AbstractBackground: Beads.", "Background: Beads."},
      {"Abstract Rationale: Beads.", "Rationale: Beads."},
      {"We count. ABSTRACT FROM AUTHOR", "We count."},
      {"We count. [ABSTRACT FROM AUTHOR] Copyright of Beads is the property of Example B.V. and its content may not be copied. "
       "(Copyright applies to all Abstracts.)", "We count."}};
  for (const char* heading : {"Abstract: ", "ABSTRACT\n\n", "Abstract. ", "Abstract—", "Abstract -- ", "Abstract ", "ABSTRACT ", "Abstract"}) {
    cases.emplace_back(std::string(heading) + "We count beads.", "We count beads.");
  }
  for (const char* whole : {"Abstract interpretation is sound.", "Abstract Meaning Representation of beads.", "Abstract", "Abstract: ", "Abstraction helps.",
                            "ABSTRACT", "Abstract-level beads.", "Abstract - and concrete - beads are compared.", "Copyright of beads is the property of nobody."}) {
    cases.emplace_back(whole, whole);
  }
  for (auto& [abstract, expected] : cases) {
    drop_surroundings(abstract);
    CHECK(abstract == expected);
  }
}
