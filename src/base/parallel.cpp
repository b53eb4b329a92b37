// SPDX-License-Identifier: MIT
#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

namespace digest {

void parallel_for(unsigned threads, std::size_t parts, const std::function<void(std::size_t part)>& work) {
  const auto used = static_cast<unsigned>(std::min<std::size_t>(threads, parts));
  if (used <= 1) {
    for (std::size_t part = 0; part < parts; ++part) work(part);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&] {
    for (std::size_t part = next++; part < parts; part = next++) {
      try {
        work(part);
      } catch (...) {
        const std::lock_guard<std::mutex> guard(mutex);
        if (!failure) failure = std::current_exception();
        next = parts;
      }
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < used && start_thread(others, run); ++i) {}
  run();
  for (std::thread& thread : others) thread.join();
  if (failure) std::rethrow_exception(failure);
}

WorkQueue::WorkQueue(unsigned workers) : workers_(std::max(1U, workers)) {
  if (workers_ == 1) return;
  for (unsigned i = 0; i < workers_ && start_thread(threads_, [this, i] { run(i); }); ++i) {}
}

WorkQueue::~WorkQueue() {
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    stopping_ = true;
    jobs_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkQueue::submit(Job job, std::size_t most_waiting) {
  if (threads_.empty()) {
    job(0);
    return;
  }
  std::unique_lock<std::mutex> guard(mutex_);
  changed_.wait(guard, [&] { return jobs_.size() <= most_waiting || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  jobs_.push_back(std::move(job));
  changed_.notify_all();
}

void WorkQueue::wait_all() {
  std::unique_lock<std::mutex> guard(mutex_);
  changed_.wait(guard, [&] { return (jobs_.empty() && busy_ == 0) || failure_; });
  if (failure_) std::rethrow_exception(failure_);
}

void WorkQueue::run(unsigned worker) {
  std::unique_lock<std::mutex> guard(mutex_);
  for (;;) {
    changed_.wait(guard, [&] { return stopping_ || !jobs_.empty(); });
    if (stopping_) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    ++busy_;
    changed_.notify_all();
    guard.unlock();
    std::exception_ptr failed;
    try {
      job(worker);
    } catch (...) {
      failed = std::current_exception();
    }
    guard.lock();
    --busy_;
    if (failed && !failure_) failure_ = failed, jobs_.clear();
    changed_.notify_all();
  }
}

}  // namespace digest
