// SPDX-License-Identifier: MIT
// XML in pieces, by expat: elements, attributes and text of a document that nobody trusts. No external entity is ever
// loaded and no entity that the document declares is expanded; names of characters that HTML knows become them.
// Nesting, attribute and token sizes are bounded. Threads: one.
#pragma once
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct XML_ParserStruct;

namespace digest::ingest {

class XmlStream {
 public:
  static constexpr std::size_t kMaxDepth = 200;

  class Handler {
   public:
    virtual ~Handler() = default;
    virtual void open(std::string_view name, const char** attributes) = 0;  // attributes: name, value, ..., null
    virtual void close() = 0;
    virtual void text(std::string_view piece) = 0;
  };

  // What went wrong and where; the bytes from there on are in `rest`.
  struct Damage {
    std::string message;
    std::uint64_t line = 0;
    bool after_the_end = false;  // another document, or another record without a common root, follows
    std::string rest;
  };

  explicit XmlStream(Handler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // False: the document is damaged here; see damage(). Call restart() before feeding more.
  bool feed(std::string_view text);
  bool flush();     // parses what feed() still holds
  bool complete();  // end of input: true if the document ended properly

  [[nodiscard]] const Damage& damage() const { return damage_; }
  [[nodiscard]] std::uint64_t line() const;  // of the tag being handled, from 1

  // Begins again in the middle of a document: what follows stands inside `ancestors`, its first line is `line`.
  void restart(const std::vector<std::string>& ancestors, std::uint64_t line);

 private:
  struct Free {
    void operator()(XML_ParserStruct* parser) const;
  };

  void set_up();
  bool parse(std::size_t size);
  // Work of a handler. What it throws must not pass through expat, which is C: give() throws it again.
  template <typename Work>
  void handle(Work work);
  bool give(std::string_view text, bool last);
  [[nodiscard]] std::string bytes_from_damage() const;
  void stop(const char* why);
  void skipped_entity(std::string_view name);

  static void on_open(void* self, const char* name, const char** attributes);
  static void on_close(void* self, const char* name);
  static void on_text(void* self, const char* text, int size);
  static void on_entity_declared(void* self, const char* name, int is_parameter, const char* value, int size, const char* base,
                                 const char* system_id, const char* public_id, const char* notation);
  static void on_skipped_entity(void* self, const char* name, int is_parameter);
  static void on_default(void* self, const char* text, int size);

  Handler& handler_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::string pending_;        // up to the next '>'
  std::uint64_t base_line_ = 1;
  std::size_t depth_ = 0;
  std::size_t stalled_ = 0;    // bytes since the parser last said anything
  bool begun_ = false;         // something other than white space was seen
  const char* stopped_ = nullptr;
  std::exception_ptr thrown_;  // by the handler, while parsing
  Damage damage_;
};

}  // namespace digest::ingest
