// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"
#include "ingest/markup.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

struct Accent {
  char command;
  char32_t combining;
};
constexpr auto kSignAccents = std::to_array<Accent>({{'`', 0x300}, {'\'', 0x301}, {'^', 0x302}, {'~', 0x303},
                                                     {'"', 0x308}, {'=', 0x304}, {'.', 0x307}});
constexpr auto kLetterAccents = std::to_array<Accent>({{'u', 0x306}, {'v', 0x30C}, {'H', 0x30B}, {'c', 0x327}, {'d', 0x323},
                                                       {'b', 0x331}, {'k', 0x328}, {'r', 0x30A}, {'t', 0x361}});

struct Letter {
  std::string_view command, text;
};
constexpr auto kLetters = std::to_array<Letter>({
    {"o", "ø"}, {"O", "Ø"}, {"l", "ł"}, {"L", "Ł"}, {"ss", "ß"}, {"ae", "æ"}, {"AE", "Æ"}, {"oe", "œ"}, {"OE", "Œ"},
    {"aa", "å"}, {"AA", "Å"}, {"i", "i"}, {"j", "j"}, {"dh", "ð"}, {"DH", "Ð"}, {"th", "þ"}, {"TH", "Þ"}, {"dj", "đ"},
    {"DJ", "Đ"}, {"ng", "ŋ"}, {"NG", "Ŋ"}, {"textendash", "–"}, {"textemdash", "—"}, {"ldots", "..."}, {"dots", "..."},
    {"textellipsis", "..."}, {"textasciitilde", "~"}, {"textbackslash", "\\"}, {"textasciicircum", "^"}, {"textbraceleft", "{"}, {"textbraceright", "}"}, {"textregistered", "®"},
    {"texttrademark", "™"}, {"textdegree", "°"}, {"pounds", "£"}, {"euro", "€"}, {"S", "§"}, {"P", "¶"},
    {"quad", " "}, {"qquad", " "}, {"newline", " "}, {"linebreak", " "}, {"par", "\n\n"}, {"LaTeX", "LaTeX"}, {"TeX", "TeX"},
    {"textquotesingle", "'"}, {"textquotedblleft", "“"}, {"textquotedblright", "”"}, {"textquoteright", "’"},
    {"textquoteleft", "‘"}, {"textperiodcentered", "·"}, {"textbullet", "•"}, {"copyright", "©"}, {"textunderscore", "_"},
    // What the Astrophysics Data System and reference managers write for the signs of Latin 1 and their neighbours.
    {"texttimes", "×"}, {"textpm", "±"}, {"textdiv", "÷"}, {"textmu", "μ"}, {"textohm", "Ω"}, {"textcelsius", "℃"}, {"textperthousand", "‰"},
    {"textless", "<"}, {"textgreater", ">"}, {"textbar", "|"}, {"textminus", "−"}, {"textlnot", "¬"}, {"textonehalf", "½"}, {"textonequarter", "¼"},
    {"textthreequarters", "¾"}, {"textonesuperior", "¹"}, {"texttwosuperior", "²"}, {"textthreesuperior", "³"}, {"texteuro", "€"}, {"textsterling", "£"},
    {"textyen", "¥"}, {"textcent", "¢"}, {"textdollar", "$"}, {"textcurrency", "¤"}, {"textsection", "§"}, {"textparagraph", "¶"}, {"textcopyright", "©"},
    {"textdagger", "†"}, {"textdaggerdbl", "‡"}, {"dag", "†"}, {"ddag", "‡"}, {"textordfeminine", "ª"}, {"textordmasculine", "º"}, {"textexclamdown", "¡"},
    {"textquestiondown", "¿"}, {"guillemotleft", "«"}, {"guillemotright", "»"}, {"guilsinglleft", "‹"}, {"guilsinglright", "›"}, {"quotedblbase", "„"},
    {"quotesinglbase", "‚"}, {"textquotedbl", "\""}, {"textasciigrave", "`"}, {"textrightarrow", "→"}, {"textleftarrow", "←"}});

