// SPDX-License-Identifier: MIT
#include "ingest/brackets.hpp"
#include "ingest/readers/markdown_parts.hpp"
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

TEST_CASE("markdown: each paper a quotation with a table of its properties", "[markdown]") {
  const std::string archive =
      "<div align=\"center\">\n\n# BEADS Daily\n\n</div>\n\n---\n\n> ### 1. Beads: Counting with Small\\-Scale Models\n>\n> | 属性 | 内容 |\n> |:---:|:---|\n"
      "> | 📅 发布日期 | 2026-09-29 |\n> | 👤 作者 | Ann Example |\n>\n> **📄 英文摘要：**\n> We count beads to nine.\n>\n> 🔗 [阅读论文](http://arxiv.org/abs/2609.37855v1)\n\n---\n\n"
      "> ### 2. Pouring Water\n>\n> | 属性 | 内容 |\n> |:---:|:---|\n> | 👤 作者 | Bo Other |\n>\n> **📄 英文摘要：**\n> Water is poured.\n>\n> 🔗 [阅读论文](http://arxiv.org/abs/2609.37801v1)\n";
  const auto found = run(archive);
  CHECK(found.report.format == "markdown");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads: Counting with Small-Scale Models");
  CHECK(found.papers[0].abstract == "We count beads to nine.");
  CHECK(found.papers[0].date == "2026-09-29");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Ann Example"});
  CHECK(found.papers[0].ids.at("arxiv") == "2609.37855");
  CHECK(found.papers[1].title == "Pouring Water");
}

TEST_CASE("markdown: labels in other languages", "[markdown]") {
  const auto found = run("# 今日论文\n\n## 1. Beads and Strings\n\n- **论文链接**: https://arxiv.org/abs/2503.00001\n- **作者**: Ann Example\n- **摘要**: We count beads.\n\n"
                         "## 2. Cups and Water\n\n- **论文链接**: https://arxiv.org/abs/2503.00002\n- **作者**: Bo Other\n- **摘要**: Water is poured.\n");
  CHECK(found.report.format == "markdown");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads and Strings");
  CHECK(found.papers[0].abstract == "We count beads.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Ann Example"});
}

TEST_CASE("markdown: buttons, rows of links and marks of venues are no text", "[markdown]") {
  const auto table = run("| **Title** | **Date** | **Abstract** |\n| --- | --- | --- |\n| **[Beads and Strings](http://arxiv.org/abs/2501.04567v1)** | 2025-01-08 | <details><summary>Show</summary><p>We count beads...</p></details> |\n");
  REQUIRE(table.papers.size() == 1);
  CHECK(table.papers[0].abstract == "We count beads...");
  CHECK(table.papers[0].abstract_is_partial);
  const std::string abstract(130, 'x');
  const auto page = run("## 1. Beads and Strings\n\n45 upvotes | by someone\n\n[Paper](https://huggingface.co/papers/2503.00001) | [PDF](https://arxiv.org/pdf/2503.00001)\n\n" + abstract + ".\n\n"
                        "## 2. Cups and Water\n\n[Paper](https://huggingface.co/papers/2503.00002) | [PDF](https://arxiv.org/pdf/2503.00002)\n\n" + abstract + ".\n");
  REQUIRE(page.papers.size() == 2);
  CHECK(page.papers[0].abstract == abstract + ".");
  const auto list = run("# Papers\n\n* [2023/ICML] Beads and Strings. [[Paper](https://proceedings.mlr.press/v1/x.html)]\n* (NeurIPS 2022) Cups and Water [paper](https://arxiv.org/abs/2201.00003)\n");
  REQUIRE(list.papers.size() == 2);
  CHECK(list.papers[0].title == "Beads and Strings.");
  CHECK(list.papers[1].title == "Cups and Water");
}

