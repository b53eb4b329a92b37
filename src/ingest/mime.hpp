// SPDX-License-Identifier: MIT
// Mail to its parts, streaming: mbox files, messages, multiparts, transfer encodings (RFC 5322, 2045 to 2047; RFC 4155).
// Forgiving: whatever is not as it should be is text. Parts are not held. Threads: one.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/stage.hpp"

namespace digest::ingest {

enum class MailKind { none, message, mbox };
MailKind mail_kind(std::string_view head);

struct MimePart {
  std::string type = "text/plain";  // lower case
  std::string charset;
  std::string encoding;             // "quoted-printable", "base64", or nothing to be undone
  std::uint64_t lines_before = 0;   // lines of the file before the part's body
  unsigned mail = 1;                // which mail of the file
};

class MimeTarget {
 public:
  virtual ~MimeTarget() = default;
  virtual void begin_mail(unsigned number) = 0;
  virtual void end_mail(unsigned number, const std::string& subject) = 0;
  // Between these two, the parts say the same in different forms.
  virtual void begin_alternatives() = 0;
  virtual void end_alternatives() = 0;
  virtual void begin_part(const MimePart& part) = 0;
  virtual void part_bytes(std::string_view bytes) = 0;  // decoded
  virtual void end_part() = 0;
};

std::unique_ptr<Stage> make_mail_splitter(MailKind kind, MimeTarget& target);

// "=?UTF-8?Q?caf=C3=A9?=" -> UTF-8; adjacent encoded words join without a space.
std::string decode_header(std::string_view value);

}  // namespace digest::ingest
