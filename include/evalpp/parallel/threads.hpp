// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The executor that shares chunks out over threads. Same bits as `seq`, whatever the number: rows
/// are written by index, and sums are of integers. CMake target `evalpp::threads`.
///
///     auto run = evalpp::evaluate(evalpp::threads{8}, hypotheses, references, evalpp::bleu{});
class threads {
 public:
  /// `count` 0 is one thread per hardware thread.
  explicit threads(std::size_t count = 0)
      : count_(count != 0 ? count : std::max<std::size_t>(1, std::thread::hardware_concurrency())) {}

  std::size_t workers() const noexcept { return count_; }

  /// What `body` throws on another thread ends the program; no metric of this library throws there.
  template <class Body>
  void for_chunks(std::size_t n, Body&& body) const {
    std::atomic<std::size_t> next{0};
    const auto work = [&](std::size_t worker) {
      for (;;) {
        const std::size_t begin = next.fetch_add(chunk_size, std::memory_order_relaxed);
        if (begin >= n) return;
        body(begin, (std::min)(n, begin + chunk_size), worker);
      }
    };
    const std::size_t useful = (std::min)(count_, (n + chunk_size - 1) / chunk_size);
    joined others;
    for (std::size_t w = 1; w < useful; ++w) others.threads.emplace_back(work, w);
    work(0);
  }

 private:
  // Waits for them on every way out: the system may have no thread left to start.
  struct joined {
    std::vector<std::thread> threads;
    ~joined() {
      for (std::thread& t : threads) t.join();
    }
  };

  std::size_t count_;
};

}  // namespace evalpp::inline EVALPP_ABI
