// SPDX-License-Identifier: MIT
#include "query/rewriter.hpp"

#include <string>

#include "fake_vocabulary.hpp"
#include "query/expansion.hpp"
#include "support/catch.hpp"
#include "trees.hpp"

using namespace digest::query;
using namespace digest::query::test;
using Kind = Node::Kind;

namespace {

Node rewritten(std::string_view text, const Vocabulary& vocabulary, MatchMode mode = MatchMode::natural) {
  return rewrite(parse(text, in_mode(mode)), vocabulary).root;
}

// "grok|grokking!" : a term and an exact form.
std::string alternatives(const Node& node) {
  std::string out;
  for (const Node& child : node.children) {
    out += out.empty() ? "" : "|";
    out += child.text;
    if (child.kind == Kind::phrase && !child.words.front().form.empty()) out += '!';
  }
  return out;
}

}  // namespace

TEST_CASE("the three spellings of a compound meet", "[query][rewriter]") {
  const FakeVocabulary vocabulary{"fine-tuning of models", "finetuning at scale", "fine tuning",
                                  "a fine day"};
  const Node hyphen = rewritten("fine-tuning", vocabulary);
  const Node joined = rewritten("finetuning", vocabulary);
  REQUIRE(hyphen.kind == Kind::union_of);
  REQUIRE(joined.kind == Kind::union_of);
  CHECK(alternatives(hyphen) == "finetuning|fine-tuning");
  CHECK(joined.children[0].words[0].term == hyphen.children[0].words[0].term);
  REQUIRE(joined.children[1].words.size() == 2);
  CHECK(joined.children[1].words[1].term == hyphen.children[1].words[1].term);

  const Node apart = rewritten("fine tuning", vocabulary);
  REQUIRE(apart.children.size() == 2);
  CHECK(apart.min_should == 2);
  CHECK(alternatives(apart.children[0]) == "fine|finetuning");
  CHECK(alternatives(apart.children[1]) == "tuning|finetuning");
}

TEST_CASE("ordinary neighbours stay as they are", "[query][rewriter]") {
  const FakeVocabulary vocabulary{"sparse language models", "the thesis"};
  const Node root = rewritten("sparse language models", vocabulary);
  for (const Node& child : root.children) CHECK(child.kind == Kind::term);
  const FakeVocabulary joined{"sparselanguage"};
  CHECK(rewritten("sparse OR language", joined).children[0].kind == Kind::term);
  CHECK(rewritten("sparse, language", joined).children[0].kind == Kind::term);
}

TEST_CASE("two spellings in one query count once", "[query][rewriter]") {
  const FakeVocabulary vocabulary{"fine-tuning finetuning models at scale"};
  const Node root = rewritten("fine-tuning finetuning models", vocabulary);
  REQUIRE(root.children.size() == 2);
  CHECK(root.min_should == 2);
  CHECK(root.children[0].boost == 2.0);
  CHECK(rewritten("fine-tuning finetuning", vocabulary).kind == Kind::union_of);
}

TEST_CASE("a prefix becomes the words that start with it", "[query][rewriter]") {
  const FakeVocabulary vocabulary{"grok grokking", "grokked grocery", "gross"};
  CHECK(alternatives(rewritten("grok*", vocabulary)) == "grok");
  CHECK(alternatives(rewritten("grokk*", vocabulary)) == "grokked!|grokking!");
  CHECK(alternatives(rewritten("title:gro*", vocabulary)) == "grocery|grok|gross");
  CHECK(rewritten("title:gro*", vocabulary).children[0].field == Field::title);
  CHECK(rewritten("gro*^3", vocabulary).boost == 3.0);
  CHECK(rewritten("zyz*", vocabulary).kind == Kind::nothing);
}

TEST_CASE("a fuzzy word takes its kin along", "[query][rewriter]") {
  const FakeVocabulary vocabulary{"grok grokking", "grokked", "stroking"};
  CHECK(alternatives(rewritten("grokkinng~1", vocabulary)) == "grokking!");
  CHECK(alternatives(rewritten("grokking~1", vocabulary)) == "grok");
  CHECK(rewritten("xyzzy~2", vocabulary).kind == Kind::nothing);
}

TEST_CASE("a prefix of more than a thousand words is cut, and it is said", "[query][rewriter]") {
  FakeVocabulary vocabulary;
  for (int i = 0; i < 1500; ++i) vocabulary.add("zq" + std::to_string(100000 + i));
  vocabulary.add("zq101499 zq101498");
  const Query query = rewrite(parse("zq*", {}), vocabulary);
  CHECK(query.root.children.size() == kMaxExpansion);
  REQUIRE(query.notes.size() == 1);
  CHECK(query.notes[0].code == "cut_expansion");
  CHECK(query.notes[0].at == std::make_pair(0U, 3U));
  CHECK(query.root.children.back().text == "zq101499");  // in two papers: it stays
}

TEST_CASE("rewriting again changes nothing", "[query][rewriter]") {
  const FakeVocabulary vocabulary{"fine-tuning finetuning grokking models", "tuning grok fine"};
  for (const char* text : {"fine tuning models", "finetuning grok* -tunin~1", "(fine tuning) OR grok*",
                           "title:finetuning \"a b\""}) {
    const Query once = rewrite(parse(text, {}), vocabulary);
    CHECK(same_tree(rewrite(once, vocabulary).root, once.root));
  }
}
