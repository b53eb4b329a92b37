// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("arxiv: a mail with new, cross-listed and replaced papers", "[arxiv]") {
  const auto found = run(own_sample("arxiv-mail.txt"));
  CHECK(found.report.format == "arxiv");
  REQUIRE(found.papers.size() == 3);
  const auto& adam = found.papers[0];
  CHECK(adam.title == "Adam: A Method for Stochastic Optimization");
  CHECK(adam.ids.at("arxiv") == "1412.6980");
  CHECK(adam.authors == std::vector<std::string>{"Diederik P. Kingma", "Jimmy Ba"});
  CHECK(adam.date == "2014-12-22");
  CHECK(adam.abstract.find("hardly any tuning.\n\nA variant") != std::string::npos);
  CHECK(adam.urls.front() == "https://arxiv.org/abs/1412.6980");
  CHECK(adam.sources.front().line == 13);
  const auto& cross = found.papers[1];
  CHECK(cross.title == "Neural Machine Translation by Jointly Learning to Align and Translate");
  CHECK(cross.authors == std::vector<std::string>{"Dzmitry Bahdanau", "Kyunghyun Cho", "Yoshua Bengio"});
  CHECK(cross.categories == std::vector<std::string>{"cs.CL", "cs.LG", "cs.NE", "stat.ML"});
  const auto& replaced = found.papers[2];
  CHECK(replaced.abstract.empty());
  CHECK(replaced.date == "2013-12");  // of its identifier: the day of the revision is not the paper's
  CHECK(replaced.authors.size() == 7);
  CHECK(found.problems.empty());
}

TEST_CASE("arxiv: pieces, damage, a forwarded mail", "[arxiv]") {
  const std::string mail = own_sample("arxiv-mail.txt");
  check_pieces("arxiv", mail);
  check_damage("arxiv", mail, "\\-%\n \xff:(");
  std::string quoted = "> ";
  for (const char c : mail) quoted += c == '\n' ? std::string("\n> ") : std::string(1, c);
  const auto found = run(quoted);
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[1].title == "Neural Machine Translation by Jointly Learning to Align and Translate");
}

TEST_CASE("arxiv: a lost bar costs no other paper", "[arxiv]") {
  const std::string mail = own_sample("arxiv-mail.txt");
  for (std::size_t at = mail.find("\\\\\n"); at != std::string::npos; at = mail.find("\\\\\n", at + 1)) {
    std::string hurt = mail;
    hurt.erase(at, 3);
    CHECK(read_as("arxiv", hurt).papers.size() == 3);
  }
}

TEST_CASE("arxiv: days of a past week are no papers, old identifiers are read", "[arxiv]") {
  const auto found = run(
      "------------------------------------------------------------------------------\n\\\\\n/* Fri, 3 Mar 2023 */\n\\\\\n"
      "------------------------------------------------------------------------------\n\\\\\nPaper (*cross-listing*): hep-th/9901001\n"
      "From: A Person <a@example.com>\nDate: Fri, 1 Jan 1999 10:00:00 GMT   (1kb)\n\nTitle: Beads\nAuthors: A. Person\n\\\\\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].ids.at("arxiv") == "hep-th/9901001");
  CHECK(found.papers[0].date == "1999-01-01");
  CHECK(found.report.skipped == 0);
}

TEST_CASE("arxiv: a mail that announces more than it holds says so", "[arxiv]") {
  std::string mail = "Subject: cs daily 2 new + 1 crosses received\n\n" + own_sample("arxiv-mail.txt");
  CHECK(run(mail).said("count-mismatch"));
  mail.replace(mail.find("2 new"), 5, "1 new");
  CHECK_FALSE(run(mail).said("count-mismatch"));
}

TEST_CASE("arxiv: other people's files", "[arxiv]") {
  check_outside("arxiv", "arxiv-mail/cs-2019-07-16-part1.txt", 24, 24);
  check_outside("arxiv", "arxiv-listing/q-fin.new.txt", 16, 13);
  check_outside("arxiv", "arxiv-listing/math.new.OA.txt", 3, 1);
  check_outside("arxiv", "arxiv-listing/math.pastweek.AG.txt", 1, 0);
  check_outside("arxiv", "arxiv-listing/astro-ph.9301.txt", 18, 0);
  check_outside("arxiv", "arxiv-abs/adap-org.9509003.abs", 1, 1);
}
