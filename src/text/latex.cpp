// SPDX-License-Identifier: MIT
#include "text/latex.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace digest::text {
namespace {

using Kind = LatexPiece::Kind;
using namespace std::string_view_literals;

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Accents written as a sign, and as a letter that needs a brace or a blank behind it (LaTeX: A document
// preparation system, table 3.1).
constexpr std::string_view kAccentSigns = "'`^\"~=.";
constexpr std::string_view kAccentLetters = "bcdHkrtuv";

struct SpecialLetter {
  std::string_view name, letters;
};
constexpr std::array kSpecialLetters = {
    SpecialLetter{"AA", "a"},  SpecialLetter{"AE", "ae"}, SpecialLetter{"DH", "d"}, SpecialLetter{"DJ", "d"},
    SpecialLetter{"L", "l"},   SpecialLetter{"NG", "ng"}, SpecialLetter{"O", "o"},  SpecialLetter{"OE", "oe"},
    SpecialLetter{"SS", "ss"}, SpecialLetter{"TH", "th"}, SpecialLetter{"aa", "a"}, SpecialLetter{"ae", "ae"},
    SpecialLetter{"dh", "d"},  SpecialLetter{"dj", "d"},  SpecialLetter{"i", "i"},  SpecialLetter{"j", "j"},
    SpecialLetter{"l", "l"},   SpecialLetter{"ng", "ng"}, SpecialLetter{"o", "o"},  SpecialLetter{"oe", "oe"},
    SpecialLetter{"ss", "ss"}, SpecialLetter{"th", "th"},
};

// Fonts, sizes, spacing, brackets, structure: what they are applied to counts.
constexpr std::array kMarkup = {"Bbb"sv,
                                "Big"sv,
                                "Bigg"sv,
                                "Biggl"sv,
                                "Biggr"sv,
                                "Bigl"sv,
                                "Bigr"sv,
                                "Large"sv,
                                "bar"sv,
                                "bf"sv,
                                "bfit"sv,
                                "bfseries"sv,
                                "big"sv,
                                "bigg"sv,
                                "biggl"sv,
                                "biggr"sv,
                                "bigl"sv,
                                "bigr"sv,
                                "binom"sv,
                                "bm"sv,
                                "boldmath"sv,
                                "boldsymbol"sv,
                                "cal"sv,
                                "centering"sv,
                                "centerline"sv,
                                "cfrac"sv,
                                "check"sv,
                                "dbinom"sv,
                                "ddot"sv,
                                "dfrac"sv,
                                "displaystyle"sv,
                                "dot"sv,
                                "em"sv,
                                "emph"sv,
                                "ensuremath"sv,
                                "footnote"sv,
                                "footnotesize"sv,
                                "frac"sv,
                                "frak"sv,
                                "hat"sv,
                                "hbox"sv,
                                "href"sv,
                                "hspace"sv,
                                "it"sv,
                                "item"sv,
                                "itshape"sv,
                                "large"sv,
                                "left"sv,
                                "limits"sv,
                                "mathbb"sv,
                                "mathbf"sv,
                                "mathcal"sv,
                                "mathds"sv,
                                "mathfrak"sv,
                                "mathit"sv,
                                "mathnormal"sv,
                                "mathop"sv,
                                "mathring"sv,
                                "mathrm"sv,
                                "mathscr"sv,
                                "mathsf"sv,
                                "mathtt"sv,
                                "mbox"sv,
                                "mit"sv,
                                "newline"sv,
                                "noindent"sv,
                                "nolimits"sv,
                                "operatorname"sv,
                                "overbrace"sv,
                                "overline"sv,
                                "overset"sv,
                                "par"sv,
                                "paragraph"sv,
                                "phantom"sv,
                                "pmb"sv,
                                "protect"sv,
                                "qquad"sv,
                                "quad"sv,
                                "raisebox"sv,
                                "right"sv,
                                "rm"sv,
                                "rmfamily"sv,
                                "sc"sv,
                                "scriptscriptstyle"sv,
                                "scriptsize"sv,
                                "scriptstyle"sv,
                                "scshape"sv,
                                "section"sv,
                                "sf"sv,
                                "sffamily"sv,
                                "sl"sv,
                                "slshape"sv,
                                "small"sv,
                                "sqrt"sv,
                                "stackrel"sv,
                                "subsection"sv,
                                "tbinom"sv,
                                "text"sv,
                                "textbf"sv,
                                "textcolor"sv,
                                "textit"sv,
                                "textmd"sv,
                                "textnormal"sv,
                                "textrm"sv,
                                "textsc"sv,
                                "textsf"sv,
                                "textsl"sv,
                                "textstyle"sv,
                                "textsubscript"sv,
                                "textsuperscript"sv,
                                "texttt"sv,
                                "textup"sv,
                                "tfrac"sv,
                                "tilde"sv,
                                "tiny"sv,
                                "tt"sv,
                                "ttfamily"sv,
                                "underbrace"sv,
                                "underline"sv,
                                "underset"sv,
                                "upshape"sv,
                                "url"sv,
                                "vec"sv,
                                "vspace"sv,
                                "widehat"sv,
                                "widetilde"sv,
                                "xspace"sv};

// Relations, operators and dots: signs, which have names only because keyboards lack them.
constexpr std::array kSigns = {"Leftarrow"sv,
                               "Leftrightarrow"sv,
                               "Longrightarrow"sv,
                               "Rightarrow"sv,
                               "approx"sv,
                               "ast"sv,
                               "backslash"sv,
                               "bigcap"sv,
                               "bigcup"sv,
                               "bigoplus"sv,
                               "bigotimes"sv,
                               "cap"sv,
                               "cdot"sv,
                               "cdots"sv,
                               "circ"sv,
                               "colon"sv,
                               "cong"sv,
                               "cup"sv,
                               "ddots"sv,
                               "degree"sv,
                               "div"sv,
                               "dots"sv,
                               "dotsc"sv,
                               "equiv"sv,
                               "exists"sv,
                               "forall"sv,
                               "ge"sv,
                               "geq"sv,
                               "geqslant"sv,
                               "gg"sv,
                               "gtrsim"sv,
                               "hookrightarrow"sv,
                               "in"sv,
                               "int"sv,
                               "lVert"sv,
                               "langle"sv,
                               "lceil"sv,
                               "ldots"sv,
                               "le"sv,
                               "leftarrow"sv,
                               "leftrightarrow"sv,
                               "leq"sv,
                               "leqslant"sv,
                               "lesssim"sv,
                               "lfloor"sv,
                               "ll"sv,
                               "longrightarrow"sv,
                               "lvert"sv,
                               "mapsto"sv,
                               "mid"sv,
                               "mp"sv,
                               "ne"sv,
                               "neq"sv,
                               "not"sv,
                               "notin"sv,
                               "oplus"sv,
                               "otimes"sv,
                               "parallel"sv,
                               "partial"sv,
                               "perp"sv,
                               "pm"sv,
                               "prime"sv,
                               "prod"sv,
                               "propto"sv,
                               "rVert"sv,
                               "rangle"sv,
                               "rceil"sv,
                               "rfloor"sv,
                               "rightarrow"sv,
                               "rvert"sv,
                               "setminus"sv,
                               "sim"sv,
                               "simeq"sv,
                               "star"sv,
                               "subset"sv,
                               "subseteq"sv,
                               "sum"sv,
                               "supset"sv,
                               "supseteq"sv,
                               "textbackslash"sv,
                               "textquoteright"sv,
                               "times"sv,
                               "to"sv,
                               "vdots"sv,
                               "vee"sv,
                               "wedge"sv};

// Commands whose argument is a key, not text.
constexpr std::array kKeyed = {"autocite"sv,   "begin"sv, "bibitem"sv, "cite"sv,     "citealp"sv,
                               "citeauthor"sv, "citep"sv, "citet"sv,   "citeyear"sv, "cref"sv,
                               "end"sv,        "eqref"sv, "label"sv,   "nocite"sv,   "pageref"sv,
                               "parencite"sv,  "ref"sv,   "textcite"sv};
constexpr std::size_t kLongestKey = 512;  // a brace that is not closed by then was no argument

constexpr std::array kBareMarkup = {"boldsymbol"sv, "emph"sv,     "mathbb"sv,       "mathbf"sv,  "mathcal"sv,
                                    "mathfrak"sv,   "mathit"sv,   "mathrm"sv,       "mathscr"sv, "mathsf"sv,
                                    "mathtt"sv,     "mbox"sv,     "operatorname"sv, "text"sv,    "textbf"sv,
                                    "textit"sv,     "textrm"sv,   "textsc"sv,       "textsf"sv,  "textsl"sv,
                                    "texttt"sv,     "underline"sv};

static_assert(std::is_sorted(kMarkup.begin(), kMarkup.end()) &&
              std::is_sorted(kSigns.begin(), kSigns.end()) && std::is_sorted(kKeyed.begin(), kKeyed.end()) &&
              std::is_sorted(kBareMarkup.begin(), kBareMarkup.end()));

template <typename Table>
bool contains(const Table& table, std::string_view name) {
  return std::binary_search(table.begin(), table.end(), name);
}

const SpecialLetter* special_letter(std::string_view name) {
  if (name.size() > 2) return nullptr;
  const auto found = std::find_if(kSpecialLetters.begin(), kSpecialLetters.end(),
                                  [&](const SpecialLetter& letter) { return letter.name == name; });
  return found == kSpecialLetters.end() ? nullptr : &*found;
}

std::string_view command_name(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_letter(text[end])) ++end;
  return text.substr(at, end - at);
}

struct Base {
  std::string_view letters;  // empty: no letter here
  std::size_t next = 0;
};

// The letter below an accent: e, \i, or any character beyond ASCII.
Base read_base(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  if (is_letter(text[at])) return {text.substr(at, 1), at + 1};
  if (static_cast<unsigned char>(text[at]) >= 0x80) {
    const Decoded decoded = decode_utf8(text, at);
    if (decoded.valid) return {text.substr(at, decoded.length), at + decoded.length};
    return {};
  }
  if (text[at] != '\\') return {};
  const std::string_view name = command_name(text, at + 1);
  const SpecialLetter* letter = special_letter(name);
  if (letter == nullptr) return {};
  return {letter->letters, at + 1 + name.size()};
}

// {e} or e (after blanks, where the accent is itself a letter).
Base read_accented(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '{') {
    Base base = read_base(text, at + 1);
    if (base.letters.empty() || base.next >= text.size() || text[base.next] != '}') return {};
    ++base.next;
    return base;
  }
  return read_base(text, at);
}

