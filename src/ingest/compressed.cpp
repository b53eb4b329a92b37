// SPDX-License-Identifier: MIT
#include "ingest/compressed.hpp"

#include <digest/error.hpp>
#include <digest/limits.hpp>
#include <fmt/format.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>

#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

using Output = std::array<char, 64U << 10>;

// What the three have in common: once something went wrong, the rest of the input is not looked at.
class Decompressor : public Stage {
 public:
  Decompressor(std::string_view name, std::unique_ptr<Stage> next, Expansion expansion)
      : name_(name), next_(std::move(next)), expansion_(std::move(expansion)), output_(std::make_unique<Output>()) {}

  void feed(std::string_view bytes) final {
    if (!stopped_ && !bytes.empty()) decompress(bytes);
  }

  void finish() final {
    if (!stopped_ && !is_complete()) {
      stop("truncated-input", fmt::format("The {} data ends too early; what came before its end was read.", name_));
    }
    next_->finish();
  }

 protected:
  virtual void decompress(std::string_view bytes) = 0;
  virtual bool is_complete() = 0;

  // `consumed` and what comes out, in all.
  void push(std::size_t size, std::uint64_t consumed) {
    produced_ += size;
    if (!expansion_.allowed(consumed, produced_)) {
      return stop("expands-too-much",
                  fmt::format("The {} data unpacks to more than {} times its size, which no digest does; the rest was left out.",
                              name_, kMaxExpansionRatio));
    }
    next_->feed(std::string_view(output_->data(), size));
  }
  void damaged(std::string_view why) {
    stop(fmt::format("bad-{}", name_), fmt::format("The {} data is damaged ({}); what came before was read.", name_, why));
  }
  void stop(std::string code, std::string message) {
    stopped_ = true;
    expansion_.problem(std::move(code), std::move(message));
  }

  [[nodiscard]] bool stopped() const { return stopped_; }
  Output& output() { return *output_; }
  void ignore_the_rest() { stopped_ = true; }

 private:
  std::string_view name_;
  std::unique_ptr<Stage> next_;
  Expansion expansion_;
  std::unique_ptr<Output> output_;
  std::uint64_t produced_ = 0;
  bool stopped_ = false;
};

class Gzip final : public Decompressor {
 public:
  Gzip(std::unique_ptr<Stage> next, Expansion expansion) : Decompressor("gzip", std::move(next), std::move(expansion)) {
    constexpr int kWithGzipHeader = 16;
    if (inflateInit2(&stream_, MAX_WBITS + kWithGzipHeader) != Z_OK) {
      throw Error(ErrorKind::limit, "There is not enough memory to unpack gzip data.");
    }
  }
  ~Gzip() override { inflateEnd(&stream_); }

 private:
  void decompress(std::string_view bytes) override {
    while (!bytes.empty() && !stopped()) {
      const std::string_view piece = bytes.substr(0, 1U << 20);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));  // zlib's interface is older than const
      stream_.avail_in = static_cast<uInt>(piece.size());
      while (!stopped() && (stream_.avail_in != 0 || full_)) step();
      bytes.remove_prefix(piece.size() - (stopped() ? 0 : stream_.avail_in));
    }
  }

  void step() {
    if (between_) return begin_member();
    stream_.next_out = reinterpret_cast<Bytef*>(output().data());
    stream_.avail_out = static_cast<uInt>(output().size());
    const uInt before = stream_.avail_in;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    consumed_ += before - stream_.avail_in;
    const std::size_t made = output().size() - stream_.avail_out;
    full_ = stream_.avail_out == 0;
    if (made != 0) push(made, consumed_);
    if (stopped()) return;
    if (result == Z_STREAM_END) {
      between_ = true, full_ = false;
    } else if (result != Z_OK && !(result == Z_BUF_ERROR && stream_.avail_in == 0)) {
      damaged(stream_.msg == nullptr ? "not gzip" : stream_.msg);
    }
    if (result == Z_BUF_ERROR) full_ = false;
  }

  // After a member: another one, padding, or something that is not ours.
  void begin_member() {
    const Bytef next = *stream_.next_in;
    if (next == 0x1F) {
      inflateReset(&stream_);
      between_ = false;
    } else if (next == 0 || is_blank(static_cast<char>(next))) {
      ++stream_.next_in, --stream_.avail_in, ++consumed_;
    } else {
      damaged("something else follows it");
    }
  }

  bool is_complete() override { return between_; }

  z_stream stream_{};
  std::uint64_t consumed_ = 0;
  bool between_ = false;  // members
  bool full_ = false;     // the output was filled: there may be more without more input
};

