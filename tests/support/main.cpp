// SPDX-License-Identifier: MIT
// The main of every Catch2 program. Descriptors are counted around each test case: one that leaves some open fails the
// program, whatever its own checks said.
#ifdef DIGEST_CATCH2_V3
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_case_info.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
using ListenerBase = Catch::EventListenerBase;
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
using ListenerBase = Catch::TestEventListenerBase;
#endif
#include <iostream>

#include "support/scratch.hpp"

namespace {

bool left_open = false;

class DescriptorCounter final : public ListenerBase {
 public:
  using ListenerBase::ListenerBase;
  void testCaseStarting(const Catch::TestCaseInfo& test) override {
    ListenerBase::testCaseStarting(test);
    test_ = &test;
    before_ = digest::test::open_descriptors();
  }
  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    ListenerBase::testCaseEnded(stats);
    const std::size_t after = digest::test::open_descriptors();
    if (after <= before_) return;
    left_open = true;
    std::cerr << "\"" << test_->name << "\" left " << after - before_ << " descriptors open.\n";
  }

 private:
  const Catch::TestCaseInfo* test_ = nullptr;
  std::size_t before_ = 0;
};
CATCH_REGISTER_LISTENER(DescriptorCounter)

}  // namespace

int main(int argc, char** argv) {
  const int failed = Catch::Session().run(argc, argv);
  return failed == 0 && left_open ? 1 : failed;
}
