// SPDX-License-Identifier: MIT
#include "ingest/mime.hpp"

#include <digest/limits.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"
#include "ingest/charset.hpp"
#include "ingest/text_tools.hpp"
#include "ingest/transfer.hpp"

namespace digest::ingest {
namespace {

// "From name@example.com Thu Jan 22 17:05:44 2026"
bool is_from_line(std::string_view line) {
  if (line.substr(0, 5) != "From " || line.size() > 512) return false;
  for (std::size_t at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1)) {
    if (at >= 2 && digits_at(line, at - 2) >= 2 && digits_at(line, at + 1) >= 2) return true;
  }
  return false;
}

// The name before the colon of "Content-Type: text/plain"; empty if the line is none of a header.
std::string_view header_name(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < 80 && (is_alnum(line[end]) || line[end] == '-' || line[end] == '_')) ++end;
  return end != 0 && end < line.size() && line[end] == ':' ? line.substr(0, end) : std::string_view();
}

constexpr auto kTechnical = std::to_array<std::string_view>({"message-id", "mime-version", "received", "return-path", "content-type",
                                                             "delivered-to", "content-transfer-encoding", "dkim-signature"});
constexpr auto kPersonal = std::to_array<std::string_view>({"from", "to", "subject", "date", "reply-to", "sender"});

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), lower_case(name)) != names.end();
}

// The value of ";name=value" or ";name="quoted"" in a header's value.
std::string parameter(std::string_view value, std::string_view name) {
  std::size_t at = value.find(';');
  while (at != std::string_view::npos && at < value.size()) {
    ++at;
    while (at < value.size() && (is_blank(value[at]) || value[at] == ';')) ++at;
    const std::size_t equals = value.find('=', at);
    if (equals == std::string_view::npos) return {};
    std::string_view key = trim(value.substr(at, equals - at));
    if (!key.empty() && key.back() == '*') key.remove_suffix(1);  // RFC 2231
    std::size_t begin = equals + 1;
    while (begin < value.size() && is_blank(value[begin])) ++begin;
    std::size_t end = 0;
    std::string_view found;
    if (begin < value.size() && value[begin] == '"') {
      end = std::min(value.find('"', begin + 1), value.size());
      found = value.substr(begin + 1, end - begin - 1);
      end = value.find(';', end);
    } else {
      end = std::min(value.find(';', begin), value.size());
      found = trim(value.substr(begin, end - begin));
    }
    if (equals_ignoring_case(key, name)) return std::string(found);
    at = end;
  }
  return {};
}

struct Headers {
  std::string type, disposition, encoding, subject;
};

// Reads a header block line by line; folded lines are joined.
class HeaderBlock {
 public:
  // False: the line is not part of a header block.
  bool line(std::string_view text) {
    bytes_ += text.size();
    if (bytes_ > kMaxMailHeaderBytes) return false;
    if (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
      if (current_ != nullptr) current_->append(" ").append(trim(text));
      return true;
    }
    const std::string_view name = header_name(text);
    if (name.empty()) return false;
    const std::string_view value = trim(text.substr(name.size() + 1));
    current_ = slot(lower_case(name));
    if (current_ != nullptr) *current_ = value;
    return true;
  }
  [[nodiscard]] const Headers& headers() const { return headers_; }
  [[nodiscard]] bool empty() const { return bytes_ == 0; }

 private:
  std::string* slot(std::string_view name) {
    if (name == "content-type") return &headers_.type;
    if (name == "content-disposition") return &headers_.disposition;
    if (name == "content-transfer-encoding") return &headers_.encoding;
    return name == "subject" ? &headers_.subject : nullptr;
  }

  Headers headers_;
  std::string* current_ = nullptr;
  std::size_t bytes_ = 0;
};

struct Multipart {
  std::string boundary;
  bool is_alternative = false;
};

class MailSplitter final : public Stage {
 public:
  MailSplitter(MailKind kind, MimeTarget& target) : is_mbox_(kind == MailKind::mbox), target_(target) {
    if (!is_mbox_) begin_mail();
  }