TEST_CASE("markdown: papers that unfold", "[markdown]") {
  const std::string quote(140, 'x');
  const auto found = run("<div align=\"center\">\n\n# Daily\n\n</div>\n\n## Papers\n\n<details>\n<summary><b>1. Beads: Counting with Small Models</b> 45 stars</summary>\n\n**👥 Authors:** Ann Example\n\n"
                         "**🔗 Links:** [HuggingFace](https://huggingface.co/papers/2604.17698) • [PDF](https://arxiv.org/pdf/2604.17698)\n\n> " + quote + "...\n\n</details>\n\n"
                         "<details>\n<summary><b>2. Pouring Water with Robots</b></summary>\n\n**👥 Authors:** Bo Other\n\n**🔗 Links:** [arXiv](https://arxiv.org/abs/2604.16642)\n\n> " + quote + ".\n\n</details>\n\n## About\n\nThis list is made daily.\n");
  CHECK(found.report.format == "markdown");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads: Counting with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Ann Example"});
  CHECK(found.papers[0].abstract == quote + "...");
  CHECK(found.papers[1].ids.at("arxiv") == "2604.16642");
}

TEST_CASE("markdown: a numbered list with labels below each title, and a note with a head", "[markdown]") {
  const auto list = run("# arXiv 每日论文\n\n1. **Beads: Counting with Small Models**\n   - 链接：https://arxiv.org/abs/2503.00001\n   - 摘要：We count beads.\n"
                        "2. **Pouring Water with Robots**\n   - 链接：https://arxiv.org/abs/2503.00002\n   - 摘要：Water is poured.\n");
  REQUIRE(list.papers.size() == 2);
  CHECK(list.papers[0].title == "Beads: Counting with Small Models");
  CHECK(list.papers[0].abstract == "We count beads.");
  CHECK(list.papers[1].ids.at("arxiv") == "2503.00002");
  const auto note = run("---\ntitle: \"Beads: Counting\"\nauthors: [Ann Example, Bo Other]\ndate: 2025-03-01\narxiv: 2503.00001\n---\n\n## Abstract\n\nWe count beads.\n\n## Notes\n\nGood.\n");
  REQUIRE(note.papers.size() == 1);
  CHECK(note.papers[0].title == "Beads: Counting");
  CHECK(note.papers[0].abstract == "We count beads.");
  CHECK(note.papers[0].authors == std::vector<std::string>{"Ann Example", "Bo Other"});
  CHECK(note.papers[0].date == "2025-03-01");
}

TEST_CASE("markdown: a picture before the title, and what a dash parts from it", "[markdown]") {
  const auto badges = run("| Title | Venue | Date |\n|:--|:--:|:--|\n| ![Star](https://img.shields.io/github/stars/x/y.svg?style=social) <br> [**Counting Beads with Small Models**](https://arxiv.org/abs/2503.00001) <br> | arXiv | 2025-03-04 |\n"
                          "| [Beads Without Strings](https://arxiv.org/abs/2503.00002)<br>Mary Example, Paul Other<br>Rome | arXiv | 2025-03-05 |\n");
  REQUIRE(badges.papers.size() == 2);
  CHECK(badges.papers[0].title == "Counting Beads with Small Models");
  CHECK(badges.papers[1].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  const auto week = run("## Top Papers of the Week\n| **Paper** | **Links** |\n| --- | --- |\n| 1) **Counting Beads with Small Models** - We count - with care. <br><br> \xE2\x97\x8F **Fast** - it is. | [Paper](https://arxiv.org/abs/2503.00001), [Tweet](https://x.com/a/status/1) |\n");
  REQUIRE(week.papers.size() == 1);
  CHECK(week.papers[0].title == "Counting Beads with Small Models");
  CHECK(week.papers[0].abstract.starts_with("We count - with care."));
  CHECK(week.papers[0].abstract_is_partial);
}

TEST_CASE("markdown: names and a quoted abstract below an item", "[markdown]") {
  const std::string abstract = "We count beads on long strings by hand and with a very small model, and find that the model is right nine times out of ten, which is enough.";
  const auto found = run("## Reading list\n\n1. [Counting Beads with Small Models](https://arxiv.org/abs/2503.00001)\n   Mary Example, Paul Other\n   > " + abstract +
                         "\n\n2. [Beads Without Strings](https://arxiv.org/abs/2503.00002)\n   Mary Example, Paul Other\n   > " + abstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == abstract);
}

TEST_CASE("markdown: the head of a note and its first heading are one paper", "[markdown]") {
  const auto found = run("---\ntitle: \"Counting Beads with Small Models\"\nauthors: [Mary Example, Paul Other]\nyear: 2025\ntags: [paper]\n---\n\n# Counting Beads with Small Models\n\n## Abstract\n\nWe count beads.\n\n## Notes\n\nNice.\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].abstract == "We count beads.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].date == "2025");
}

