// SPDX-License-Identifier: MIT
#include "index/index_writer.hpp"

#include <digest/error.hpp>
#include <digest/limits.hpp>

#include "index/snapshot.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::index;

namespace {

Paper paper(const std::string& title, const std::string& abstract, std::uint64_t line = 1) {
  Paper out;
  out.title = title;
  out.abstract = abstract;
  out.sources = {{"digest.txt", line, "page"}};
  return out;
}

WriterOptions one_thread() {
  WriterOptions options;
  options.threads = 1;
  return options;
}

}  // namespace

TEST_CASE("what was added is there after the commit, and not before") {
  const auto directory = storage::make_memory_directory();
  {
    IndexWriter writer(*directory, one_thread());
    REQUIRE(writer.add(paper("Grokking beads", "Networks that grok beads, after a long while.")) == AddOutcome::added);
    REQUIRE(writer.add(paper("Counting beads", "A fine-tuned network counts beads.")) == AddOutcome::added);
    REQUIRE_THROWS_AS(Snapshot::open(*directory, storage::Access::small_reads), Error);
    REQUIRE(writer.commit().papers == 2);
  }
  const auto snapshot = Snapshot::open(*directory, storage::Access::small_reads);
  REQUIRE(snapshot->summary().papers == 2);
  REQUIRE(snapshot->vocabulary().document_frequency("bead") == 2);
  REQUIRE(snapshot->vocabulary().document_frequency("grok") == 1);
  REQUIRE(snapshot->vocabulary().compound_parts("finetuned") == std::vector<std::string>{"fine", "tuned"});
  std::vector<std::string> titles;
  snapshot->for_each([&](const Snapshot::StoredPaper& stored) {
    titles.push_back(stored.paper.title);
    REQUIRE(snapshot->find(stored.id)->title == stored.paper.title);
    return true;
  });
  REQUIRE(titles == std::vector<std::string>{"Grokking beads", "Counting beads"});
  REQUIRE(check_index(*directory).damage.empty());
}

TEST_CASE("what a killed writer left is cleared up by the next one, even if that has nothing to write") {
  const auto directory = storage::make_memory_directory();
  const Paper known = paper("A study of counting beads slowly", "We count beads.");
  {
    IndexWriter writer(*directory, one_thread());
    writer.add(Paper(known));
    writer.commit();
  }
  const std::vector<std::string> names = directory->list();
  for (const char* left : {"pending-commit-6", "segment-9", "spill-3"}) {
    const auto file = directory->create(left);
    file->append("half of it");
    file->close();
  }
  IndexWriter writer(*directory, one_thread());
  REQUIRE(writer.add(Paper(known)) == AddOutcome::unchanged);
  REQUIRE(writer.commit().generation == 1);
  REQUIRE(directory->list() == names);
}

TEST_CASE("the same paper again is unchanged, a fuller one updates, a second copy merges") {
  const auto directory = storage::make_memory_directory();
  const Paper first = paper("A study of counting beads slowly", "");
  Paper fuller = paper("A Study of Counting Beads, Slowly", "We count. Slowly, and with care, we count all of the beads.", 7);
  {
    IndexWriter writer(*directory, one_thread());
    REQUIRE(writer.add(Paper(first)) == AddOutcome::added);
    REQUIRE(writer.add(Paper(first)) == AddOutcome::merged);
    writer.commit();
  }
  {
    IndexWriter writer(*directory, one_thread());
    REQUIRE(writer.add(Paper(first)) == AddOutcome::unchanged);
    const auto unchanged = writer.commit();
    REQUIRE(unchanged.generation == 1);
  }
  {
    IndexWriter writer(*directory, one_thread());
    REQUIRE(writer.add(Paper(fuller)) == AddOutcome::updated);
    REQUIRE(writer.commit().papers == 1);
  }
  const auto snapshot = Snapshot::open(*directory, storage::Access::small_reads);
  REQUIRE(snapshot->vocabulary().document_frequency("bead") == 1);
  snapshot->for_each([&](const Snapshot::StoredPaper& stored) {
    REQUIRE(stored.paper.abstract == fuller.abstract);
    return true;
  });
  REQUIRE(check_index(*directory).damage.empty());
}

