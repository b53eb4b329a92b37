// SPDX-License-Identifier: MIT
#include "index/recover.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "index/commit.hpp"

namespace digest::index {
namespace {

// The directory as it was before some commits; for reading only.
class EarlierView : public storage::Directory {
 public:
  EarlierView(const storage::Directory& whole, std::vector<std::string> hidden) : whole_(whole), hidden_(std::move(hidden)) {}
  [[nodiscard]] const std::string& path() const override { return whole_.path(); }
  [[nodiscard]] std::vector<std::string> list() const override {
    std::vector<std::string> names = whole_.list();
    const auto is_hidden = [this](const std::string& name) { return std::find(hidden_.begin(), hidden_.end(), name) != hidden_.end(); };
    names.erase(std::remove_if(names.begin(), names.end(), is_hidden), names.end());
    return names;
  }
  [[nodiscard]] std::unique_ptr<storage::InputFile> open(const std::string& name, storage::Access access) const override {
    return whole_.open(name, access);
  }
  [[nodiscard]] std::unique_ptr<storage::OutputFile> create(const std::string& name) override { refuse(name); }
  void rename(const std::string& from, const std::string&) override { refuse(from); }
  void remove(const std::string& name) override { refuse(name); }
  void sync() override {}
  [[nodiscard]] std::unique_ptr<storage::Lock> lock(const std::string& name) override { refuse(name); }

 private:
  [[noreturn]] void refuse(const std::string& name) const {
    throw Error(ErrorKind::usage, fmt::format("{} in {} is only being read.", name, whole_.path()));
  }
  const storage::Directory& whole_;
  std::vector<std::string> hidden_;
};

}  // namespace

Recovery recover_index(storage::Directory& directory) {
  const auto lock = directory.lock(kLockFileName);
  Recovery recovery;
  std::vector<std::string> damaged;
  for (const std::uint64_t generation : list_commits(directory)) {
    recovery.state = check_index(EarlierView(directory, damaged));
    if (recovery.state.damage.empty()) {
      for (const std::string& name : damaged) directory.remove(name);
      if (!damaged.empty()) directory.sync();
      recovery.dropped = damaged.size();
      return recovery;
    }
    if (damaged.empty() && recovery.state.generation == generation) recovery.papers_before = recovery.state.papers;
    damaged.push_back(commit_file_name(generation));
    for (Damage& one : recovery.state.damage) recovery.damage.push_back(std::move(one));
  }
  throw Error(ErrorKind::corrupt, fmt::format("{} holds no whole commit. `digest index --rebuild FILE...` makes the index again from the digests.",
                                              directory.path()));
}

}  // namespace digest::index