// Commands that only say how their text looks, or where it belongs: the text stays, the command goes.
constexpr auto kTransparent = std::to_array<std::string_view>({
    "emph", "textbf", "textit", "texttt", "textsc", "textsf", "textrm", "textsl", "textup", "textmd", "textnormal", "text",
    "underline", "uline", "em", "it", "bf", "rm", "sc", "sf", "sl", "tt", "bfseries", "itshape", "scshape", "ttfamily",
    "mbox", "hbox", "large", "Large", "small", "footnotesize", "tiny", "normalfont", "protect", "relax", "url", "path",
    "nolinkurl", "noindent", "uppercase", "lowercase", "MakeUppercase", "textsuperscript", "textsubscript",
    "boldmath", "bibinfo", "enquote", "footnote", "xspace", "unboldmath", "sffamily", "rmfamily", "slshape"});
constexpr auto kDropped = std::to_array<std::string_view>({"cite", "citep", "citet", "citealp", "citeauthor", "autocite",
                                                           "parencite", "label", "ref", "vspace", "hspace"});

constexpr ByteSet kMarks("\\${~`'-");
constexpr std::size_t kLongestMath = 1000;  // a dollar whose partner is farther away is a currency
constexpr std::size_t kLongestArgument = 1000;  // of a link or a citation
constexpr std::size_t kLongestLetter = 12;      // "{\\i}" under an accent
constexpr std::size_t kUnbounded = std::string_view::npos;
constexpr int kDeepest = 40;

template <typename Table>
bool contains(const Table& table, std::string_view name) {
  return std::find(table.begin(), table.end(), name) != table.end();
}

