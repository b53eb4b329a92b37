// SPDX-License-Identifier: MIT
#include "text/families.hpp"

#include <algorithm>
#include <array>

namespace digest::text {
namespace {

struct Family {
  std::string_view start;  // of every form of the family
  std::string_view term;
};

// In byte order, no entry a start of another. To the right: whom Snowball's term would be shared with.
constexpr std::array kFamilies = {
    Family{"activat", "activat"},            // active, activity
    Family{"authorit", "authorit"},          // author
    Family{"conductanc", "conductanc"},      // conduct
    Family{"conductiv", "conductiv"},        // conduct
    Family{"conversation", "conversation"},  // converse, conversion
    Family{"conversion", "conversion"},      // converse, conversation
    Family{"critical", "critical"},          // critic, as in actor-critic
    Family{"digital", "digital"},            // digit
    Family{"embed", "embed"},                // "emb", which meets nothing
    Family{"experiment", "experiment"},      // experience
    Family{"formation", "formation"},        // format
    Family{"importan", "importan"},          // import
    Family{"informal", "informal"},          // inform, information
    Family{"integral", "integral"},          // integrate, integration
    Family{"integrity", "integrity"},        // integrate
    Family{"multiplic", "multiplic"},        // multiple
    Family{"negativ", "negativ"},            // negation
    Family{"numerous", "numerous"},          // numerical
    Family{"objectiv", "objectiv"},          // object
    Family{"operator", "operator"},          // operation
    Family{"organic", "organic"},            // organ
    Family{"organism", "organism"},          // organ
    Family{"positiv", "positiv"},            // position
    Family{"production", "production"},      // product
    Family{"productiv", "productiv"},        // product
    Family{"projection", "projection"},      // project
    Family{"projective", "projective"},      // project
    Family{"publication", "publication"},    // public
    Family{"relativi", "relativi"},          // relation
    Family{"responsib", "responsib"},        // response
    Family{"several", "several"},            // severe
    Family{"subjectiv", "subjectiv"},        // subject
    Family{"transformer", "transformer"},    // transform
    Family{"universit", "universit"},        // universal, universe
};

// How the families' forms go on. Anything else is another word, or a compound written as one
// ("experimentbased").
constexpr std::array<std::string_view, 58> kEndings = {
    "",       "able",    "al",      "alism", "alist", "alists", "ally",     "arian",    "ation", "ational",
    "ations", "ative",   "atively", "ator",  "ce",    "dable",  "dability", "ded",      "der",   "ders",
    "ding",   "dings",   "e",       "ed",    "ely",   "er",     "ers",      "es",       "ial",   "ies",
    "ility",  "ilities", "ing",     "ings",  "ion",   "ions",   "ism",      "ities",    "ity",   "le",
    "ly",     "or",      "ors",     "s",     "sm",    "stic",   "stically", "t",        "ties",  "tly",
    "ty",     "y",       "zation",  "ze",    "zed",   "zes",    "zing",     "ativeness"};

bool is_ending(std::string_view rest) {
  return std::find(kEndings.begin(), kEndings.end(), rest) != kEndings.end();
}

constexpr bool is_sorted_without_overlap() {
  for (std::size_t i = 1; i < kFamilies.size(); ++i) {
    if (!(kFamilies[i - 1].start < kFamilies[i].start)) return false;
    if (kFamilies[i].start.substr(0, kFamilies[i - 1].start.size()) == kFamilies[i - 1].start) return false;
  }
  return true;
}
static_assert(is_sorted_without_overlap());

}  // namespace

std::string_view family_of(std::string_view form) {
  if (form == "universe" || form == "universes") return "universe";  // universal, university
  if (form == "lens" || form == "bayes") return form;                // no plurals of "len" and "bay"
  const auto* after =
      std::upper_bound(kFamilies.begin(), kFamilies.end(), form,
                       [](std::string_view word, const Family& family) { return word < family.start; });
  if (after == kFamilies.begin()) return {};
  const Family& family = *(after - 1);
  const bool starts = form.substr(0, family.start.size()) == family.start;
  return starts && is_ending(form.substr(family.start.size())) ? family.term : std::string_view{};
}

}  // namespace digest::text
