// SPDX-License-Identifier: MIT
#include "cli/batch.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "cli/present.hpp"
#include "cli/whole_input.hpp"
#include "render/escape.hpp"
#include "render/json.hpp"
#include "render/text.hpp"
#include "search/searcher.hpp"

namespace digest::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kTogether = 16;            // topics: ranked before they are rendered, and threads take so many at once
constexpr std::size_t kMostHitsHeld = 1U << 12;  // of a group, or one topic has more

struct Topic {
  std::string id;
  std::string query;
};

struct Answer {
  std::string text;
  double microseconds = 0;
  bool found = false;
  bool ready = false;
};

std::vector<Topic> topics_of(std::string_view input) {
  std::vector<Topic> topics;
  std::size_t number = 0;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    const std::size_t tab = line.find('\t');
    const bool has_id = tab != std::string_view::npos && tab > 0;
    topics.push_back({has_id ? repair_utf8(line.substr(0, tab)).text : fmt::format("{}", number),
                      repair_utf8(has_id ? line.substr(tab + 1) : line).text});
  }
  return topics;
}

std::string render_answer(const Context& context, const View& view, const Topic& topic, const SearchResult& result) {
  const bool counts = context.arguments.has("count");
  if (view.format == Format::json) return render::json_search(result, view.fields, topic.id) + "\n";
  if (counts) return fmt::format("{}\t{}\n", render::printable(topic.id), result.total);
  std::string out;
  if (const auto writer = writer_of(view, topic.id)) {
    out += writer->begin();
    for (const Hit& hit : result.hits) out += writer->paper(hit);
    return out + writer->end();
  }
  out = render::paragraph({{topic.query.empty() ? topic.id : fmt::format("{}: {}", topic.id, topic.query), render::Style::bold, {}},
                            {fmt::format(" ({})", render::counted(result.total, "paper", "papers")), render::Style::dim, {}}},
                           "", "  ", layout_of(context.screen));
  for (const Hit& hit : result.hits) out += "\n" + render::text_hit(hit, layout_of(context.screen));
  return out + "\n";
}

// Works through all topics on the given number of threads. In the round that counts, answers are rendered and written
// in the order of the input as soon as they are whole; before it, they are only found.
class Round {
 public:
  Round(Context& context, const View& view, const SearchRequest& request, const index::Snapshot& snapshot, const Marks& marks,
        const std::vector<Topic>& topics)
      : context_(context), view_(view), request_(request), searcher_(snapshot, marks.for_search()), topics_(topics), answers_(topics.size()) {
    to_rank_.source_ids = false;  // part of rendering: the papers are ranked by then
    together_ = std::clamp<std::size_t>(kMostHitsHeld / std::max<std::size_t>(request.limit, 1), 1, kTogether);
  }

  void warm_up() {
    SearchRequest request = to_rank_;
    for (const Topic& topic : topics_) {
      request.query = topic.query;
      searcher_.search(request, context_.environment.today);
    }
  }

  void run(std::size_t threads) {
    std::vector<std::thread> others;
    if (threads > 1) {
      together_ = std::clamp<std::size_t>(topics_.size() / (4 * threads), 1, together_);  // nobody is left without work
      while (others.size() < threads && start_thread(others, [this] { work(); })) {}
    }
    if (others.empty()) {
      work_alone();
    } else {
      write_in_order();
      for (std::thread& thread : others) thread.join();
    }
    if (failure_) give_up();
  }

  [[nodiscard]] const std::vector<Answer>& answers() const { return answers_; }

 private:
  // Topics [from, to): ranked one after the other, and only then rendered, so that neither work finds the caches full of
  // the other's data. What fails ends the group: `to` is where the answers end then.
  std::exception_ptr answer(std::size_t from, std::size_t& to) {
    std::exception_ptr failure;
    std::vector<SearchResult> results;
    try {
      for (std::size_t at = from; at < to && !stopped_; ++at) results.push_back(rank(at));
    } catch (...) {
      failure = std::current_exception();
    }
    to = from;
    try {
      for (SearchResult& result : results) {
        if (request_.source_ids) searcher_.load_ids(result);
        answers_[to].text = render_answer(context_, view_, topics_[to], result);
        ++to;
      }
    } catch (...) {
      failure = std::current_exception();
    }
    return failure;
  }

  SearchResult rank(std::size_t at) {
    SearchRequest request = to_rank_;
    request.query = topics_[at].query;
    const auto start = Clock::now();
    SearchResult result = searcher_.search(request, context_.environment.today);
    answers_[at].microseconds = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
    answers_[at].found = result.total > 0;
    return result;
  }