// Where the group that opens at `open` closes; npos if it does not within `longest` bytes.
std::size_t closing_brace(std::string_view text, std::size_t open, std::size_t longest) {
  int depth = 0;
  const std::size_t limit = std::min(text.size(), longest < text.size() ? open + longest : text.size());
  for (std::size_t at = open; at < limit; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '{') {
      ++depth;
    } else if (text[at] == '}' && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

// "{0,1}" and "{1,...,n}" are sets; any other braces only protect capitals.
bool is_set(std::string_view inside) {
  if (inside.find(',') == std::string_view::npos) return false;
  for (std::size_t i = 0; i + 1 < inside.size(); ++i) {
    if (is_letter(inside[i]) && is_letter(inside[i + 1])) return false;
  }
  return true;
}

// Does the text end inside a link?
bool ends_in_url(std::string_view text) {
  constexpr std::size_t kLongest = 2048;
  if (text.size() > kLongest) text.remove_prefix(text.size() - kLongest);
  const std::size_t blank = text.find_last_of(" \n\t");
  const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
  return word.find("://") != std::string_view::npos;
}

class Plain {
 public:
  Plain(std::string_view text, int depth) : text_(text), depth_(depth) {
    if (depth == 0) out_.reserve(text.size());  // groups within groups would each hold as much
  }

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  [[nodiscard]] std::string inner(std::string_view text) const {
    return depth_ >= kDeepest ? std::string(text) : Plain(text, depth_ + 1).run();
  }
  void take(std::size_t bytes, std::string_view instead) { out_ += instead, at_ += bytes; }

  void step() {
    switch (text_[at_]) {
      case '\\': return command();
      case '$': return math();
      case '{': return group();
      case '~': return tie();
      case '`': return peek(1) == '`' ? take(2, "\"") : take(1, "`");
      case '\'': return peek(1) == '\'' ? take(2, "\"") : take(1, "'");
      case '-': return dash();
      default: break;
    }
    const std::size_t end = kMarks.find_in(text_, at_);
    take(end - at_, text_.substr(at_, end - at_));
  }

  // "Task~Arithmetic" is a tie, " ~3%" says about.
  void tie() {
    const bool after_blank = out_.empty() || is_blank(out_.back()) || out_.back() == '(';
    const bool in_url = !out_.empty() && ends_in_url(out_);
    take(1, (after_blank && is_digit(peek(1))) || in_url ? "~" : " ");
  }

  // Between blanks people type "--" themselves; between words it is TeX's dash.
  void dash() {
    std::size_t count = 1;
    while (peek(count) == '-') ++count;
    const bool apart = !out_.empty() && is_blank(out_.back()) && (is_blank(peek(count)) || at_ + count == text_.size());
    if ((count == 2 && !apart) || count == 3) {
      if (!ends_in_url(out_)) return take(count, count == 2 ? "–" : "—");
    }
    take(count, text_.substr(at_, count));
  }

  // Math stays as it is written: what it means is for the analyzer, what it looks like for the display.
  void math() {
    const std::string_view mark = peek(1) == '$' ? "$$" : "$";
    std::size_t end = at_ + mark.size();
    const std::size_t limit = std::min(text_.size(), at_ + kLongestMath);
    while (end < limit && text_[end] != '$') end += text_[end] == '\\' ? 2 : 1;
    if (end >= limit) return take(1, "$");
    const std::size_t length = std::min(end + mark.size(), text_.size()) - at_;
    take(length, without_ensured(text_.substr(at_, length)));
  }

  // Math within which "\ensuremath{...}" says nothing new.
  static std::string without_ensured(std::string_view math) {
    constexpr std::string_view kEnsure = "\\ensuremath{";
    std::string out(math);
    for (std::size_t at = out.find(kEnsure); at != std::string::npos; at = out.find(kEnsure, at)) {
      const std::size_t close = closing_brace(out, at + kEnsure.size() - 1, kUnbounded);
      if (close == std::string_view::npos) break;
      out.erase(close, 1).erase(at, kEnsure.size());
    }
    return out;
  }

  // "\ensuremath{\pm}" is math wherever it stands; without a command in it, it looks as it reads.
  void ensured_math(std::size_t after) {
    const std::size_t close = after < text_.size() && text_[after] == '{' ? closing_brace(text_, after, kLongestMath) : std::string_view::npos;
    if (close == std::string_view::npos) return take(after - at_, "");
    const std::string inside = without_ensured(text_.substr(after + 1, close - after - 1));
    out_ += inside.find('\\') == std::string::npos || inside.find('$') != std::string::npos ? inner(inside) : "$" + inside + "$";
    at_ = close + 1;
  }

  void group() {
    const std::size_t close = closing_brace(text_, at_, kUnbounded);
    if (close == std::string_view::npos) return take(text_.size() - at_, text_.substr(at_));
    const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
    if (is_set(inside)) return take(close + 1 - at_, text_.substr(at_, close + 1 - at_));
    const std::string plain = inner(inside);
    // What "\href{link}{text}" leaves when a page loses its first half.
    if (!plain.empty() && ends_in_url(out_)) return take(close + 1 - at_, " (" + plain + ")");
    take(close + 1 - at_, plain);
  }

  void command() {
    const char next = peek(1);
    if (next == '\0') return take(1, "\\");
    if (is_letter(next)) return word_command();
    for (const Accent& accent : kSignAccents) {
      if (accent.command == next && place_accent(at_ + 2, accent.combining)) return;
    }
    if (next == '(' || next == '[') return display_math(next);
    if (std::string_view("%&_$#{}").find(next) != std::string_view::npos) return take(2, std::string_view(&text_[at_ + 1], 1));
    if (std::string_view("/!-@").find(next) != std::string_view::npos) return take(2, "");
    if (std::string_view(",;: \n\t>").find(next) != std::string_view::npos) return take(2, " ");
    if (next == '\\') return take(2, " ");
    take(1, std::string_view("'\"`^~=.").find(next) != std::string_view::npos ? "" : "\\");
  }

  void display_math(char open) {
    const std::string_view close = open == '(' ? "\\)" : "\\]";
    const std::size_t end = text_.substr(0, std::min(text_.size(), at_ + kLongestMath)).find(close, at_ + 2);
    if (end == std::string_view::npos) return take(2, text_.substr(at_, 2));
    take(end + 2 - at_, text_.substr(at_, end + 2 - at_));
  }

  // The letter an accent belongs to: "e", "{e}", "{\i}", "\i". False if there is none.
  bool place_accent(std::size_t at, char32_t combining) {
    while (at < text_.size() && text_[at] == ' ') ++at;
    if (at >= text_.size()) return false;
    std::string base;
    std::size_t end = at;
    if (text_[at] == '{') {
      const std::size_t close = closing_brace(text_, at, kLongestLetter);
      if (close == std::string_view::npos) return false;
      base = inner(text_.substr(at + 1, close - at - 1));
      end = close + 1;
      if (base.empty()) return out_ += combining == 0x303 ? "~" : "", at_ = end, true;
    } else if (text_[at] == '\\') {
      const std::size_t letters = letters_at(at + 1);
      if (letters == 0 || letters > 2) return false;
      base = inner(text_.substr(at, letters + 1));
      end = at + 1 + letters;
      if (end < text_.size() && text_[end] == ' ') ++end;
    } else {
      const Decoded letter = decode_utf8(text_, at);
      if (letter.code_point < 0x80 && !is_letter(text_[at])) return false;
      base = std::string(text_.substr(at, letter.length));
      end = at + letter.length;
    }
    std::size_t first = base.empty() ? 0 : decode_utf8(base, 0).length;
    // "{\~{\^e}}": the outer accent comes after the inner one.
    while (first + 1 < base.size() && (base[first] == '\xCC' || (base[first] == '\xCD' && static_cast<unsigned char>(base[first + 1]) < 0xB0))) first += 2;
    out_.append(base, 0, first);
    append_utf8(out_, combining);
    out_.append(base, first);
    at_ = end;
    return true;
  }

  [[nodiscard]] std::size_t letters_at(std::size_t at) const {
    std::size_t count = 0;
    while (at + count < text_.size() && is_letter(text_[at + count])) ++count;
    return count;
  }

  void word_command() {
    const std::size_t letters = letters_at(at_ + 1);
    const std::string_view name = text_.substr(at_ + 1, letters);
    const std::size_t after = at_ + 1 + letters;
    if (letters == 1) {
      for (const Accent& accent : kLetterAccents) {
        if (accent.command == name[0] && after < text_.size() && (text_[after] == '{' || is_blank(text_[after]) || text_[after] == '\\') &&
            place_accent(after, accent.combining)) {
          return;
        }
      }
    }
    for (const Letter& letter : kLetters) {
      if (letter.command == name) return take_with_blank(after, letter.text);
    }
    if (name == "href") return link(after);
    if (name == "ensuremath") return ensured_math(after);
    if (name == "raisebox") return skip_argument(after);
    if (contains(kDropped, name)) return drop_argument(after);
    if (contains(kTransparent, name)) return take_with_blank(after, "");
    take(1, "");  // an unknown command: its name is a word
  }

  // TeX swallows blanks after a command's name; "{}" ends it.
  void take_with_blank(std::size_t after, std::string_view instead) {
    if (text_.substr(after, 2) == "{}") {
      after += 2;
    } else if (after < text_.size() && text_[after] == ' ') {
      ++after;
    }
    out_ += instead;
    at_ = after;
  }

  void link(std::size_t after) {
    const std::size_t url_end = after < text_.size() && text_[after] == '{' ? closing_brace(text_, after, kLongestArgument) : std::string_view::npos;
    if (url_end == std::string_view::npos || url_end + 1 >= text_.size() || text_[url_end + 1] != '{') return take(after - at_, "");
    const std::size_t end = closing_brace(text_, url_end + 1, kLongestArgument);
    if (end == std::string_view::npos) return take(after - at_, "");
    const std::string_view url = text_.substr(after + 1, url_end - after - 1);
    const std::string shown = inner(text_.substr(url_end + 2, end - url_end - 2));
    out_ += shown == url ? shown : shown + " (" + std::string(url) + ")";
    at_ = end + 1;
  }

  // How far up or down: what is raised follows as another argument.
  void skip_argument(std::size_t after) {
    const std::size_t close = after < text_.size() && text_[after] == '{' ? closing_brace(text_, after, kLongestArgument) : std::string_view::npos;
    at_ = close == std::string_view::npos ? after : close + 1;
  }

  void drop_argument(std::size_t after) {
    while (after < text_.size() && text_[after] == '[') {
      const std::size_t close = text_.substr(after, kLongestArgument).find(']');
      if (close == std::string_view::npos) break;
      after += close + 1;
    }
    const std::size_t close = after < text_.size() && text_[after] == '{' ? closing_brace(text_, after, kLongestArgument) : std::string_view::npos;
    if (close != std::string_view::npos) {
      if (!out_.empty() && (out_.back() == ' ' || out_.back() == '~')) out_.pop_back();
      after = close + 1;
    }
    at_ = after;
  }

  std::string_view text_;
  int depth_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string remove_latex(std::string_view text) {
  if (kMarks.find_in(text) == text.size()) return std::string(text);
  return Plain(text, 0).run();
}

}  // namespace digest::ingest
