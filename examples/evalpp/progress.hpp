// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace cli {

/// Says on stderr how far long work is and how fast it goes. Nothing is said when stderr is no
/// terminal, and nothing in the first second; the line is gone at the end.
class progress {
 public:
  progress(std::size_t rows, bool quiet);
  ~progress();
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;

  /// So many rows more are done. Any thread may call it.
  void advance(std::size_t rows);

 private:
  std::size_t rows_;
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

}  // namespace cli