  void feed(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::size_t newline = bytes.find('\n');
      const std::size_t length = newline == std::string_view::npos ? bytes.size() : newline + 1;
      if (newline != std::string_view::npos && partial_.empty()) {
        line(bytes.substr(0, length));
      } else {
        partial_.append(bytes.substr(0, length));
        if (newline != std::string_view::npos || partial_.size() >= kMaxPieceBytes) {
          const std::string whole = std::move(partial_);
          partial_.clear();
          line(whole);
        }
      }
      bytes.remove_prefix(length);
    }
  }

  void finish() override {
    if (!partial_.empty()) line(partial_);
    end_mail();
  }

 private:
  static constexpr std::size_t kMaxPieceBytes = 1U << 20;  // longer lines are handed on in pieces
  enum class State { between, headers, body, ignored };

  void line(std::string_view raw) {
    const bool continues = in_long_line_;
    const bool ends = raw.back() == '\n';
    in_long_line_ = !ends;
    if (!continues && is_mbox_ && (after_blank_ || state_ == State::between) && is_from_line(raw)) {
      end_mail();
      lines_ += ends ? 1 : 0;
      begin_mail();
      after_blank_ = false;
      return;
    }
    std::string_view text = raw;
    if (!continues && is_mbox_ && state_ != State::headers) text = unquoted(text);
    if (!continues) after_blank_ = trim(raw).empty();
    mail_line(text, continues);
    lines_ += ends ? 1 : 0;
  }

  // ">From " at the start of a line of an mbox was "From ".
  static std::string_view unquoted(std::string_view text) {
    const std::size_t marks = text.find_first_not_of('>');
    return marks != 0 && marks != std::string_view::npos && text.substr(marks, 5) == "From " ? text.substr(1) : text;
  }

  void mail_line(std::string_view text, bool continues) {
    if (state_ == State::between) return;
    if (state_ == State::headers) {
      if (trim(text).empty()) {
        if (headers_.empty() && multiparts_.empty()) return;  // empty lines before the mail
        return begin_body(lines_ + 1);
      }
      std::string_view header = text;
      while (!header.empty() && (header.back() == '\n' || header.back() == '\r')) header.remove_suffix(1);
      if (headers_.line(header)) return;
      begin_body(lines_);  // no header: the body has begun without an empty line
    }
    if (!continues && text.substr(0, 2) == "--" && boundary(text)) return;
    if (state_ != State::body) return;
    decoded_.clear();
    if (part_.encoding == "quoted-printable") {
      append_quoted_printable(decoded_, text);
    } else if (part_.encoding == "base64") {
      base64_.append(decoded_, text);
    }
    target_.part_bytes(part_.encoding.empty() ? text : std::string_view(decoded_));
  }

  bool boundary(std::string_view text) {
    const std::string_view name = trim(text.substr(2));
    for (std::size_t i = multiparts_.size(); i-- > 0;) {
      const std::string& mark = multiparts_[i].boundary;
      if (name.substr(0, mark.size()) != mark) continue;
      const std::string_view rest = name.substr(mark.size());
      if (!rest.empty() && rest != "--") continue;
      close_down_to(i + 1);
      if (rest.empty()) {
        headers_ = HeaderBlock();
        state_ = State::headers;
      } else {
        close_down_to(i);
        state_ = State::ignored;
      }
      return true;
    }
    return false;
  }

  void close_down_to(std::size_t depth) {
    if (state_ == State::headers) begin_body(lines_);
    end_part();
    while (multiparts_.size() > depth) {
      if (multiparts_.back().is_alternative) target_.end_alternatives();
      multiparts_.pop_back();
    }
    state_ = State::ignored;
  }

  void begin_mail() {
    target_.begin_mail(++mails_);
    subject_.reset();
    headers_ = HeaderBlock();
    state_ = State::headers;
  }

  void end_mail() {
    if (state_ == State::between) return;
    close_down_to(0);
    target_.end_mail(mails_, subject_.value_or(""));
    state_ = State::between;
  }

  void begin_body(std::uint64_t lines_before) {
    const Headers& headers = headers_.headers();
    if (!subject_) subject_ = decode_header(headers.subject);
    const std::string type = lower_case(trim(std::string_view(headers.type).substr(0, headers.type.find(';'))));
    state_ = State::ignored;
    if (type.substr(0, 10) == "multipart/") {
      std::string mark = parameter(headers.type, "boundary");
      if (mark.empty() || multiparts_.size() >= static_cast<std::size_t>(kMaxMultipartDepth)) return;
      const bool is_alternative = type == "multipart/alternative";
      multiparts_.push_back(Multipart{std::move(mark), is_alternative});
      if (is_alternative) target_.begin_alternatives();
      return;
    }
    const std::string encoding = lower_case(trim(headers.encoding));
    part_ = MimePart{type.empty() ? "text/plain" : type, parameter(headers.type, "charset"),
                     encoding == "quoted-printable" || encoding == "base64" ? encoding : std::string(), lines_before, mails_};
    base64_ = Base64();
    state_ = State::body;
    in_part_ = true;
    target_.begin_part(part_);
  }

  void end_part() {
    if (in_part_) target_.end_part();
    in_part_ = false;
  }

  bool is_mbox_;
  MimeTarget& target_;
  std::string partial_, decoded_;
  bool in_long_line_ = false;
  bool after_blank_ = true;
  State state_ = State::between;
  HeaderBlock headers_;
  std::optional<std::string> subject_;
  std::vector<Multipart> multiparts_;
  MimePart part_;
  Base64 base64_;
  bool in_part_ = false;
  unsigned mails_ = 0;
  std::uint64_t lines_ = 0;  // before this one
};

