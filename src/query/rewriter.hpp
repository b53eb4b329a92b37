// SPDX-License-Identifier: MIT
// Tree -> simpler tree, with what an index knows of words. Pure function; safe from any thread.
#pragma once
#include "query/query.hpp"
#include "query/vocabulary.hpp"

namespace digest::query {

// The same question, ready to be executed:
//  * no prefix and no fuzzy nodes: they are a union of the words that fit, or `nothing` if none does. A word
//  all of
//    whose forms fit is a term, others are phrases of one exact form. A fuzzy word always takes its own kin
//    along;
//  * "finetuning", if some paper writes it "fine-tuning", is the union of both spellings; of "fine tuning",
//  two plain
//    words side by side, each also matches where a paper has "finetuning" (only if some paper has);
//  * what became equal by this is merged, as the parser merges words said twice.
// What had to be cut is said in the notes. Rewriting again changes nothing.
Query rewrite(Query query, const Vocabulary& vocabulary);

}  // namespace digest::query