TEST_CASE("markdown: what we exported ourselves is read back", "[markdown]") {
  const auto found = run("- **[Counting Beads in the Dark](<https://arxiv.org/abs/2403.00001>)**  \n  J. Doe, R. Roe \xC2\xB7 cs.LG \xC2\xB7 2024-03 \xC2\xB7 arxiv:2403.00001\n\n"
                         "  We count beads.\n\n  Results: there are many.\n\n"
                         "- **Strings without an Address**  \n  2019 \xC2\xB7 doi:10.1000/x\\_y\n\n  Short.\n\n"
                         "- **[A Third One of Beads](<https://arxiv.org/abs/2403.00003>)**  \n  cs.CL \xC2\xB7 arxiv:2403.00003\n\n"
                         "- **[Of Beads and Dots](<https://arxiv.org/abs/2403.00004>)**  \n\n  A dot \xC2\xB7 is no fact, and this text is long enough to be taken for an abstract: it goes on for a while, and then a little longer.\n");
  CHECK(found.report.format == "markdown");
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[0].title == "Counting Beads in the Dark");
  CHECK(found.papers[0].authors == std::vector<std::string>{"J. Doe", "R. Roe"});
  CHECK(found.papers[0].venue == "cs.LG");
  CHECK(found.papers[0].date == "2024-03");
  CHECK(found.papers[0].abstract == "We count beads.\n\nResults: there are many.");
  CHECK(found.papers[1].title == "Strings without an Address");
  CHECK(found.papers[1].ids.at("doi") == "10.1000/x_y");
  CHECK(found.papers[1].date == "2019");
  CHECK(found.papers[1].authors.empty());
  CHECK(found.papers[1].abstract == "Short.");
  CHECK(found.papers[2].venue == "cs.CL");
  CHECK(found.papers[2].abstract.empty());
  CHECK(found.papers[3].abstract.find("A dot \xC2\xB7 is no fact") == 0);
}