// "=?charset?Q?text?=" at the front of `text`; its length is 0 if there is none.
struct EncodedWord {
  std::string text;
  std::size_t length = 0;
};

EncodedWord encoded_word(std::string_view text) {
  if (text.substr(0, 2) != "=?") return {};
  const std::size_t first = text.find('?', 2);
  if (first == std::string_view::npos || first + 2 >= text.size() || text[first + 2] != '?') return {};
  const std::size_t end = text.find("?=", first + 3);
  if (end == std::string_view::npos || end > 1000) return {};
  std::string_view body = text.substr(first + 3, end - first - 3);
  std::string bytes;
  if (to_lower(text[first + 1]) == 'b') {
    Base64().append(bytes, body);
  } else {
    std::string spaced;
    for (const char c : body) spaced += c == '_' ? std::string("=20") : std::string(1, c);
    append_quoted_printable(bytes, spaced);
  }
  return {decode_text(bytes, text.substr(2, first - 2)), end + 2};
}

}  // namespace

MailKind mail_kind(std::string_view head) {
  if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
  while (!head.empty() && is_blank(head.front())) head.remove_prefix(1);
  std::string_view first = head;
  if (is_from_line(take_line(first)) && !header_name(take_line(first)).empty()) return MailKind::mbox;
  std::size_t technical = 0, personal = 0;
  while (!head.empty()) {
    const std::string_view line = take_line(head);
    if (trim(line).empty()) break;
    if (line.front() == ' ' || line.front() == '\t') continue;
    const std::string_view name = header_name(line);
    if (name.empty()) return MailKind::none;
    technical += contains(kTechnical, name) ? 1U : 0U;
    personal += contains(kPersonal, name) ? 1U : 0U;
  }
  return (technical >= 1 && personal >= 1) || technical >= 2 || personal >= 3 ? MailKind::message : MailKind::none;
}

std::unique_ptr<Stage> make_mail_splitter(MailKind kind, MimeTarget& target) { return std::make_unique<MailSplitter>(kind, target); }

std::string decode_header(std::string_view value) {
  std::string out;
  bool after_word = false;
  for (std::size_t at = 0; at < value.size();) {
    const EncodedWord word = encoded_word(value.substr(at));
    if (word.length != 0) {
      while (after_word && !out.empty() && is_blank(out.back())) out.pop_back();
      out += word.text;
      at += word.length;
      after_word = true;
      continue;
    }
    if (!is_blank(value[at])) after_word = false;
    out += value[at++];
  }
  return repair_utf8(out).text;  // of a header as it came nobody knows the character set
}

}  // namespace digest::ingest