TEST_CASE("limit: papers of one title are compared with so many others, and known again all the same") {
  const auto directory = storage::make_memory_directory();
  const auto nth = [](std::size_t i) {  // nothing but the title is alike
    std::string text;
    for (std::size_t word = 0; word < 12; ++word) text += "word" + std::to_string(i * 100 + word) + " ";
    return paper("Counting Beads with Very Small Models", text);
  };
  constexpr std::size_t kPapers = kMaxNamesakes * 3;
  for (const AddOutcome expected : {AddOutcome::added, AddOutcome::unchanged}) {
    IndexWriter writer(*directory, one_thread());
    for (std::size_t i = 0; i < kPapers; ++i) REQUIRE(writer.add(nth(i)) == expected);
    for (std::size_t i = 0; i < kPapers; ++i) REQUIRE(writer.add(nth(i)) == AddOutcome::merged);
    writer.commit();
  }
  REQUIRE(Snapshot::open(*directory, storage::Access::small_reads)->summary().papers == kPapers);
  // Within the bound a text that is only alike is recognised.
  IndexWriter writer(*directory, one_thread());
  Paper alike = nth(kMaxNamesakes - 1);
  alike.abstract += "and more";
  REQUIRE(writer.add(std::move(alike)) == AddOutcome::updated);
}

TEST_CASE("a removed paper takes its words with it, before a merge as after it") {
  const auto directory = storage::make_memory_directory();
  std::string id;
  {
    IndexWriter writer(*directory, one_thread());
    for (int i = 0; i < 300; ++i) {
      writer.add(paper("Paper number " + std::to_string(i) + " about topic " + std::to_string(i * 7), "Beads and word" + std::to_string(i) + " are counted here."));
    }
    writer.commit();
  }
  {
    const auto snapshot = Snapshot::open(*directory, storage::Access::small_reads);
    snapshot->for_each([&](const Snapshot::StoredPaper& stored) {
      id = stored.id;
      return stored.paper.title.find("number 42 ") == std::string::npos;
    });
  }
  {
    IndexWriter writer(*directory, one_thread());
    REQUIRE(writer.remove(id));
    REQUIRE_FALSE(writer.remove("t:nosuchid00"));
    REQUIRE(writer.commit().papers == 299);
  }
  for (int round = 0; round < 2; ++round) {
    const auto snapshot = Snapshot::open(*directory, storage::Access::small_reads);
    REQUIRE(snapshot->summary().papers == 299);
    REQUIRE(snapshot->vocabulary().document_frequency("bead") == 299);
    REQUIRE(snapshot->vocabulary().document_frequency("word42") == 0);
    REQUIRE_FALSE(snapshot->find(id));
    REQUIRE(check_index(*directory).damage.empty());
    IndexWriter writer(*directory, one_thread());
    writer.optimize();
    writer.commit();
  }
}

TEST_CASE("merged segments whose sizes are no multiple of a block can be optimized") {
  const auto directory = storage::make_memory_directory();
  std::uint64_t added = 0;
  for (int commit = 0; commit < 8; ++commit) {  // so many small segments are merged, block by block
    IndexWriter writer(*directory, one_thread());
    for (int i = 0; i < 5; ++i) {
      const std::string name = "Number" + std::to_string(++added) + "x";
      REQUIRE(writer.add(paper(name + " counting of beads " + name, "Of " + name + " we say only this.")) == AddOutcome::added);
    }
    writer.commit();
  }
  {
    IndexWriter writer(*directory, one_thread());
    writer.optimize();
    REQUIRE(writer.commit().papers == added);
  }
  REQUIRE(check_index(*directory).damage.empty());
}
