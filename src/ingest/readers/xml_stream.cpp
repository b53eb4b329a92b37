// SPDX-License-Identifier: MIT
#include "ingest/readers/xml_stream.hpp"

#include <digest/error.hpp>
#include <digest/limits.hpp>
#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/cleaning.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
constexpr int kMaxDeclaredEntityBytes = 1024;

// Newer versions of expat wait with a token that has not ended, and with the error in it; we have a measure of our own.
template <typename Parser>
auto do_not_wait(Parser parser, int) -> decltype(XML_SetReparseDeferralEnabled(parser, XML_FALSE)) {
  return XML_SetReparseDeferralEnabled(parser, XML_FALSE);
}
template <typename Parser>
void do_not_wait(Parser, long) {}

XmlStream& stream(void* self) { return *static_cast<XmlStream*>(self); }

}  // namespace

void XmlStream::Free::operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }

XmlStream::XmlStream(Handler& handler) : handler_(handler), parser_(XML_ParserCreate("UTF-8")) {
  if (!parser_) throw Error(ErrorKind::limit, "There is not enough memory for an XML parser.");
  set_up();
}

XmlStream::~XmlStream() = default;

void XmlStream::set_up() {
  XML_Parser parser = parser_.get();
  XML_SetUserData(parser, this);
  XML_SetElementHandler(parser, on_open, on_close);
  XML_SetCharacterDataHandler(parser, on_text);
  // A default handler, and this kind of it, keeps expat from expanding internal entities; a foreign DTD makes undeclared
  // ones ("&eacute;") skipped rather than fatal. No handler for external entities is set: they are never read.
  XML_SetDefaultHandler(parser, on_default);
  XML_SetSkippedEntityHandler(parser, on_skipped_entity);
  XML_SetEntityDeclHandler(parser, on_entity_declared);
  XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
  XML_UseForeignDTD(parser, XML_TRUE);
  do_not_wait(parser, 0);
  depth_ = 0;
  stalled_ = 0;
  begun_ = false;
  stopped_ = nullptr;
}

void XmlStream::restart(const std::vector<std::string>& ancestors, std::uint64_t line) {
  XML_ParserReset(parser_.get(), "UTF-8");
  set_up();
  pending_.clear();
  base_line_ = line;
  if (ancestors.empty()) return;
  begun_ = true;
  for (const std::string& name : ancestors) pending_ += "<" + name + ">";
  parse(pending_.size());
}

std::uint64_t XmlStream::line() const { return base_line_ + XML_GetCurrentLineNumber(parser_.get()) - 1; }

bool XmlStream::feed(std::string_view text) {
  if (!begun_) {  // white space before "<?xml" is an error to expat and to nobody else
    while (!text.empty() && is_blank(text.front())) {
      if (text.front() == '\n') ++base_line_;
      text.remove_prefix(1);
    }
    if (text.empty()) return true;
    begun_ = true;
  }
  const std::size_t old_size = pending_.size();
  pending_ += text;
  for (std::size_t i = old_size; i < pending_.size(); ++i) {  // control characters are no XML, and no text either
    const auto c = static_cast<unsigned char>(pending_[i]);
    if (c < 0x20 && c != '\n' && c != '\t' && c != '\r') pending_[i] = ' ';
  }
  // Whole tags are parsed at a time, so that damage shows at the same place however the input was cut. A token that
  // does not end is tried again only when it has grown by a quarter.
  std::size_t size = pending_.rfind('>') + 1;
  if (size == 0 && pending_.size() >= kPieceBytes) size = pending_.size();
  if (size == 0 || size < stalled_ / 4) return true;
  return parse(size);
}

bool XmlStream::flush() { return pending_.empty() || parse(pending_.size()); }

bool XmlStream::give(std::string_view text, bool last) {
  const XML_Status status = XML_Parse(parser_.get(), text.data(), static_cast<int>(text.size()), last ? XML_TRUE : XML_FALSE);
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  return status == XML_STATUS_OK;
}

bool XmlStream::parse(std::size_t size) {
  stalled_ += size;
  const bool whole = give(std::string_view(pending_).substr(0, size), false);
  if (whole && stalled_ <= kMaxRecordBytes) {
    pending_.erase(0, size);
    return true;
  }
  const XML_Error code = XML_GetErrorCode(parser_.get());
  damage_.message = stopped_ != nullptr ? stopped_ : whole ? "a tag that is too long" : XML_ErrorString(code);
  damage_.after_the_end = stopped_ == nullptr && (code == XML_ERROR_JUNK_AFTER_DOC_ELEMENT || code == XML_ERROR_MISPLACED_XML_PI);
  damage_.line = line();
  damage_.rest = whole ? pending_ : bytes_from_damage() + pending_.substr(size);
  pending_.clear();
  return false;
}

// What the parser has from the damage on. The tag it is in may have begun in an earlier piece.
std::string XmlStream::bytes_from_damage() const {
  int offset = 0, size = 0;
  const char* const held = XML_GetInputContext(parser_.get(), &offset, &size);
  return held == nullptr ? std::string() : std::string(held + offset, static_cast<std::size_t>(size - offset));
}

bool XmlStream::complete() {
  if (!begun_) return true;
  if (give("", true)) return true;
  damage_.message = XML_ErrorString(XML_GetErrorCode(parser_.get()));
  damage_.line = line();
  return false;
}

void XmlStream::stop(const char* why) {
  if (stopped_ != nullptr) return;
  stopped_ = why;
  XML_StopParser(parser_.get(), XML_FALSE);
}

template <typename Work>
void XmlStream::handle(Work work) {
  stalled_ = 0;
  if (stopped_ != nullptr) return;
  try {
    work();
  } catch (...) {
    thrown_ = std::current_exception();
    stop("interrupted");
  }
}

void XmlStream::on_open(void* self, const char* name, const char** attributes) {
  XmlStream& s = stream(self);
  s.handle([&] {
    if (++s.depth_ > kMaxDepth) return s.stop("elements are nested too deeply");
    s.handler_.open(name, attributes);
  });
}

void XmlStream::on_close(void* self, const char*) {
  XmlStream& s = stream(self);
  s.handle([&] {
    --s.depth_;
    s.handler_.close();
  });
}

void XmlStream::on_text(void* self, const char* text, int size) {
  XmlStream& s = stream(self);
  s.handle([&] { s.handler_.text(std::string_view(text, static_cast<std::size_t>(size))); });
}

// A declared entity is never expanded in text, but expat expands it in attributes: only what is short and refers to
// nothing else may be declared.
void XmlStream::on_entity_declared(void* self, const char*, int, const char* value, int size, const char*, const char*, const char*, const char*) {
  if (value == nullptr) return;
  const bool nested = std::find(value, value + size, '&') != value + size;
  if (nested || size > kMaxDeclaredEntityBytes) stream(self).stop("the document declares entities made of entities");
}

void XmlStream::on_skipped_entity(void* self, const char* name, int is_parameter) {
  XmlStream& s = stream(self);
  if (is_parameter == 0) s.handle([&] { s.skipped_entity(name); });
}

void XmlStream::skipped_entity(std::string_view name) {
  if (name.size() > 32) return;
  const std::string reference = "&" + std::string(name) + ";";
  const std::string text = clean(reference, Markup::html);
  handler_.text(text.empty() ? std::string_view(" ") : std::string_view(text));
}

void XmlStream::on_default(void* self, const char*, int) { stream(self).stalled_ = 0; }

}  // namespace digest::ingest
