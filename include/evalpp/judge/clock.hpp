// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <ctime>

#if !defined(CLOCK_MONOTONIC)  // POSIX has both in <ctime>, at a tenth of what these cost to include
#include <chrono>
#include <thread>
#endif

namespace evalpp::inline EVALPP_ABI::judge {

/// Where a run takes its time from: the machine's, or a test's.
class clock {
 public:
  clock() = default;
  clock(const clock&) = delete;
  clock& operator=(const clock&) = delete;
  virtual ~clock() = default;

  /// Seconds since some moment; never goes back.
  virtual double now() = 0;
  /// Returns after that many seconds, or sooner when a signal comes.
  virtual void sleep(double seconds) = 0;
};

/// The machine's steady clock.
class steady_clock final : public clock {
 public:
#if defined(CLOCK_MONOTONIC)
  double now() override {
    std::timespec at = {};
    ::clock_gettime(CLOCK_MONOTONIC, &at);
    return static_cast<double>(at.tv_sec) + 1e-9 * static_cast<double>(at.tv_nsec);
  }
  void sleep(double seconds) override {
    if (!(seconds > 0)) return;
    const double whole = seconds < 1e6 ? seconds : 1e6;
    std::timespec time = {};
    time.tv_sec = static_cast<std::time_t>(whole);
    time.tv_nsec = static_cast<long>(1e9 * (whole - static_cast<double>(time.tv_sec)));
    ::nanosleep(&time, nullptr);
  }
#else
  double now() override {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  }
  void sleep(double seconds) override { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }
#endif
};

/// A clock that stands still until it is told to sleep, and then jumps: hours of waiting cost a test nothing.
class virtual_clock final : public clock {
 public:
  double now() override { return now_; }
  void sleep(double seconds) override {
    if (seconds > 0) now_ += seconds;
  }

 private:
  double now_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
