// SPDX-License-Identifier: MIT
#include "query/parser.hpp"

#include <string>
#include <vector>

#include "query/printer.hpp"
#include "support/catch.hpp"
#include "trees.hpp"

using namespace digest::query;
using namespace digest::query::test;
using Kind = Node::Kind;
using Occur = Node::Occur;

namespace {

struct Reading {
  const char* text;
  const char* read_as;
};

void check(const std::vector<Reading>& readings, MatchMode mode = MatchMode::natural) {
  for (const Reading& reading : readings) {
    INFO(reading.text);
    CHECK(printed(reading.text, mode) == reading.read_as);
  }
}

std::uint32_t counted(const Node& node) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    count += node.occurs[i] == Occur::should && !node.children[i].stop_word ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("words side by side ask for a share of the informative ones", "[query][parser]") {
  struct Share {
    const char* text;
    std::uint32_t counted, needed;
    bool relaxable;
  };
  const std::vector<Share> shares{
      {"sparse transformers", 2, 2, true},
      {"the grokking", 1, 1, false},
      {"the grokking of large transformers", 3, 2, true},
      {"the sparse model of a language family", 4, 3, true},
      {"sparse models learn language slowly", 5, 4, true},
      {"sparse models learn language slowly today", 6, 4, true},
      {"sparse models learn natural language slowly today", 7, 5, true},
      {"sparse models often learn natural language slowly today", 8, 6, true},
  };
  for (const Share& share : shares) {
    INFO(share.text);
    const Node root = parse(share.text, {}).root;
    REQUIRE(root.kind == Kind::boolean);
    CHECK(counted(root) == share.counted);
    CHECK(root.min_should == share.needed);
    CHECK(root.relaxable == share.relaxable);
  }
}

TEST_CASE("common words are company, unless there is nothing else", "[query][parser]") {
  const Node company = parse("the grokking of", {}).root;
  REQUIRE(company.children.size() == 3);
  CHECK(company.children[0].stop_word);
  CHECK_FALSE(company.children[1].stop_word);
  CHECK(company.children[2].stop_word);

  const Node alone = parse("to be or not", {}).root;
  REQUIRE(alone.children.size() == 4);
  CHECK(counted(alone) == 4);
  CHECK(alone.min_should == 3);

  CHECK_FALSE(parse("of tag:(x OR y)", {}).root.children[0].stop_word);
  CHECK(parse("the", {}).root.kind == Kind::term);
  CHECK_FALSE(parse("the", {}).root.stop_word);

  // Both are the term "an", and the one that is no common word says so.
  CHECK(printed("an ans") == "ans^2");
  CHECK_FALSE(parse("an ans", in_mode(MatchMode::any_word)).root.stop_word);
  CHECK(parse("+the grokking", {}).root.occurs[0] == Occur::must);
}

TEST_CASE("a word said twice is one word of double weight", "[query][parser]") {
  check({{"grokking grokking", "grokking^2"},
         {"grokking sparse grokked", "grokking^2 sparse"},
         {"+grokking grokking^3", "grokking^4"},
         {"to grok or not to grok", "to^2 grok^2 or not"}});
  CHECK(parse("sparse model sparse", {}).root.min_should == 2);
}

TEST_CASE("all words and any word", "[query][parser]") {
  check({{"sparse models learn", "+sparse +models +learn"},
         {"the models", "the +models"},
         {"\"a b\" c", "\"a b\" +c"}},
        MatchMode::all_words);
  check({{"sparse models learn", "sparse OR models OR learn"},
         {"the sparse models", "(sparse OR models) the"},
         {"the models", "the models"},
         {"+sparse models", "+sparse models"},
         {"sparse year:2024", "sparse date:2024-01-01..2024-12-31"}},
        MatchMode::any_word);
  CHECK(parse("+sparse models", in_mode(MatchMode::any_word)).root.min_should == 0);
  CHECK(parse("sparse models", in_mode(MatchMode::any_word)).root.min_should == 1);
  CHECK_FALSE(parse("sparse models learn", in_mode(MatchMode::any_word)).root.relaxable);
  CHECK_FALSE(parse("sparse models learn", in_mode(MatchMode::all_words)).root.relaxable);
}

TEST_CASE("quotes: exactly these words, in this order", "[query][parser]") {
  check({{"\"lottery ticket\"", "\"lottery ticket\""},
         {"\xE2\x80\x9Clottery ticket\xE2\x80\x9D", "\"lottery ticket\""},
         {"\xE2\x80\x9Elottery ticket\xE2\x80\x9C", "\"lottery ticket\""},
         {"\xC2\xABlottery ticket\xC2\xBB", "\"lottery ticket\""},
         {"\"to grok or not to grok\"", "\"to grok or not to grok\""},
         {"\"Lottery-Ticket, networks!\"~3", "\"lottery ticket networks\"~3"},
         {"\"grokking\"~3", "\"grokking\""},
         {"\"a b\"~3^2.5 c", "\"a b\"~3^2.5 c"},
         {"\"a b\"~99999999999", "\"a b\"~1000"},
         {"-\"a b\" c", "-\"a b\" c"},
         {"title:\"a b\"", "title:\"a b\""},
         {"a 5\" disk and a 7\" disk", "(a)^2 5 disk^2 and 7"},
         {"\"two\"\"phrases\"", "\"two\" \"phrases\""}});
  const Node phrase = parse("\"lottery tickets\"", {}).root;
  REQUIRE(phrase.kind == Kind::phrase);
  CHECK(phrase.words[1].form == "tickets");
  CHECK(phrase.words[1].offset == 1);
  const Node exact = parse("\"grokking\"", {}).root;
  REQUIRE(exact.kind == Kind::phrase);
  CHECK(exact.words.size() == 1);
  CHECK(exact.words[0].form == "grokking");
}

TEST_CASE("phrases, signs and fields are never relaxed", "[query][parser]") {
  const Node root = parse("\"lottery ticket\" +sparse title:pruning year:2024 networks", {}).root;
  REQUIRE(root.children.size() == 5);
  CHECK(root.occurs == std::vector<Occur>{Occur::must, Occur::must, Occur::must, Occur::must, Occur::should});
  CHECK(root.min_should == 1);
  CHECK_FALSE(root.relaxable);
}

TEST_CASE("signs count at the start of a word only", "[query][parser]") {
  check({{"+grokking -tickets", "+grokking -tickets"},
         {"fine-tuning", "fine-tuning"},
         {"-fine-tuning sparse", "-fine-tuning sparse"},
         {"sparse - dense", "sparse dense"},
         {"--sparse", "sparse"},
         {"a+b sparse", "a b sparse"},
         {"C++", "c++"},
         {"-5 degrees", "-5 degrees"},
         {"+(sparse OR dense) x", "(sparse OR dense) x"},
         {"-(sparse dense) x", "-(+sparse +dense) x"},
         {"(-sparse dense)", "-sparse dense"}});
}

TEST_CASE("only exclusions mean everything but those", "[query][parser]") {
  const Node root = parse("-survey", {}).root;
  REQUIRE(root.kind == Kind::boolean);
  CHECK(root.children[0].kind == Kind::everything);
  CHECK(root.occurs == std::vector<Occur>{Occur::must, Occur::must_not});
  check({{"-survey", "-survey"}, {"NOT survey", "-survey"}, {"sparse OR -dense", "sparse OR (-dense)"}});
}

TEST_CASE("AND, OR and NOT in capitals between operands", "[query][parser]") {
  check(
      {{"sparse AND dense", "+sparse +dense"},
       {"sparse OR dense", "sparse OR dense"},
       {"grokking NOT tickets", "grokking -tickets"},
       {"grokking AND NOT tickets", "+grokking -tickets"},
       {"(grokking OR stroke) AND NOT tickets", "(grokking OR stroke) -tickets"},
       {"deep learning OR machine learning AND health", "(+deep +learning) OR (+machine +learning +health)"},
       {"sparse OR (dense OR mixed)", "sparse OR dense OR mixed"},
       {"(sparse AND dense) mixed", "+sparse +dense mixed"},
       {"(sparse OR dense) mixed models", "(sparse OR dense) mixed models"},
       {"sparse and dense or mixed", "sparse and dense or mixed"},
       {"the OR sparse", "the OR sparse"},
       {"title:(sparse OR dense) models", "(title:sparse OR title:dense) models"},
       {"title:(the sparse models)", "title:sparse title:models"},
       {"author:(smith OR jones)", "author:smith OR author:jones"},
       {"NOT NOT sparse", "-sparse"},
       {"\"a b\" OR \"c d\"", "\"a b\" OR \"c d\""}});
}

TEST_CASE("operators out of place are words, and it is said", "[query][parser]") {
  check({{"sparse AND", "sparse and"},
         {"OR sparse", "or sparse"},
         {"AND OR NOT", "and OR not"},
         {"TO GROK OR NOT TO GROK", "to^2 grok^2 or not"},
         {"CNN OR RNN", "cnn OR rnn"}});
  check({{"(CNN OR RNN) AND (GPT-4 MIXED)", "(cnn OR rnn) +GPT-4 +mixed"},
         {"1 OR (+2023 +2025)", "1 OR (+2023 +2025)"},
         {"tag:\xE2\x80\x9D: x", "tag:\":\" x"}});
  CHECK(noted("sparse AND") == "ignored_operator");
  CHECK(noted("CNN OR RNN").empty());
}

TEST_CASE("brackets group if balanced and not glued to a word", "[query][parser]") {
  check({{"GPT-4V(ision)", "GPT-4V ision"},
         {"P(True)", "p true"},
         {"Super(ficial)-alignment", "super ficial alignment"},
         {"(super)-alignment", "super alignment"},
         {"Vision Language Models (VLMs) are blind", "vision language models vlms are blind"},
         {"((sparse))", "sparse"},
         {"(sparse", "sparse"},
         {"sparse) dense (mixed", "sparse dense mixed"},
         {"()", "\"\""}});
  CHECK(noted("GPT-4V(ision)").empty());
  CHECK(noted("(sparse") == "unbalanced_bracket");
}

TEST_CASE("fields before words, phrases and groups", "[query][parser]") {
  check({{"title:grokking", "title:grokking"},
         {"TITLE:grokking", "title:grokking"},
         {"abstract:fine-tuning", "abstract:fine-tuning"},
         {"title:a.b", "title:a.b"},
         {"-title:sparse models", "-title:sparse models"},
         {"author:\"John Smith\" author:Lee", "author:\"John Smith\" author:Lee"},
         {R"(source:a"b*c\"" grok)", "source:ab*c grok"},
         {"category:cs.LG source:trending.txt tag:later id:arxiv:2405.15071",
          "category:cs.LG source:trending.txt tag:later id:arxiv:2405.15071"},
         {"title:", "title"},
         {"Attention: a survey", "attention a survey"},
         {"title: sparse", "title sparse"},
         {"std::vector", "std vector"},
         {"title:grok*", "title:grok*"},
         {"foo:bar", "foo bar"}});
  CHECK(parse("author:lee", {}).root.filter);
  CHECK(noted("Attention: a survey").empty());
  CHECK(noted("foo:bar") == "unknown_field");
  const Query slip = parse("autor:smith x", {});
  REQUIRE(slip.notes.size() == 1);
  CHECK(slip.notes[0].text.find("author:") != std::string::npos);
  CHECK(slip.notes[0].at == std::make_pair(0U, 6U));
}

TEST_CASE("days and spans of days", "[query][parser]") {
  check({{"year:2024", "date:2024-01-01..2024-12-31"},
         {"year:2023..2025", "date:2023-01-01..2025-12-31"},
         {"year:2025..2023", "date:2023-01-01..2025-12-31"},
         {"year:>=2024", "date:2024-01-01.."},
         {"year:<2024", "date:..2023-12-31"},
         {"date:2024-03..", "date:2024-03-01.."},
         {"date:2024-02-29", "date:2024-02-29"},
         {"sparse -year:2024", "sparse -date:2024-01-01..2024-12-31"},
         {"year:x..y", "x y"},
         {"date:2023-02-30", "2023-02-30"},
         {"year:", "year"}});
  ParseOptions options;
  options.today = 20000;
  CHECK(to_string(parse("date:7d", options).root) == "date:2024-09-27..");
  CHECK(noted("year:x..y") == "bad_date");
}

TEST_CASE("prefix, edits and weight", "[query][parser]") {
  check({{"grok*", "grok*"},
         {"Grok**, x", "grok* x"},
         {"word~", "word~1"},
         {"word~2", "word~2"},
         {"word~9", "word~2"},
         {"word^2", "word^2"},
         {"word^0.5", "word^0.5"},
         {"word^1", "word"},
         {"grok*^2 x~1^3", "grok*^2 x 1^3"},
         {"(sparse dense)^2 mixed", "sparse^2 dense^2 mixed"},
         {"(sparse^2 dense)^2", "sparse^4 dense^2"},
         {"(x y)^2 sparse", "(x)^2 (y)^2 sparse"},
         {"word^99999", "word^1000"},
         {"fine-tuning^2", "fine-tuning^2"},
         {"+grok* x", "+grok* x"},
         {"fine-tun*", "finetun*"}});
  check({{"R^3", "R^3"},
         {"A* search", "a search"},
         {"a^", "a"},
         {"x~", "x"},
         {"*", "*"},
         {"~", "\"\""},
         {"2~3 times", "2 3 times"},
         {"a.b*", "a b"},
         {"~10% of", "10 of"},
         {"f(x)*g", "f x g"}});
  CHECK(noted("a.b*") == "ignored_operator");
  CHECK(noted("gr*k") == "ignored_operator");
  CHECK(noted("title:optimi*ation") == "ignored_operator");
  for (const char* name : {"A* search", "C*-algebra", "L*a*b* colours", "R*CNN", "weak* topology", "x*y", "f(x)*g", "T^*T", "grok*"}) {
    INFO(name);
    CHECK(noted(name).empty());
  }
  // Where a field speaks of several words they stay one thing, star or no star.
  check({{"title:a.b*", "title:a;b"}, {"C++^fine~2", "c++-fine 2"}, {"\xE4\xB8\xAD* x", "\xE4\xB8\xAD* x"}});
}

TEST_CASE("compounds are one unit", "[query][parser]") {
  const Node root = parse("fine-tuning", {}).root;
  REQUIRE(root.kind == Kind::union_of);
  REQUIRE(root.children.size() == 2);
  CHECK(root.children[0].kind == Kind::term);
  CHECK(root.children[0].text == "finetuning");
  REQUIRE(root.children[1].kind == Kind::phrase);
  CHECK(root.children[1].words.size() == 2);
  CHECK(root.children[1].words[0].form.empty());
  CHECK(root.children[1].words[1].offset == 1);
  const Node three = parse("fine-tuning of GPT-4V for text-to-speech", {}).root;
  CHECK(counted(three) == 3);
}

TEST_CASE("several words glued together stay together where something is said about them",
          "[query][parser]") {
  const Node root = parse("sparse -a.b", {}).root;
  REQUIRE(root.children.size() == 2);
  CHECK(root.children[1].kind == Kind::phrase);
  CHECK(root.children[1].words.size() == 2);
  CHECK(root.children[1].words[0].form.empty());
}

TEST_CASE("identifiers come first and are never needed", "[query][parser]") {
  const Query query = parse("arXiv:2405.15071v2 grokking", {});
  CHECK(query.pinned == std::vector<std::string>{"arxiv:2405.15071"});
  REQUIRE(query.root.children.size() == 2);
  CHECK(query.root.children[0].stop_word);
  CHECK(query.root.min_should == 1);
  CHECK(parse("2405.15071", {}).pinned.size() == 1);
  CHECK(parse("see https://arxiv.org/pdf/2405.15071v1.pdf, please", {}).pinned.size() == 1);
  CHECK(parse("10.1145/3292500.3330701", {}).pinned ==
        std::vector<std::string>{"doi:10.1145/3292500.3330701"});
  for (const char* text : {"-2405.15071 x", "NOT 2405.15071 x", "x -(y OR 2405.15071)", "x NOT (y OR (2405.15071))"}) {
    INFO(text);
    CHECK(parse(text, {}).pinned.empty());
  }
  CHECK(parse("x -2405.15071", {}).root.children[1].kind == Kind::id);
  CHECK(parse("\"2405.15071\"", {}).pinned.size() == 1);
  CHECK(parse("\"see 2405.15071\"", {}).pinned.empty());
  CHECK(parse("PMID: 123456", {}).pinned == std::vector<std::string>{"pmid:123456"});
  CHECK(parse("123456 pmid", {}).pinned.empty());
  CHECK(parse("cmp-lg/9404003", {}).pinned == std::vector<std::string>{"arxiv:cmp-lg/9404003"});
  CHECK(parse("https://www.aclweb.org/anthology/P18-1109/", {}).pinned == std::vector<std::string>{"acl:P18-1109"});
  CHECK(parse("2020.framenet-1.2", {}).pinned == std::vector<std::string>{"acl:2020.framenet-1.2"});
  for (const char* text : {"P18-11090", "GPT-4", "2020-01", "2020.5-1", "a-b.c", "ACL: 2020"}) {
    INFO(text);
    CHECK(parse(text, {}).pinned.empty());
  }
  CHECK(parse("https://example.org/a", {}).pinned == std::vector<std::string>{"https://example.org/a"});
  CHECK(parse("grokking 3.5 2405.1", {}).pinned.empty());
  CHECK(noted("https://example.org/a:b").empty());
}

TEST_CASE("nothing asked is everything wanted; no word found is nothing", "[query][parser]") {
  for (const char* text : {"", "   ", "\t\n", "*"}) CHECK(parse(text, {}).root.kind == Kind::everything);
  for (const char* text : {"((", "\"\"", "-", "+", "--", "~", "^", "\\", "'", "...", "date:.."}) {
    INFO(text);
    CHECK(parse(text, {}).root.kind == Kind::nothing);
  }
}

TEST_CASE("literal: no operators at all", "[query][parser]") {
  ParseOptions options;
  options.literal = true;
  CHECK(to_string(parse("+sparse -dense title:x \"a b\" OR c*", options).root) ==
        "sparse dense title x a b or c");
  CHECK(parse("2405.15071", options).pinned.empty());
}

TEST_CASE("fuzzy: longer words also match within one edit", "[query][parser]") {
  ParseOptions options;
  options.fuzzy = true;
  CHECK(to_string(parse("2405.15071v1 2s", options).root) == "2405.15071v1 2s");
  CHECK(to_string(parse("the sparse gan 2024 \"dense\" title:models", options).root) ==
        "the sparse~1 gan 2024 \"dense\" title:models~1");
}

TEST_CASE("whatever letter ends a word, it is read alike when printed", "[query][parser]") {
  ParseOptions options;
  for (char32_t c = 0xA0; c < 0x10000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    const std::string two{static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    const std::string three{static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    for (const bool fuzzy : {false, true}) {
      options.fuzzy = fuzzy;
      const std::string printed = to_string(parse("beads" + (c < 0x800 ? two : three), options).root);
      INFO(printed);
      REQUIRE(to_string(parse(printed, {}).root) == printed);
    }
  }
}

TEST_CASE("an address left out is printed without what is broken in it", "[query][parser]") {
  const std::string printed = to_string(parse("+spar -https://+sp...ht.runi.ro\xFF" "nwp.rudenni", {}).root);
  CHECK(printed.find('\xFF') == std::string::npos);
  CHECK(to_string(parse(printed, {}).root) == printed);
}

TEST_CASE("limits are kept and said", "[query][parser]") {
  std::string words;
  for (int i = 0; i < 400; ++i) words += "word" + std::to_string(i) + " ";
  const Query many = parse(words, {});
  CHECK(many.root.children.size() == kMaxClauses);
  REQUIRE(many.notes.size() == 1);
  CHECK(many.notes[0].code == "too_many_words");

  const Query long_one = parse(std::string(20000, 'a') + " b", {});
  REQUIRE_FALSE(long_one.notes.empty());
  CHECK(long_one.notes[0].code == "too_long");

  CHECK(parse(std::string(3000, '('), {}).root.kind == Kind::nothing);
  const Query deep =
      parse(std::string(3000, '(') + "sparse OR (dense AND mixed)" + std::string(3000, ')'), {});
  CHECK(to_string(deep.root) == "sparse OR (+dense +mixed)");
  std::string nested;
  for (int i = 0; i < 100; ++i) nested += "(w" + std::to_string(i) + " OR ";
  nested += "end" + std::string(100, ')');
  CHECK(noted(nested) == "too_deep");
}

TEST_CASE("places are code points", "[query][parser]") {
  const Query query = parse(
      "na\xC3\xAFve gr\xC3\xB6\xC3\x9F"
      "er (x",
      {});
  REQUIRE(query.notes.size() == 1);
  CHECK(query.notes[0].at == std::make_pair(13U, 14U));
  REQUIRE(query.root.children.size() == 3);
  CHECK(query.root.children[1].text_begin == 6);
  CHECK(query.root.children[1].text_end == 12);
}