TEST_CASE("markdown: the title of a page that a tool fetched is no paper", "[markdown]") {
  const auto found = run("Title: Daily Papers - Hugging Face\n\nURL Source: https://huggingface.co/papers\n\nMarkdown Content:\n### [Counting Beads with Small Models](https://huggingface.co/papers/2503.00001)\n\n### [Beads Without Strings](https://huggingface.co/papers/2503.00002)\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
}

TEST_CASE("markdown: names in bold below a heading are no part of the abstract", "[markdown]") {
  const std::string abstract = "We count beads on long strings by hand and with a very small model, and find that the model is right nine times out of ten, which is enough.";
  const auto found = run("## [Counting Beads with Small Models](https://arxiv.org/abs/2503.00001)\n\n**Mary Example, Paul Other**\n\n> " + abstract + "\n\n## [Beads Without Strings](https://arxiv.org/abs/2503.00002)\n\n**Mary Example, Paul Other**\n\n> " + abstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == abstract);
}

TEST_CASE("markdown: a page that a tool fetched is the paper that says its title again, though it may say more", "[markdown]") {
  const std::string abstract = "We count beads on long strings by hand and with a very small model, and find that the model is right nine times out of ten, which is enough.";
  const std::string title = "Counting Beads with Small Models", rest = "\n\nURL Source: https://arxiv.org/abs/2503.00001\n\nMarkdown Content:\n";
  const std::string paper = "# " + title + "\n\nMary Example, Paul Other\n\n## Abstract\n\n" + abstract + "\n\n## 1 Introduction\n\nText.\n";
  for (const std::string& text : {"Title: " + title + rest + paper, "Title: " + title + rest + "**Abstract:** " + abstract + "\n\n**Authors:** Mary Example, Paul Other\n",
                                  "Title: " + title + rest + "[1] " + title + "\n=====\n\nTitle:" + title + "\n=====\n\nAuthors: Mary Example, Paul Other\n\n[View PDF](https://arxiv.org/pdf/2503.00001)\n> Abstract:" + abstract + "\n",
                                  "Title: [2503.00001] " + title + rest + paper, "Title: " + title + " - Archive of Beads" + rest + paper,
                                  "Title: [2503.00001] " + title + rest + "# Computer Science\n\n" + paper}) {
    const auto found = run(text);
    REQUIRE(found.papers.size() == 1);
    CHECK(found.papers[0].title == title);
    CHECK(found.papers[0].urls.front() == "https://arxiv.org/abs/2503.00001");
    CHECK(found.papers[0].ids.at("arxiv") == "2503.00001");
    CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
    CHECK(found.papers[0].abstract == abstract);
  }
}

TEST_CASE("markdown: what stands in bold above the names is not the authors", "[markdown]") {
  const std::string abstract = "We count beads on long strings by hand and with a very small model, and find that the model is right nine times out of ten, which is enough.";
  const auto found = run("## [Counting Beads with Small Models](https://arxiv.org/abs/2503.00001)\n\n**ICML Oral, Best Paper**\n\nMary Example, Paul Other\n\n" + abstract + "\n\n## [Beads Without Strings](https://arxiv.org/abs/2503.00002)\n\n" + abstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == abstract);
}

TEST_CASE("markdown: what is emphasised below named authors is not them", "[markdown]") {
  const std::string below = "**Authors:** **Mary Example**, John Doe\n\n*ICML 2025*\n\nWe count beads on long strings by hand and with a very small model, and it is right nine times out of ten, which is enough.\n\n";
  const auto found = run("## [Counting Beads with Small Models](https://arxiv.org/abs/2503.00001)\n\n" + below + "## [Beads Without Strings](https://arxiv.org/abs/2503.00002)\n\n" + below);
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "John Doe"});
}

TEST_CASE("markdown: what a database says of its record ends an abstract", "[markdown]") {
  const auto found = run("Title: Beads on strings\nAuthors: Doe, J; Roe, R\nAbstract: We count beads on\nstrings. Results: many.\nAddresses: [Doe, J] Univ X, Y\nISSN: 2160-3308\nDOI: 10.1000/b.1\n\n"
                         "Title: Strings alone\nAuthors: Poe, E\nAbstract: We count strings.\nIDS Number: AB1CD\nDOI: 10.1000/b.2\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].abstract == "We count beads on strings. Results: many.");
  CHECK(found.papers[0].ids.at("doi") == "10.1000/b.1");
  CHECK(found.papers[1].abstract == "We count strings.");
}

TEST_CASE("markdown: a list whose links lead to publishers loses none of its papers", "[markdown]") {
  const auto found = run("# Reading\n\n- [Counting beads in bowls](https://www.biorxiv.org/content/10.1101/2024.03.01.582912v1.full)\n- [Counting strings in bowls](https://onlinelibrary.wiley.com/doi/full/10.1002/jgt.23044)\n"
                         "- [Counting strings in jars](https://www.science.org/doi/10.1126/science.adi0001)\n- [Counting strings in pots](https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0299999)\n");
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[1].title == "Counting strings in bowls");
  CHECK(found.papers[1].ids.at("doi") == "10.1002/jgt.23044");
  CHECK(found.papers[3].ids.at("doi") == "10.1371/journal.pone.0299999");
}

