// SPDX-License-Identifier: MIT
#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "index/commit.hpp"
#include "index/key_table.hpp"
#include "index/paper_store.hpp"
#include "index/segment.hpp"
#include "index/snapshot.hpp"

namespace digest::index {
namespace {

class Checker {
 public:
  explicit Checker(const storage::Directory& directory) : directory_(directory) {}

  CheckReport run() {
    const std::vector<std::uint64_t> commits = list_commits(directory_);
    if (commits.empty()) {
      report_.damage.push_back({directory_.path(), "", 0, "there is no index here"});
      return report_;
    }
    const std::string name = commit_file_name(commits.front());
    Commit commit;
    if (!guarded(name, "", 0, [&] { commit = read_commit(directory_, commits.front()); }, Version::may_differ)) return report_;
    guarded(name, "", 0, [&] {
      report_.generation = commit.generation;
      report_.papers = commit.living();
      ++report_.files;
      for (const CommittedSegment& entry : commit.segments) check_segment(entry);
    });
    return report_;
  }

 private:
  // What is refused by the system, or a whole commit of another version, is whole as far as anybody knows, and no reason
  // to give it up. Inside a commit of our version, everything is of our version.
  enum class Version { may_differ, is_ours };
  template <typename Work>
  bool guarded(const std::string& file, const std::string& section, std::uint64_t offset, Work work, Version version = Version::is_ours) {
    try {
      work();
      return true;
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::io || (error.kind() == ErrorKind::version && version == Version::may_differ)) throw;
      report_.damage.push_back({file, section, offset, error.what()});
      return false;
    }
  }
  template <typename Work>
  void guarded(const Segment& segment, const std::string& name, SectionId id, Work work) {
    guarded(name, std::string(section_name(id)), segment.file().section_offset(id), work);
  }

  void check_segment(const CommittedSegment& entry) {
    const std::string name = segment_file_name(entry.number);
    if (entry.tombstones != 0) {
      const std::string tombstones = tombstone_file_name(entry.tombstones);
      ++report_.files;
      report_.bytes += entry.tombstones_size;
      if (!guarded(tombstones, "", 0, [&] {
            (void)Tombstones::read(directory_, tombstones, entry.papers, entry.tombstones_size, entry.tombstones_checksum);
          })) {
        return;
      }
    }
    ++report_.files;
    report_.bytes += entry.size;
    guarded(name, "", 0, [&] {
      const auto segment = Segment::open(directory_, entry, storage::Access::small_reads);
      const std::size_t before = report_.damage.size();
      check_gaps(segment->file(), name);
      for (std::size_t id = 1; id <= kSectionCount; ++id) check_section(segment->file(), name, static_cast<SectionId>(id));
      if (report_.damage.size() == before) check_structure(*segment, name);
    });
  }

  void check_section(const SegmentFile& file, const std::string& name, SectionId id) {
    constexpr std::uint64_t kPiece = 1U << 20;
    Hasher64 hasher;
    Scratch scratch;
    const std::uint64_t size = file.section_size(id);
    if (size == 0) return;
    for (std::uint64_t at = 0; at < size; at += kPiece) hasher.update(file.read(id, at, std::min(kPiece, size - at), scratch));
    if (hasher.value() == file.section_checksum(id)) return;
    report_.damage.push_back({name, std::string(section_name(id)), file.section_offset(id),
                              fmt::format("section {} does not have its checksum", section_name(id))});
  }

  // What lies between the sections must be zero: nothing is hidden there, and every flipped bit is found.
  void check_gaps(const SegmentFile& file, const std::string& name) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> used{{0, kHeadBytes}, {file.size() - kFooterBytes, file.size()}};
    for (std::size_t id = 1; id <= kSectionCount; ++id) {
      const auto section = static_cast<SectionId>(id);
      if (file.section_size(section) > 0) used.emplace_back(file.section_offset(section), file.section_offset(section) + file.section_size(section));
    }
    std::sort(used.begin(), used.end());
    std::string head(kHeadBytes, '\0'), tail(kHeadBytes, '\0');
    file.file().read(0, kHeadBytes, head.data());
    file.file().read(file.size() - kFooterBytes, kHeadBytes, tail.data());
    if (head != tail) report_.damage.push_back({name, "head", 0, "the head does not say what the last page says"});
    for (std::size_t i = 1; i < used.size(); ++i) {
      if (used[i].first < used[i - 1].second) {
        report_.damage.push_back({name, "", used[i].first, "two sections overlap"});
        continue;
      }
      std::string gap(static_cast<std::size_t>(std::min<std::uint64_t>(used[i].first - used[i - 1].second, 1U << 16)), '\0');
      if (gap.empty()) continue;
      file.file().read(used[i - 1].second, gap.size(), gap.data());
      if (gap.find_first_not_of('\0') != std::string::npos) report_.damage.push_back({name, "", used[i - 1].second, "bytes that belong to no section"});
    }
  }