  void work_alone() {
    for (std::size_t from = 0; from < topics_.size() && !failure_; from += together_) {
      std::size_t to = std::min(from + together_, topics_.size());
      failure_ = answer(from, to);
      for (std::size_t at = from; at < to; ++at) write_papers(context_, std::exchange(answers_[at].text, {}));
    }
  }

  void work() {
    for (std::size_t from = next_.fetch_add(together_); from < topics_.size() && !stopped_; from = next_.fetch_add(together_)) {
      std::size_t to = std::min(from + together_, topics_.size());
      std::exception_ptr failure = answer(from, to);
      {
        const std::lock_guard lock(mutex_);
        for (std::size_t at = from; at < to; ++at) answers_[at].ready = true;
        changed_.notify_one();
      }
      if (failure) stop(std::move(failure));
    }
  }

  // The answers before it are worth having; that they cannot be written either would hide what failed first.
  [[noreturn]] void give_up() {
    try {
      context_.out.flush();
    } catch (const Error&) {
    }
    std::rethrow_exception(failure_);
  }

  void write_in_order() {
    try {
      for (Answer& answer : answers_) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return answer.ready || stopped_; });
        if (!answer.ready) return;
        std::string text = std::move(answer.text);
        lock.unlock();
        write_papers(context_, text);
      }
    } catch (...) {  // nobody reads: the others need not go on
      stop(std::current_exception());
    }
  }

  void stop(std::exception_ptr reason) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(reason);
    stopped_ = true;
    changed_.notify_one();
  }

  Context& context_;
  const View& view_;
  const SearchRequest& request_;
  SearchRequest to_rank_{request_};
  const search::Searcher searcher_;  // one for all rounds and threads: it remembers the words it met
  const std::vector<Topic>& topics_;
  std::vector<Answer> answers_;
  std::size_t together_ = 1;     // topics in a group
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::exception_ptr failure_;
};

// The nearest-rank percentile of sorted values.
double percentile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::min(std::max<std::size_t>(rank, 1), sorted.size()) - 1];
}

std::string timing_line(const std::vector<Answer>& answers, std::size_t threads, double wall) {
  std::vector<double> times;
  double sum = 0;
  for (const Answer& answer : answers) {
    times.push_back(answer.microseconds);
    sum += answer.microseconds;
  }
  std::sort(times.begin(), times.end());
  const double mean = times.empty() ? 0 : sum / static_cast<double>(times.size());
  return fmt::format(R"({{"queries":{},"threads":{},"wall_us":{:.0f},"mean_us":{:.1f},"p50_us":{:.1f},"p90_us":{:.1f},"p99_us":{:.1f}}})"
                     "\n",
                     times.size(), threads, wall, mean, percentile(times, 0.5), percentile(times, 0.9), percentile(times, 0.99));
}

void check_fits_batch(const Context& context, const View& view) {
  if (!context.arguments.texts().empty() || context.arguments.has("query")) {
    throw Error(ErrorKind::usage, "`--queries` brings the queries: no other query can be given beside it.");
  }
  if (view.open) throw Error(ErrorKind::usage, "`--open` belongs to one query, and `--queries` brings many.");
  if (view.format == Format::csl) {
    throw Error(ErrorKind::usage, "CSL-JSON is one document, and a batch has many answers: use `--format` trec, json, jsonl, tsv, csv, ids, bibtex, ris, md or text.");
  }
}

}  // namespace

Outcome run_batch(Context& context, const View& view, const SearchRequest& given) {
  check_fits_batch(context, view);
  constexpr std::uint64_t kMostThreads = 256, kMostRounds = 1000;
  const auto threads = static_cast<std::size_t>(std::clamp<std::uint64_t>(whole_number(context.arguments, "threads").value_or(1), 1, kMostThreads));
  const std::uint64_t warmup = std::min(whole_number(context.arguments, "warmup").value_or(0), kMostRounds);

  const std::vector<Topic> topics = topics_of(whole_input(*context.arguments.value("queries")));
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const Marks marks(context.environment);
  SearchRequest request = given;
  request.totals = request.papers || request.count_only;  // a run shows no totals
  Round round(context, view, request, *opened.snapshot, marks, topics);
  for (std::uint64_t i = 0; i < warmup; ++i) round.warm_up();
  const auto start = Clock::now();
  round.run(threads);
  const double wall = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
  context.out.flush();
  if (context.arguments.has("timing")) context.messages.raw(timing_line(round.answers(), threads, wall));
  const bool found = std::any_of(round.answers().begin(), round.answers().end(), [](const Answer& a) { return a.found; });
  return found ? Outcome::done : Outcome::nothing_found;
}

}  // namespace digest::cli
