// SPDX-License-Identifier: MIT
#include "text/spelling.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>

namespace digest::text {
namespace {

using namespace std::string_view_literals;

struct Pair {
  std::string_view from, to;
};

constexpr bool ends_with(std::string_view word, std::string_view end) {
  return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

constexpr bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

bool has_vowel(std::string_view letters) {
  return std::any_of(letters.begin(), letters.end(), is_vowel);
}

// ---- -ise, -isation
// -----------------------------------------------------------------------------------------------

constexpr std::array kIseEndings = {"e"sv,     "ed"sv,     "er"sv,   "ers"sv,  "es"sv,      "ing"sv,
                                    "ation"sv, "ations"sv, "able"sv, "ings"sv, "ability"sv, "ational"sv};

// Words that are written with an s everywhere, by what stands before these endings: "raise", "noise",
// "exercise" (but "criticise"), "surprise", "disguise", "supervise" (but "relativise"), "likewise" ...
constexpr std::array kPlainEnds = {"ais"sv,    "ois"sv,     "uis"sv,     "wis"sv,     "pris"sv,  "chis"sv,
                                   "cis"sv,    "vis"sv,     "premis"sv,  "promis"sv,  "demis"sv, "surmis"sv,
                                   "aris"sv,   "upris"sv,   "unris"sv,   "paradis"sv, "andis"sv, "expertis"sv,
                                   "vertis"sv, "treatis"sv, "chastis"sv, "penis"sv,   "bris"sv};
// ... and the verbs among these ends.
constexpr std::array kVerbEnds = {"icis"sv,       "tivis"sv,    "standardis"sv, "maris"sv,
                                  "laris"sv,      "binaris"sv,  "linearis"sv,   "militaris"sv,
                                  "familiaris"sv, "planaris"sv, "aggrandis"sv,  "academis"sv};

template <typename Table>
bool ends_with_any(const Table& table, std::string_view word) {
  return std::any_of(table.begin(), table.end(), [&](std::string_view end) { return ends_with(word, end); });
}

// `stem` ends in "is": is that the British spelling of a verb in -ize?
bool is_verb_in_ize(std::string_view stem) {
  if (stem.size() < 5 || !has_vowel(stem.substr(0, stem.size() - 2))) return false;
  return ends_with_any(kVerbEnds, stem) || !ends_with_any(kPlainEnds, stem);
}

void spell_with_z(std::string& word) {
  if (word.find("is") == std::string::npos) return;
  for (const std::string_view ending : kIseEndings) {
    if (!ends_with(word, ending)) continue;
    const std::size_t stem = word.size() - ending.size();
    if (stem < 3 || std::string_view(word).substr(stem - 2, 2) != "is") continue;
    if (is_verb_in_ize(std::string_view(word).substr(0, stem))) word[stem - 1] = 'z';
    return;
  }
}

// ---- word stems, wherever they stand
// -----------------------------------------------------------------------------

constexpr std::array kInside = {
    Pair{"behaviour", "behavior"},
    Pair{"colour", "color"},
    Pair{"favour", "favor"},
    Pair{"flavour", "flavor"},
    Pair{"harbour", "harbor"},
    Pair{"honour", "honor"},
    Pair{"humour", "humor"},
    Pair{"labour", "labor"},
    Pair{"neighbour", "neighbor"},
    Pair{"odour", "odor"},
    Pair{"rigour", "rigor"},
    Pair{"rumour", "rumor"},
    Pair{"tumour", "tumor"},
    Pair{"vapour", "vapor"},
    Pair{"vigour", "vigor"},
    Pair{"armour", "armor"},
    Pair{"endeavour", "endeavor"},
    Pair{"aemi", "emi"},
    Pair{"haem", "hem"},
    Pair{"paed", "ped"},
    Pair{"oedem", "edem"},
    Pair{"oesoph", "esoph"},
    Pair{"oestr", "estr"},
    Pair{"anaesth", "anesth"},
    Pair{"gynaec", "gynec"},
    Pair{"aetiolog", "etiolog"},
    Pair{"rrhoea", "rrhea"},
    Pair{"palaeo", "paleo"},
    Pair{"archaeo", "archeo"},
    Pair{"foetus", "fetus"},
    Pair{"foetal", "fetal"},
    Pair{"sulph", "sulf"},
    Pair{"aluminium", "aluminum"},
    Pair{"artefact", "artifact"},
    Pair{"fulfilment", "fulfillment"},
    Pair{"sceptic", "skeptic"},
    Pair{"parameteri", "parametri"},
};

constexpr std::array kAtStart = {
    Pair{"centred", "centered"},  Pair{"centring", "centering"}, Pair{"grey", "gray"},
    Pair{"plough", "plow"},       Pair{"mould", "mold"},         Pair{"manoeuvre", "maneuver"},
    Pair{"manoeuvr", "maneuver"}, Pair{"focuss", "focus"},       Pair{"practis", "practic"},
};

// A whole word or its last part: "kilometre", "dialogues".
constexpr std::array kAtEnd = {
    Pair{"centre", "center"},
    Pair{"centres", "centers"},
    Pair{"metre", "meter"},
    Pair{"metres", "meters"},
    Pair{"litre", "liter"},
    Pair{"litres", "liters"},
    Pair{"fibre", "fiber"},
    Pair{"fibres", "fibers"},
    Pair{"theatre", "theater"},
    Pair{"theatres", "theaters"},
    Pair{"calibre", "caliber"},
    Pair{"spectre", "specter"},
    Pair{"logue", "log"},
    Pair{"logues", "logs"},
    Pair{"defence", "defense"},
    Pair{"defences", "defenses"},
    Pair{"offence", "offense"},
    Pair{"offences", "offenses"},
    Pair{"licence", "license"},
    Pair{"licences", "licenses"},
    Pair{"pretence", "pretense"},
    Pair{"programme", "program"},
    Pair{"programmes", "programs"},
    Pair{"judgement", "judgment"},
    Pair{"judgements", "judgments"},
    Pair{"ageing", "aging"},
    Pair{"whilst", "while"},
    Pair{"learnt", "learned"},
    Pair{"adviser", "advisor"},
    Pair{"advisers", "advisors"},
    Pair{"catalogued", "cataloged"},
};

// The first three letters of each spelling of a table: most words have none of them, which one look at a set of bits
// for each letter tells, and the tables are asked for the rest.
class Triples {
 public:
  enum class At { first, last };

  template <typename Table>
  Triples(const Table& table, At at) {
    for (const Pair& pair : table) {
      bits_.set(slot(pair.from.data() + (at == At::first ? 0 : pair.from.size() - 3)));
    }
  }

  // Letters are in five bits; other characters fall on some letter, which costs a look at the table.
  [[nodiscard]] bool has(const char* letters) const { return bits_[slot(letters)]; }

 private:
  static std::size_t slot(const char* letters) {
    const auto five = [](char c) { return static_cast<std::size_t>(c) & 31U; };
    return five(letters[0]) << 10 | five(letters[1]) << 5 | five(letters[2]);
  }

  std::bitset<32768> bits_;
};

void replace_inside(std::string& word) {
  static const Triples triples(kInside, Triples::At::first);
  bool may = false;
  for (std::size_t at = 0; at + 3 <= word.size() && !may; ++at) may = triples.has(word.data() + at);
  if (!may) return;
  for (const Pair& pair : kInside) {
    if (const std::size_t at = word.find(pair.from); at != std::string::npos) {
      word.replace(at, pair.from.size(), pair.to);
    }
  }
}

void replace_start(std::string& word) {
  static const Triples triples(kAtStart, Triples::At::first);
  if (word.size() < 3 || !triples.has(word.data())) return;
  for (const Pair& pair : kAtStart) {
    if (word.compare(0, pair.from.size(), pair.from) != 0) continue;
    word.replace(0, pair.from.size(), pair.to);
    return;
  }
}

void replace_end(std::string& word) {
  static const Triples triples(kAtEnd, Triples::At::last);
  if (word.size() < 3 || !triples.has(word.data() + word.size() - 3)) return;
  for (const Pair& pair : kAtEnd) {
    if (!ends_with(word, pair.from)) continue;
    word.replace(word.size() - pair.from.size(), pair.from.size(), pair.to);
    return;
  }
}

// ---- plurals
// ------------------------------------------------------------------------------------------------------

// In byte order. Ambiguous ones are left out: "bases", "media", "leaves", "lives". Two are verbs too short
// for the stemmer.
constexpr std::array kIrregular = {
    Pair{"added", "add"},
    Pair{"adding", "add"},
    Pair{"algae", "alga"},
    Pair{"antennae", "antenna"},
    Pair{"apices", "apex"},
    Pair{"appendices", "appendix"},
    Pair{"automata", "automaton"},
    Pair{"axes", "axis"},
    Pair{"bacteria", "bacterium"},
    Pair{"children", "child"},
    Pair{"codices", "codex"},
    Pair{"continua", "continuum"},
    Pair{"corpora", "corpus"},
    Pair{"cortices", "cortex"},
    Pair{"cpus", "cpu"},
    Pair{"crises", "crisis"},
    Pair{"criteria", "criterion"},
    Pair{"curricula", "curriculum"},
    Pair{"datum", "data"},
    Pair{"desiderata", "desideratum"},
    Pair{"ellipses", "ellipse"},
    Pair{"equilibria", "equilibrium"},
    Pair{"errata", "erratum"},
    Pair{"extrema", "extremum"},
    Pair{"feet", "foot"},
    Pair{"foci", "focus"},
    Pair{"formulae", "formula"},
    Pair{"fungi", "fungus"},
    Pair{"ganglia", "ganglion"},
    Pair{"gases", "gas"},
    Pair{"genera", "genus"},
    Pair{"gpus", "gpu"},
    Pair{"halves", "half"},
    Pair{"helices", "helix"},
    Pair{"indices", "index"},
    Pair{"kpis", "kpi"},
    Pair{"larvae", "larva"},
    Pair{"lemmata", "lemma"},
    Pair{"lenses", "lens"},
    Pair{"loci", "locus"},
    Pair{"matrices", "matrix"},
    Pair{"maxima", "maximum"},
    Pair{"men", "man"},
    Pair{"menus", "menu"},
    Pair{"mice", "mouse"},
    Pair{"minima", "minimum"},
    Pair{"mitochondria", "mitochondrion"},
    Pair{"moduli", "modulus"},
    Pair{"momenta", "momentum"},
    Pair{"nebulae", "nebula"},
    Pair{"nuclei", "nucleus"},
    Pair{"octahedra", "octahedron"},
    Pair{"optima", "optimum"},
    Pair{"ova", "ovum"},
    Pair{"pdes", "pde"},
    Pair{"phenomena", "phenomenon"},
    Pair{"phyla", "phylum"},
    Pair{"polyhedra", "polyhedron"},
    Pair{"quanta", "quantum"},
    Pair{"quizzes", "quiz"},
    Pair{"radii", "radius"},
    Pair{"relus", "relu"},
    Pair{"schemata", "schema"},
    Pair{"sdes", "sde"},
    Pair{"shelves", "shelf"},
    Pair{"simplices", "simplex"},
    Pair{"spectra", "spectrum"},
    Pair{"stimuli", "stimulus"},
    Pair{"strata", "stratum"},
    Pair{"supernovae", "supernova"},
    Pair{"symposia", "symposium"},
    Pair{"taxa", "taxon"},
    Pair{"teeth", "tooth"},
    Pair{"tetrahedra", "tetrahedron"},
    Pair{"theses", "thesis"},
    Pair{"tori", "torus"},
    Pair{"tpus", "tpu"},
    Pair{"vacua", "vacuum"},
    Pair{"vertebrae", "vertebra"},
    Pair{"vertices", "vertex"},
    Pair{"vortices", "vortex"},
    Pair{"women", "woman"},
};

constexpr bool is_sorted_by_from() {
  for (std::size_t i = 1; i < kIrregular.size(); ++i) {
    if (!(kIrregular[i - 1].from < kIrregular[i].from)) return false;
  }
  return true;
}
static_assert(is_sorted_by_from());

}  // namespace

std::string american_spelling(std::string_view form) {
  std::string word(form);
  if (word.size() < 4) return word;
  replace_inside(word);
  replace_start(word);
  replace_end(word);
  spell_with_z(word);
  return word;
}

std::string singular_of_irregular(std::string_view form) {
  const auto* found =
      std::lower_bound(kIrregular.begin(), kIrregular.end(), form,
                       [](const Pair& pair, std::string_view word) { return pair.from < word; });
  if (found != kIrregular.end() && found->from == form) return std::string(found->to);
  // Acronyms of consonants alone, which the stemmer takes for words it must not touch; "gps" and "dns" are no
  // plurals.
  if (form.size() >= 4 && form.back() == 's' && !has_vowel(form) && !ends_with(form, "ss")) {
    form.remove_suffix(1);
  }
  return std::string(form);
}

}  // namespace digest::text
