// SPDX-License-Identifier: MIT
// What a single line of a saved page is. Pure functions, safe from any thread.
#pragma once
#include <string_view>

namespace digest::ingest {

struct PageLine {
  enum class Kind {
    blank,
    text,
    heading,  // "### Title"
    noise,    // banners, counters, navigation
    people,   // "3 authors", an organisation's link
    dot,      // "·": what stands before it says who wrote the paper above
    submitter,  // "Submitted by", and a name
    date,     // "Mar 11", "Aug 28, 2024"
    link,     // nothing but a link
    footer,   // the page's last words
  };
  Kind kind = Kind::text;
  std::string_view text;  // without Markdown's marks around it
  std::string_view url;   // of a link
};

PageLine page_line(std::string_view line);

bool is_paper_link(std::string_view url);  // huggingface.co/papers/2410.00001, also without the host

// Does the line say that this is the papers page of huggingface.co?
bool names_papers_page(std::string_view line);

bool ends_like_a_sentence(std::string_view text);

// "Mary Example, P. Other and Jan van der Third": two names or more, and nothing else.
bool is_author_list(std::string_view text);

// "Mary Example", "Jan van der Third": one name.
bool is_name(std::string_view text);

// "12. Title", "[12] Title": one line that may begin an entry of a numbered list.
bool is_numbered_title(std::string_view text);

// Too long for a title: the longest of 75,000 has 226 characters.
bool is_long(std::string_view text);

}  // namespace digest::ingest