TEST_CASE("markdown: items of lists as people write them", "[markdown]") {
  struct Item {
    const char* text;
    const char* title;
    std::vector<std::string> authors;
    const char* date;
  };
  const std::vector<Item> items{
      {"[Counting Beads with Loops](https://arxiv.org/abs/2101.00001), Cy Third et al., NeurIPS 2021.", "Counting Beads with Loops", {"Cy Third"}, ""},
      {"[Counting Cups](https://arxiv.org/abs/2101.00002). Ann Example, Bo Other, Cy Third. *ICML 2022*. [[code]](https://github.com/x)", "Counting Cups",
       {"Ann Example", "Bo Other", "Cy Third"}, ""},
      {"Ann Example and Bo Other. [Names First, Title Later](https://arxiv.org/abs/2101.00003). ICLR 2023.", "Names First, Title Later", {"Ann Example", "Bo Other"}, ""},
      {"[x] \"Thinking Beads\", Dee Fourth, arXiv preprint arXiv:2212.00003, 2022.", "Thinking Beads", {}, ""},
      {"2023/05 | [Dated Beads](https://arxiv.org/abs/2305.00001) | [code](https://github.com/a)", "Dated Beads", {}, "2023-05"},
      {"[2024/01] **Bracketed Beads: A Study** | *Ann Example, Bo Other* | [paper](https://arxiv.org/abs/2401.00001)", "Bracketed Beads: A Study",
       {"Ann Example", "Bo Other"}, "2024-01"},
      {"**[CVPR'24]** Seeing Through Beads [[Paper](https://arxiv.org/abs/2402.00001)] [[Project](https://x.github.io)]", "Seeing Through Beads", {}, ""},
      {"Beads in Depth: An Overview (**ACL 2022**) [[Paper](https://aclanthology.org/2022.acl-long.1/)]", "Beads in Depth: An Overview", {}, ""},
      {"**BeadNet**: \"BeadNet: Networks of Beads\", CVPR 2019 ([paper](https://arxiv.org/abs/1901.00001))", "BeadNet: Networks of Beads", {}, ""},
      {"[paper](https://arxiv.org/abs/1902.00001) [code](https://github.com/a/b) Short Link First Beads", "Short Link First Beads", {}, ""},
      {"**2024.03.05** [Dot Beads are Nice](https://arxiv.org/abs/2403.00002)", "Dot Beads are Nice", {}, "2024-03-05"},
  };
  std::string text = "# Papers\n\n## Surveys\n";
  for (const Item& item : items) text += std::string("- ") + item.text + "\n";
  const auto found = run(text, {"papers.md", "markdown", {}});
  REQUIRE(found.papers.size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    CHECK(found.papers[i].title == items[i].title);
    CHECK(found.papers[i].authors == items[i].authors);
    if (items[i].date[0] != '\0') CHECK(found.papers[i].date == items[i].date);
  }
}

TEST_CASE("markdown: a section of a list may be called as a part of a paper is", "[markdown]") {
  const auto found = run("# Beads\n## Surveys\n* [Counting Beads](https://arxiv.org/abs/2301.00001)\n## Methods\n1. [Loops of Beads](https://arxiv.org/abs/2301.00002)\n"
                         "## Results\n1. [Round Beads](https://arxiv.org/abs/2301.00003)\n", {"papers.md", "markdown", {}});
  CHECK(found.papers.size() == 3);
}

