// SPDX-License-Identifier: MIT
// A search result on standard output in the form that was asked for; what there is to say about it on standard error.
#pragma once
#include <digest/search.hpp>

#include <memory>
#include <string>

#include "cli/context.hpp"
#include "cli/search_options.hpp"
#include "render/layout.hpp"
#include "render/paper_writer.hpp"

namespace digest::cli {

// Null for text and json, which are more than a list of papers.
std::unique_ptr<render::PaperWriter> writer_of(const View& view, const std::string& topic);

// Ids and scores are enough for some forms; snippets are work that only people and JSON see.
void ask_for_what_is_shown(const View& view, SearchRequest& request);

Outcome present(Context& context, const View& view, const SearchRequest& request, const SearchResult& result);
void present_notes(const Context& context, const SearchResult& result);

render::Layout layout_of(const Screen& screen);

// Machine forms, made safe where somebody looks at them.
void write_papers(Context& context, const std::string& bytes);

}  // namespace digest::cli
