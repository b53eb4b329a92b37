// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("markdown: headings with details, and a list", "[markdown]") {
  const auto found = run(own_sample("archive-headings.md"));
  CHECK(found.report.format == "markdown");
  REQUIRE(found.papers.size() == 5);
  const auto& lora = found.papers[0];
  CHECK(lora.title == "LoRA: Low-Rank Adaptation of Large Language Models");
  CHECK(lora.authors.size() == 4);
  CHECK(lora.abstract.starts_with("Tuning a large model"));
  CHECK(lora.abstract.ends_with("beside each of them."));
  CHECK_FALSE(lora.abstract_is_partial);
  CHECK(lora.ids.at("arxiv") == "2106.09685");
  CHECK(lora.categories == std::vector<std::string>{"cs.LG"});
  CHECK(lora.sources.front().line == 9);
  CHECK(found.papers[1].title == "Scaling Laws for Neural Language Models");
  CHECK(found.papers[2].title == "Proximal Policy Optimization Algorithms");
  CHECK(found.papers[2].abstract == "A step of the policy is not allowed to go far from where it was.");
  CHECK(found.papers[2].date == "2017-07-20");
  CHECK(found.papers[2].authors.size() == 5);
  CHECK(found.papers[3].title == "Generative Adversarial Networks");
  CHECK(found.papers[3].authors == std::vector<std::string>{"Ian J. Goodfellow"});
  CHECK(found.papers[3].date == "2014-06-10");
  CHECK(found.papers[4].title == "Auto-Encoding Variational Bayes");
}

TEST_CASE("markdown: tables, rows broken by a wrapped title, bars in titles", "[markdown]") {
  const auto found = run(own_sample("archive-table.md"));
  CHECK(found.report.format == "markdown");
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[0].title == "Denoising Diffusion Probabilistic Models");
  CHECK(found.papers[0].abstract_is_partial);
  CHECK(found.papers[0].urls.front() == "https://arxiv.org/abs/2006.11239");
  CHECK(found.papers[1].title == "Learning Transferable Visual Models From Natural Language Supervision");
  CHECK(found.papers[1].abstract == "Images and captions meet in one space.");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Alec Radford"});
  CHECK(found.papers[1].sources.front().line == 6);
  CHECK(found.papers[2].ids.at("arxiv") == "2010.11929");
  CHECK(found.papers[2].authors == std::vector<std::string>{"Alexey Dosovitskiy"});
  CHECK(found.papers[2].date == "2020-10-22");
  CHECK(found.papers[3].title.find("End-to-End Object Detection") == 0);
  CHECK(found.papers[3].title.find("Transformers") != std::string::npos);
  CHECK(found.papers[3].authors == std::vector<std::string>{"Nicolas Carion"});
}

TEST_CASE("markdown: sections, code and other links are no papers", "[markdown]") {
  CHECK(read_as("markdown", "# Beads\n\nSome words.\n\n## More\n\n- [home](https://example.com)\n").papers.empty());
  CHECK(read_as("markdown", "```\n### [Title of a Paper](https://arxiv.org/abs/2501.00001)\n```\n").papers.empty());
  CHECK(read_as("markdown", "| Name | Stars |\n|---|---|\n").papers.empty());
}

TEST_CASE("markdown: pieces and damage", "[markdown]") {
  for (const char* name : {"archive-headings.md", "archive-table.md"}) {
    check_pieces("markdown", own_sample(name));
    const std::string text = own_sample(name);
    for (std::size_t i = 0; i < text.size(); i += 17) {
      std::string hurt = text;
      hurt[i] = "|[]()*#\n<\xff"[i % 10];
      CHECK_NOTHROW(read_as("markdown", hurt));
      CHECK_NOTHROW(read_as("markdown", text.substr(0, i)));
    }
  }
  CHECK_NOTHROW(read_as("markdown", "# " + std::string(200'000, '[') + "\n"));
  CHECK_NOTHROW(read_as("markdown", "|title|\n|---|\n" + std::string(200'000, '|') + "\n"));
}

TEST_CASE("markdown: other people's files", "[markdown]") {
  check_outside("markdown", "hf-md-table/small.md", 16, 16);
  check_outside("markdown", "hf-md-table/2025-10-03.md", 43, 43);
  check_outside("markdown", "cv-arxiv-daily/README.head.md", 111, 0);
  check_outside("markdown", "daily-arxiv-md/2026-06-25.md", 26, 26);
}