class Zstd final : public Decompressor {
 public:
  Zstd(std::unique_ptr<Stage> next, Expansion expansion)
      : Decompressor("zstd", std::move(next), std::move(expansion)), stream_(ZSTD_createDStream(), ZSTD_freeDStream) {
    if (!stream_) throw Error(ErrorKind::limit, "There is not enough memory to unpack zstd data.");
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kMaxZstdWindowLog);
  }

 private:
  void decompress(std::string_view bytes) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    bool full = true;
    while (!stopped() && (in.pos < in.size || full)) {
      ZSTD_outBuffer out{output().data(), output().size(), 0};
      const std::size_t before = in.pos;
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in);
      consumed_ += in.pos - before;
      if (ZSTD_isError(result)) return damaged(ZSTD_getErrorName(result));
      complete_ = result == 0;
      full = out.pos == out.size;
      if (out.pos != 0) push(out.pos, consumed_);
      if (in.pos == before && out.pos == 0) return;
    }
  }

  bool is_complete() override { return complete_; }

  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
  std::uint64_t consumed_ = 0;
  bool complete_ = false;
};

class Xz final : public Decompressor {
 public:
  Xz(std::unique_ptr<Stage> next, Expansion expansion) : Decompressor("xz", std::move(next), std::move(expansion)) {
    if (lzma_stream_decoder(&stream_, kMaxXzMemoryBytes, LZMA_CONCATENATED) != LZMA_OK) {
      throw Error(ErrorKind::limit, "There is not enough memory to unpack xz data.");
    }
  }
  ~Xz() override { lzma_end(&stream_); }

 private:
  void decompress(std::string_view bytes) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(bytes.data());
    stream_.avail_in = bytes.size();
    run(LZMA_RUN);
  }

  void run(lzma_action action) {
    bool full = true;
    while (!stopped() && (stream_.avail_in != 0 || full || action == LZMA_FINISH)) {
      stream_.next_out = reinterpret_cast<std::uint8_t*>(output().data());
      stream_.avail_out = output().size();
      const lzma_ret result = lzma_code(&stream_, action);
      const std::size_t made = output().size() - stream_.avail_out;
      full = stream_.avail_out == 0;
      if (made != 0) push(made, stream_.total_in);
      if (result == LZMA_STREAM_END) {
        complete_ = true;
        return;
      }
      if (result == LZMA_BUF_ERROR) return;  // wants more input
      if (result != LZMA_OK && !stopped()) return damaged(why(result));
    }
  }

  static std::string_view why(lzma_ret result) {
    switch (result) {
      case LZMA_MEMLIMIT_ERROR: return "it asks for more memory than it is given";
      case LZMA_FORMAT_ERROR: return "something else follows it";
      case LZMA_OPTIONS_ERROR: return "it uses an option that is not supported";
      default: return "its contents do not fit their checksum";
    }
  }

  bool is_complete() override {
    stream_.avail_in = 0;
    run(LZMA_FINISH);
    return complete_ || stopped();
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool complete_ = false;
};

}  // namespace

Compression compression_of(std::string_view head) {
  const auto byte = [&](std::size_t i) { return i < head.size() ? static_cast<unsigned char>(head[i]) : 0U; };
  if (byte(0) == 0x1F && byte(1) == 0x8B && byte(2) == 8) return Compression::gzip;
  if (byte(0) == 0x28 && byte(1) == 0xB5 && byte(2) == 0x2F && byte(3) == 0xFD) return Compression::zstd;
  if ((byte(0) & 0xF0U) == 0x50 && byte(1) == 0x2A && byte(2) == 0x4D && byte(3) == 0x18) return Compression::zstd;
  if (head.substr(0, 6) == std::string_view("\xFD" "7zXZ\0", 6)) return Compression::xz;
  return Compression::none;
}

std::string_view name_of(Compression compression) {
  switch (compression) {
    case Compression::gzip: return "gzip";
    case Compression::zstd: return "zstd";
    case Compression::xz: return "xz";
    case Compression::none: break;
  }
  return "";
}

std::unique_ptr<Stage> make_decompressor(Compression compression, std::unique_ptr<Stage> next, Expansion expansion) {
  switch (compression) {
    case Compression::gzip: return std::make_unique<Gzip>(std::move(next), std::move(expansion));
    case Compression::zstd: return std::make_unique<Zstd>(std::move(next), std::move(expansion));
    case Compression::xz: return std::make_unique<Xz>(std::move(next), std::move(expansion));
    case Compression::none: break;
  }
  return next;
}

}  // namespace digest::ingest