TEST_CASE("markdown: what follows a title in its cell is names or prose", "[markdown]") {
  const auto found = run("| Paper | Links |\n| --- | --- |\n"
                         "| **Counting Beads** <br> Investigates bias in counting. <br> Key findings: many. | [Paper](https://arxiv.org/abs/2301.00001) |\n"
                         "| **Counting Cups** <br> Ann Example, Bo van der Other | [Paper](https://arxiv.org/abs/2301.00002) |\n", {"papers.md", "markdown", {}});
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors.empty());
  CHECK(found.papers[0].abstract == "Investigates bias in counting. Key findings: many.");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Ann Example", "Bo van der Other"});
}

TEST_CASE("markdown: a numbered list goes on behind its ninth item, a nested item belongs to the one above", "[markdown]") {
  std::string text = "# Beads\n";
  for (int i = 1; i <= 12; ++i) text += std::to_string(i) + ". [Beads of number " + std::to_string(i) + "](https://arxiv.org/abs/2301." + std::to_string(10000 + i) + ")\n";
  text += "- [Beads with parts](https://arxiv.org/abs/2301.00001)\n  - [Slides of them all](https://arxiv.org/abs/2301.00002)\n\t- [Code and its paper](https://arxiv.org/abs/2301.00003)\n1. [Beads at the end](https://arxiv.org/abs/2301.00004)\n";
  const auto found = run(text, {"papers.md", "markdown", {}});
  REQUIRE(found.papers.size() == 14);
  CHECK(found.papers[12].title == "Beads with parts");
  CHECK(found.papers[13].title == "Beads at the end");
}

TEST_CASE("markdown: a year in a title makes it no mark, a quotation within it no title, an abstract may follow an item", "[markdown]") {
  const std::vector<std::pair<const char*, const char*>> items{
      {"**Beads in 2020** [paper](https://arxiv.org/abs/2001.00001) Jane Doe et al.", "Beads in 2020"},
      {"**SemEval 2020 Task** [paper](https://arxiv.org/abs/2001.00002)", "SemEval 2020 Task"},
      {"**LLaMA 2023**: open models for all [paper](https://arxiv.org/abs/2001.00004)", "LLaMA 2023"},
      {"The \"curse of many beads\" in learning, https://arxiv.org/abs/2001.00006", "The \"curse of many beads\" in learning"},
      {"What does \"beads in a deep network\" mean for us? https://arxiv.org/abs/2001.00007", "What does \"beads in a deep network\" mean for us?"},
      {"[Beads on a string are counted again](https://example.org/issue/3/beads.pdf)", "Beads on a string are counted again"},
      {"[Beads: fourth](https://arxiv.org/abs/2001.00009) - Stanford University, Google Research", "Beads: fourth"},
      {"**ACL 2022 Oral** [Counting Beads Aloud](https://arxiv.org/abs/2001.00010)", "Counting Beads Aloud"}};
  std::string text = "# Papers\n";
  for (const auto& [item, title] : items) text += std::string("- ") + item + "\n";
  const auto found = run(text + "\n### Abstract\n\nWe count beads.\n", {"papers.md", "markdown", {}});
  REQUIRE(found.papers.size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) CHECK(found.papers[i].title == items[i].second);
  CHECK(found.papers[6].authors.empty());
  CHECK(found.papers.back().abstract == "We count beads.");
}

TEST_CASE("markdown: a folded value at the head of a note", "[markdown]") {
  for (const char* fold : {">", "|", ">-", "|+"}) {
    const auto found = run(std::string("---\ntitle: \"Counting Beads\"\narxiv: 2401.00001\nabstract: ") + fold + "\n  We count beads in bowls\n  and on strings.\nstatus: read\n---\n\n# Notes\n\n- nice\n", {"note.md", "markdown", {}});
    REQUIRE(found.papers.size() == 1);
    CHECK(found.papers[0].abstract == "We count beads in bowls and on strings.");
  }
}