std::size_t skip_key(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '*' || text[at] == '~')) ++at;
  if (at < text.size() && text[at] == '[') {
    const std::size_t close = text.substr(at, kLongestKey).find(']');
    if (close != std::string_view::npos) at += close + 1;
  }
  if (at >= text.size() || text[at] != '{') return at;
  const std::size_t close = text.substr(at, kLongestKey).find('}');
  return close == std::string_view::npos ? at : at + close + 1;
}

LatexPiece read_command(std::string_view text, std::string_view name, std::size_t next) {
  if (name.size() == 1 && kAccentLetters.find(name[0]) != std::string_view::npos) {
    std::size_t at = next;
    if (at < text.size() && text[at] == ' ') ++at;
    if (at < text.size() && (at > next || text[at] == '{' || text[at] == '\\')) {
      const Base base = read_accented(text, at);
      if (!base.letters.empty()) return {Kind::letters, base.letters, base.next};
    }
  }
  if (const SpecialLetter* letter = special_letter(name)) {
    // TeX swallows the blank that ends a command: "S\o rensen" is one word.
    if (next + 1 < text.size() && text[next] == ' ' && is_letter(text[next + 1])) ++next;
    if (text.substr(next, 2) == "{}") next += 2;
    return {Kind::letters, letter->letters, next};
  }
  if (contains(kMarkup, name)) return {Kind::markup, {}, next};
  if (contains(kSigns, name)) return {Kind::separator, {}, next};
  if (contains(kKeyed, name)) return {Kind::separator, {}, skip_key(text, next)};
  // \varepsilon is an epsilon.
  if (name.size() > 5 && name.substr(0, 3) == "var") name.remove_prefix(3);
  return {Kind::name, name, next};
}

}  // namespace

LatexPiece read_latex(std::string_view text, std::size_t at) {
  const std::size_t after = at + 1;
  if (after >= text.size()) return {Kind::separator, {}, after};
  const char sign = text[after];
  if (is_letter(sign)) {
    const std::string_view name = command_name(text, after);
    return read_command(text, name, after + name.size());
  }
  if (kAccentSigns.find(sign) != std::string_view::npos) {
    const Base base = read_accented(text, after + 1);
    if (!base.letters.empty()) return {Kind::letters, base.letters, base.next};
  }
  if (sign == '-' || sign == '/') return {Kind::joint, {}, after + 1};
  if (static_cast<unsigned char>(sign) >= 0x80) return {Kind::separator, {}, after};
  return {Kind::separator, {}, after + 1};
}

bool is_bare_markup(std::string_view name) {
  return contains(kBareMarkup, name);
}

}  // namespace digest::text
