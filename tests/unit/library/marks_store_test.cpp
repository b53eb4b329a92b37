// SPDX-License-Identifier: MIT
#include "library/marks_store.hpp"

#include <digest/error.hpp>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "support/catch.hpp"
#include "support/scratch.hpp"

using namespace digest;
using library::MarksStore;
using library::Mode;
using Words = std::vector<std::string>;

TEST_CASE("reading makes no file, writing makes it with its folders") {
  const test::Scratch scratch;
  const std::string path = scratch / "deep/er/user.db";
  CHECK(MarksStore::open(path, Mode::read) == nullptr);
  CHECK_FALSE(std::ifstream(path).good());
  CHECK(MarksStore::open(path, Mode::write) != nullptr);
  CHECK(MarksStore::open(path, Mode::read) != nullptr);
}

TEST_CASE("tags go on and off, and are still there later") {
  const test::Scratch scratch;
  const std::string path = scratch / "user.db";
  {
    const auto store = MarksStore::open(path, Mode::write);
    store->change_tags({"p1", "p2"}, {"later", "good"}, {});
    store->change_tags({"p1"}, {"later"}, {"good"});
  }
  const auto store = MarksStore::open(path, Mode::read);
  CHECK(store->tags_of("p1") == Words{"later"});
  CHECK(store->tags_of("p2") == Words{"good", "later"});
  CHECK(store->tags_of({"p2", "none", "p1"}) == std::vector<Words>{{"good", "later"}, {}, {"later"}});
  CHECK(store->papers_with("later") == Words{"p1", "p2"});
  CHECK(store->papers_with("none").empty());
  REQUIRE(store->tags().size() == 2);
  CHECK(store->tags()[1].papers == 2);
}

TEST_CASE("a saved search is replaced by its namesake and forgotten with what was seen") {
  const test::Scratch scratch;
  const auto store = MarksStore::open(scratch / "user.db", Mode::write);
  store->save({"grok", "grokking"});
  store->save({"grok", "'; DROP TABLE saved; --"});
  REQUIRE(store->find("grok").has_value());
  CHECK(store->find("grok")->query == "'; DROP TABLE saved; --");
  CHECK(store->saved().size() == 1);
  store->mark_seen("grok", {"p1"});
  CHECK(store->forget("grok"));
  CHECK_FALSE(store->forget("grok"));
  CHECK(store->unseen("grok", {"p1"}) == Words{"p1"});
}

TEST_CASE("what was seen is kept apart for each search, in the given order") {
  const test::Scratch scratch;
  const auto store = MarksStore::open(scratch / "user.db", Mode::write);
  store->mark_seen("", {"p2", "p3"});
  store->mark_seen("", {"p2"});
  CHECK(store->unseen("", {"p4", "p3", "p1", "p2"}) == Words{"p4", "p1"});
  CHECK(store->unseen("grok", {"p2"}) == Words{"p2"});
}

TEST_CASE("marks are shared with another id of the same paper") {
  const test::Scratch scratch;
  const auto store = MarksStore::open(scratch / "user.db", Mode::write);
  store->change_tags({"t:1", "arxiv:2"}, {"later"}, {});
  store->change_tags({"t:1"}, {"good"}, {});
  store->mark_seen("", {"t:1"});
  store->also_mark({{"t:1", "arxiv:2"}, {"t:3", "arxiv:4"}});
  CHECK(store->tags_of("arxiv:2") == Words{"good", "later"});
  CHECK(store->tags_of("t:1") == Words{"good", "later"});
  CHECK(store->tags_of("arxiv:4").empty());
  CHECK(store->unseen("", {"arxiv:2", "arxiv:4"}) == Words{"arxiv:4"});
}

TEST_CASE("two writers wait for each other, no mark is lost") {
  const test::Scratch scratch;
  const std::string path = scratch / "user.db";
  const auto work = [&path](const std::string& name) {
    const auto store = MarksStore::open(path, Mode::write);
    for (int i = 0; i < 20; ++i) store->change_tags({name + std::to_string(i)}, {"t"}, {});
  };
  std::thread other(work, "a");
  work("b");
  other.join();
  CHECK(MarksStore::open(path, Mode::read)->papers_with("t").size() == 40);
}

TEST_CASE("a file that is no database is named, not overwritten") {
  const test::Scratch scratch;
  const std::string path = scratch / "user.db";
  std::ofstream(path) << std::string(4096, 'x');
  for (const Mode mode : {Mode::read, Mode::write}) {
    try {
      MarksStore::open(path, mode);
      FAIL("opened");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::corrupt);
      CHECK(std::string(error.what()).find("user.db") != std::string::npos);
    }
  }
}

TEST_CASE("a pipe in the place of the marks is refused, not waited for") {
  const test::Scratch scratch;
  const std::string path = scratch / "user.db";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  for (const Mode mode : {Mode::read, Mode::write}) {
    CHECK_THROWS_AS(MarksStore::open(path, mode), Error);
  }
}

TEST_CASE("names of marks") {
  CHECK(library::is_mark_name("to-read"));
  CHECK(library::is_mark_name("\xc3\xa9tude"));
  for (const char* bad : {"", "a b", "+x", "-x", "@x", "a:b", "\x1b"}) CHECK_FALSE(library::is_mark_name(bad));
}