TEST_CASE("markdown: brackets that never close hide no link behind them", "[markdown]") {
  std::string open;
  for (int i = 0; i < 150; ++i) open += "[ ";
  const std::vector<digest::ingest::MarkdownLink> links = digest::ingest::markdown_links(open + "[Counting Beads](https://arxiv.org/abs/2503.00001) and [Cups](https://arxiv.org/abs/2503.00002)");
  REQUIRE(links.size() == 2);
  CHECK(links[0].text == "Counting Beads");
  CHECK(links[1].url == "https://arxiv.org/abs/2503.00002");
}

TEST_CASE("markdown: brackets are paired as a search for each finds them", "[markdown]") {
  constexpr std::size_t kReach = 5;
  const auto search = [](std::string_view text, std::size_t at) {
    int depth = 0;
    for (std::size_t i = at; i < std::min(text.size(), at + kReach); ++i) {
      if (text[i] == '\\') ++i;
      else if (text[i] == '[') ++depth;
      else if (text[i] == ']' && --depth == 0) return i;
    }
    return std::string_view::npos;
  };
  constexpr std::size_t kLength = 7, kTexts = 16384;  // of four characters, every text of that length
  for (std::size_t number = 0; number < kTexts; ++number) {
    std::string text;
    for (std::size_t rest = number; text.size() < kLength; rest /= 4) text += "[]a\\"[rest % 4];
    const digest::ingest::BracketPairs pairs(text, '[', ']');
    for (std::size_t at = 0; at < kLength; at += text[at] == '\\' ? 2 : 1) {
      if (text[at] == '[' && pairs.close_of(at, kReach) != search(text, at)) FAIL(text << " at " << at);
    }
  }
  SUCCEED();
}

TEST_CASE("markdown: bars that divide a cell keep the blanks around them", "[markdown]") {
  const auto found = run("| Title | Authors | Abstract |\n|---|---|---|\n| Norms of strings | Maria Example | We count P(A | B) and p(x|y), where x | y. |\n"
                         "| P(A | B) and other strings | Maria Example, Peter Other | We count. |\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].abstract == "We count P(A | B) and p(x|y), where x | y.");
  CHECK(found.papers[1].title == "P(A | B) and other strings");
  CHECK(found.papers[1].authors.size() == 2);
  CHECK(found.papers[1].abstract == "We count.");
}

TEST_CASE("markdown: names and abstract in items of their own below a paper's", "[markdown]") {
  const std::string abstract = "We count beads on long strings with small transformers and show that counting is hard, that strings are long, and that transformers are small.";
  const auto found = run("# Papers\n\n* [Counting Beads on Strings](https://arxiv.org/abs/2503.00001)\n  - Maria Example, Peter Other\n  - " + abstract +
                         "\n- **Counting Cups in Low Light**\n  - Anna K. Muster and Bob Beispiel\n  - " + abstract + "\n- **Cups Without Tea**\n  - John Doe, Richard Roe\n  - " + abstract +
                         "\n- **Fix the broken build of the site**\n  - Maria Example, Peter Other\n  - by Monday\n- **Write to the funders again**\n  - " + abstract + "\n");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Maria Example", "Peter Other"});
  CHECK(found.papers[0].abstract == abstract);
  CHECK(found.papers[1].title == "Counting Cups in Low Light");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Anna K. Muster", "Bob Beispiel"});
  CHECK(found.papers[1].abstract == abstract);
}

TEST_CASE("markdown: items that are references", "[markdown]") {
  const auto found = run("# Publications\n\n- Doe, J., & Roe, B. (2024). Counting beads in bowls. NeurIPS. [link](https://arxiv.org/abs/2401.00001)\n"
                         "- Roe, B., Doe, J. (2023). **Strings of beads are long.** *ICML*. [arXiv](https://arxiv.org/abs/2401.00002)\n", {"pubs.md", "markdown", {}});
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting beads in bowls");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Doe, J.", "Roe, B."});
  CHECK(found.papers[0].date == "2024");
  CHECK(found.papers[1].title == "Strings of beads are long");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Roe, B.", "Doe, J."});
}