  // With all checksums right, what is left is a writer's mistake or somebody's forgery.
  void check_structure(const Segment& segment, const std::string& name) {
    guarded(segment, name, SectionId::papers, [&] {
      PaperStore store(segment.file());
      std::uint32_t living = 0;
      for (std::uint32_t paper = 0; paper < segment.papers(); ++paper) {
        if (segment.is_dead(paper)) continue;
        const StoredRecord record = store.read(paper);
        if (hash64(record.id) != segment.id_hash(paper)) segment.file().damaged(SectionId::papers, fmt::format("paper {} has another id", paper));
        ++living;
      }
      if (living != segment.living()) segment.file().damaged(SectionId::papers, "papers are missing");
    });
    guarded(segment, name, SectionId::terms, [&] {
      const StringTree tree = segment.terms();
      std::string previous;
      std::uint64_t terms = 0;
      auto block = std::make_unique<PostingBlock>();
      PostingList::Occurrences found;
      for (StringTree::Cursor cursor(tree, ""); !cursor.at_end(); cursor.next()) {
        if (terms++ > 0 && cursor.key() <= std::string_view(previous)) segment.file().damaged(SectionId::terms, "terms out of order");
        previous.assign(cursor.key());
        const PostingList list(segment.file(), decode_term_info(cursor.value(), cursor.key(), Forms::read));
        const std::vector<BestPosting> best = list.best();
        auto next_best = best.begin();
        std::uint64_t occurrences = 0;
        for (std::uint32_t b = 0; b < list.blocks(); ++b) {
          list.decode(b, *block);
          for (std::uint32_t i = 0; i < block->count; ++i) {
            occurrences += block->frequencies[i];
            const bool is_best = next_best != best.end() && next_best->paper == block->papers[i];
            if (is_best && (next_best++)->frequency != block->frequencies[i]) segment.file().damaged(SectionId::postings, "a list of the best that is none");
            list.occurrences(b, *block, i, Forms::read, found);
            if (found.positions.size() != block->frequencies[i]) segment.file().damaged(SectionId::positions, "positions are missing");
          }
        }
        if (occurrences != list.info().occurrences) segment.file().damaged(SectionId::postings, "frequencies do not add up");
        if (next_best != best.end()) segment.file().damaged(SectionId::postings, "a list of the best that is none");
      }
      if (terms != segment.counts().terms) segment.file().damaged(SectionId::terms, "terms are missing");
    });
    guarded(segment, name, SectionId::words, [&] {
      const StringTree tree = segment.words();
      std::string previous;
      std::uint64_t words = 0;
      for (StringTree::Cursor cursor(tree, ""); !cursor.at_end(); cursor.next()) {
        if (words++ > 0 && cursor.key() <= std::string_view(previous)) segment.file().damaged(SectionId::words, "words out of order");
        previous.assign(cursor.key());
      }
      if (words != segment.counts().words) segment.file().damaged(SectionId::words, "words are missing");
    });
    guarded(segment, name, SectionId::keys, [&] { for_each_key(segment.file(), [](const KeyEntry&) {}); });
  }

  const storage::Directory& directory_;
  CheckReport report_;
};

}  // namespace

CheckReport check_index(const storage::Directory& directory) {
  for (int attempt = 0;; ++attempt) {
    const std::vector<std::uint64_t> before = list_commits(directory);
    CheckReport report = Checker(directory).run();
    // A writer that committed meanwhile has removed what was being read: then what is there now is checked.
    if (report.damage.empty() || attempt == 3 || list_commits(directory) == before) return report;
  }
}

}  // namespace digest::index
