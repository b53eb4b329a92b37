// SPDX-License-Identifier: MIT
// Work spread over threads. parallel_for() for a known number of parts; WorkQueue for work that arrives while others
// are busy. The first exception of any part is thrown again in the caller.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace digest {

// One more thread that runs this; false if the system refuses it: those that there are do the work. (An exception would
// find threads under way, and end the program.)
template <typename Run>
bool start_thread(std::vector<std::thread>& threads, const Run& run) {
  try {
    threads.emplace_back(run);
    return true;
  } catch (const std::exception&) {  // system_error: too many threads; bad_alloc
    return false;
  }
}

// work(part) for part in [0, parts), on at most `threads` threads; returns when all are done.
void parallel_for(unsigned threads, std::size_t parts, const std::function<void(std::size_t part)>& work);

// Workers numbered from 0 take jobs in order. One thread submits and waits.
class WorkQueue {
 public:
  using Job = std::function<void(unsigned worker)>;
  explicit WorkQueue(unsigned workers);
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  // Waits while more than `most_waiting` jobs are in the queue. With one worker, or no thread, the job runs at once, here.
  void submit(Job job, std::size_t most_waiting = 8);
  void wait_all();  // throws what a job threw
  [[nodiscard]] unsigned workers() const { return workers_; }

 private:
  void run(unsigned worker);
  unsigned workers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::size_t busy_ = 0;
  bool stopping_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

}  // namespace digest
