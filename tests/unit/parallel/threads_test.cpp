// SPDX-License-Identifier: MIT
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/parallel/threads.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace threads_test {

using evalpp::chunk_size;

TEST(threads, has_as_many_workers_as_it_was_asked_for) {
  EXPECT_EQ(evalpp::threads{3}.workers(), 3u);
  EXPECT_GE(evalpp::threads{}.workers(), 1u);
}

// Every index exactly once, in chunks that start at multiples of chunk_size, by workers that never
// share a number at the same time.
TEST(threads, runs_every_chunk_once) {
  for (const std::size_t workers : {1u, 2u, 5u, 16u})
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, chunk_size - 1, chunk_size, chunk_size + 1,
                                7 * chunk_size, 40 * chunk_size + 3}) {
      std::vector<int> visits(n, 0);
      std::vector<std::atomic<int>> busy(workers);
      std::atomic<bool> shared = false, misplaced = false;
      evalpp::threads{workers}.for_chunks(n, [&](std::size_t begin, std::size_t end, std::size_t worker) {
        if (worker >= workers || begin % chunk_size != 0 || end > n || end - begin > chunk_size) {
          misplaced = true;
          return;
        }
        if (busy[worker].fetch_add(1) != 0) shared = true;
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
        busy[worker].fetch_sub(1);
      });
      EXPECT_FALSE(misplaced) << workers << " workers, " << n << " examples";
      EXPECT_FALSE(shared) << workers << " workers, " << n << " examples";
      EXPECT_EQ(visits, std::vector<int>(n, 1)) << workers << " workers";
    }
}

// The words of an example come from its number, so that rows differ and a row out of place shows.
std::string words_of(std::size_t i) {
  std::string text;
  for (std::size_t k = 0; k < 3 + i % 11; ++k) {
    text += 'w';
    text += std::to_string((i * 7 + k * k) % 13);
    text += ' ';
  }
  return text;
}

// Dense rows (BLEU, ROUGE-L) and rows of named counts (classification), more examples than chunks share
// evenly.
TEST(threads, changes_no_bit_of_rows_and_scores) {
  std::vector<std::string> hypotheses, references;
  for (std::size_t i = 0; i < 5 * chunk_size + 17; ++i) {
    hypotheses.push_back(words_of(i));
    references.push_back(words_of(i + i % 3));
  }
  const auto alone =
      evalpp::evaluate(hypotheses, references, evalpp::bleu{}, evalpp::rouge_l{}, evalpp::classification{});
  for (const std::size_t count : {1u, 2u, 3u, 8u}) {
    const auto shared = evalpp::evaluate(evalpp::threads{count}, hypotheses, references, evalpp::bleu{},
                                         evalpp::rouge_l{}, evalpp::classification{});
    EXPECT_TRUE(shared.rows() == alone.rows()) << count << " threads";
    EXPECT_EQ(shared.score<evalpp::bleu>().value, alone.score<evalpp::bleu>().value) << count << " threads";
  }
}

#if EVALPP_HAS_EXCEPTIONS
TEST(threads, are_waited_for_when_the_calling_one_fails) {
  std::atomic<bool> failed = false;
  std::atomic<std::size_t> done = 0;
  const auto body = [&](std::size_t begin, std::size_t end, std::size_t worker) {
    if (worker == 0) {
      failed = true;
      throw std::runtime_error("no chunk today");
    }
    while (!failed) std::this_thread::yield();
    done += end - begin;
  };
  EXPECT_THROW(evalpp::threads{3}.for_chunks(20 * chunk_size, body), std::runtime_error);
  EXPECT_EQ(done, 19 * chunk_size);
}
#endif

}  // namespace threads_test
