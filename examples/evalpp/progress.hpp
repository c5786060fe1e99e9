// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cli {

/// Says on stderr how far long work is and how fast it goes. Nothing is said when stderr is no
/// terminal, and nothing in the first second; the line is gone at the end.
class progress {
 public:
  /// `what` is counted, a word in the plural; before it may stand what the work is for, as in
  /// `intervals: ` (512 of 2048 steps).
  progress(std::size_t rows, bool quiet, std::string_view what = "rows", std::string_view purpose = {});
  ~progress();
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;

  /// So many rows more are done. Any thread may call it.
  void advance(std::size_t rows);

 private:
  std::size_t rows_;
  std::string_view what_, purpose_;
  bool shown_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::atomic<std::size_t> done_{0};
  std::atomic<std::int64_t> said_{500};  ///< milliseconds after the start when something was said last
  std::atomic<bool> wrote_{false};
};

/// The executor that tells `progress` of every chunk that `Inner` has done.
template <class Inner>
class observed {
 public:
  observed(Inner inner, progress& meter) : inner_(std::move(inner)), meter_(&meter) {}

  std::size_t workers() const { return inner_.workers(); }

  template <class Body>
  void for_chunks(std::size_t n, Body&& body) const {
    inner_.for_chunks(n, [&](std::size_t begin, std::size_t end, std::size_t worker) {
      body(begin, end, worker);
      meter_->advance(end - begin);
    });
  }

 private:
  Inner inner_;
  progress* meter_;
};

/// The executor that shows the progress of each of its loops: for resampling, whose loops are long.
template <class Inner>
class with_progress {
 public:
  with_progress(Inner inner, bool quiet, std::string_view purpose)
      : inner_(std::move(inner)), quiet_(quiet), purpose_(purpose) {}

  std::size_t workers() const { return inner_.workers(); }

  template <class Body>
  void for_chunks(std::size_t n, Body&& body) const {
    progress meter(n, quiet_, "steps", purpose_);
    observed(inner_, meter).for_chunks(n, body);
  }

 private:
  Inner inner_;
  bool quiet_;
  std::string_view purpose_;
};

}  // namespace cli
