// SPDX-License-Identifier: MIT
#include <evalpp/stats/bradley_terry_bootstrap.hpp>

#include <evalpp/parallel/threads.hpp>

#include <reference/weighted_bootstrap.hpp>
#include <refused.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace bradley_terry_bootstrap_test {

namespace stats = evalpp::stats;
using evalpp::interval_status;
using stats::pairwise_game;

double uniform(std::uint64_t i) { return static_cast<double>(stats::mix64(i) >> 11) * 0x1p-53; }

struct tournament {
  std::vector<pairwise_game> games;
  std::vector<std::uint64_t> questions;
};

// All pairs play each question, system 0 the strongest.
tournament some_games(std::size_t questions, std::uint32_t systems) {
  tournament out;
  std::uint64_t draw = 0;
  for (std::size_t q = 0; q < questions; ++q)
    for (std::uint32_t i = 0; i < systems; ++i)
      for (std::uint32_t j = 0; j < i; ++j) {
        const double luck = uniform(++draw) + 0.1 * (i - j);
        out.games.push_back({i, j, luck < 0.5 ? 1.0 : luck < 0.6 ? 0.5 : 0.0});
        out.questions.push_back(stats::resampling_key(std::to_string(q)));
      }
  return out;
}

TEST(bradley_terry_bootstrap, plays_the_games_of_a_question_as_often_as_it_draws_it) {
  const tournament data = some_games(12, 4);
  for (const double pseudo_wins : {0.0, 0.5}) {
    stats::bradley_terry_options options;
    options.pseudo_wins = pseudo_wins;
    options.baseline = 3;
    options.resampling = {.seed = 21, .replicates = 256};
    const auto found = stats::bradley_terry_bootstrap(evalpp::seq, data.games, data.questions, 4, options);
    ASSERT_EQ(found.size(), 4u);
    for (std::size_t system = 0; system < 4; ++system) {
      const auto strengths = [&](const std::vector<std::size_t>& items) {
        return stats::bradley_terry(stats::pairwise_wins(reference::copies_of(data.games, items), 4), 4,
                                    pseudo_wins)
            .log_strengths;
      };
      const auto strength = [&](const std::vector<std::size_t>& items) {
        const auto s = strengths(items);
        return s.empty() ? std::numeric_limits<double>::quiet_NaN() : s[system] - s[3];
      };
      const auto rank = [&](const std::vector<std::size_t>& items) {
        auto s = strengths(items);
        if (s.empty()) return std::numeric_limits<double>::quiet_NaN();
        const double own = s[system];
        std::sort(s.begin(), s.end());
        // Ties, by symmetry of small tables, take the better rank.
        return static_cast<double>(s.end() - std::upper_bound(s.begin(), s.end(), own + 1e-9)) + 1;
      };
      const auto sorted = [](std::vector<double> values) {
        std::erase_if(values, [](double v) { return !evalpp::detail::is_finite(v); });
        std::sort(values.begin(), values.end());
        return values;
      };
      const auto expected = sorted(reference::copied_bootstrap(data.questions, strength, 256, 21));
      const auto expected_ranks = sorted(reference::copied_bootstrap(data.questions, rank, 256, 21));
      const auto& d = found.log_strengths[system];
      ASSERT_EQ(d.replicates.size(), expected.size());
      EXPECT_EQ(d.invalid, 256 - expected.size());
      for (std::size_t b = 0; b < expected.size(); ++b) ASSERT_NEAR(d.replicates[b], expected[b], 1e-9);
      EXPECT_EQ(found.ranks[system].replicates, expected_ranks);
      EXPECT_NEAR(d.jackknife_error,
                  stats::jackknife_of(reference::copied_jackknife(data.questions, strength)).standard_error,
                  1e-9);
      const auto firsts = std::count(expected_ranks.begin(), expected_ranks.end(), 1.0);
      EXPECT_EQ(found.first[system],
                static_cast<double>(firsts) / static_cast<double>(expected_ranks.size()));
      EXPECT_EQ(d.units, 12u);
      EXPECT_EQ(d.estimate, found.fit.log_strengths[system] - found.fit.log_strengths[3]);
    }
    EXPECT_EQ(found.log_strengths[3].replicates.back(), 0);
  }
}

// Of two systems the strength is the logit of the share of wins, and quantiles do not mind the logit.
TEST(bradley_terry_bootstrap, of_two_is_the_logit_of_the_share) {
  const tournament data = some_games(60, 2);
  stats::resampling_rows rows;
  rows.lanes = 2;
  rows.keys = data.questions;
  for (const pairwise_game& game : data.games)  // system 1 against 0
    rows.values.insert(rows.values.end(), {static_cast<std::int64_t>(2 - 2 * game.score), 2});
  const stats::resampling_options resampling{.seed = 4, .replicates = 1024};
  const auto share = stats::bootstrap(
      evalpp::seq, rows,
      [](std::span<const std::int64_t> lanes) {
        return static_cast<double>(lanes[0]) / static_cast<double>(lanes[1]);
      },
      resampling);
  stats::bradley_terry_options options;
  options.baseline = 1;
  options.resampling = resampling;
  const auto found = stats::bradley_terry_bootstrap(evalpp::seq, data.games, data.questions, 2, options);
  const auto logit = [](double p) { return std::log(p / (1 - p)); };
  EXPECT_NEAR(found.log_strengths[0].estimate, logit(share.estimate), 1e-12);
  ASSERT_EQ(found.log_strengths[0].invalid, 0u);
  for (std::size_t b = 0; b < 1024; ++b)
    ASSERT_NEAR(found.log_strengths[0].replicates[b], logit(share.replicates[b]), 1e-10);
  const auto above =
      std::count_if(share.replicates.begin(), share.replicates.end(), [](double p) { return p >= 0.5; });
  EXPECT_EQ(found.first[0], static_cast<double>(above) / 1024);
}

// Ten games that go the same way tell as much as one: errors of games taken for independent do not see that.
TEST(bradley_terry_bootstrap, knows_that_games_of_a_question_go_together) {
  const tournament once = some_games(80, 3);
  tournament tenfold;
  for (int copy = 0; copy < 10; ++copy) {
    tenfold.games.insert(tenfold.games.end(), once.games.begin(), once.games.end());
    tenfold.questions.insert(tenfold.questions.end(), once.questions.begin(), once.questions.end());
  }
  stats::bradley_terry_options options;
  options.resampling.replicates = 1024;
  const auto a = stats::bradley_terry_bootstrap(evalpp::seq, once.games, once.questions, 3, options);
  const auto b = stats::bradley_terry_bootstrap(evalpp::seq, tenfold.games, tenfold.questions, 3, options);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(b.log_strengths[i].standard_error(), a.log_strengths[i].standard_error(), 1e-9);
    EXPECT_NEAR(b.fit.standard_error(i), a.fit.standard_error(i) / std::sqrt(10.0), 1e-9);
    // Here games are independent, and ties make them vary less than wins alone would.
    EXPECT_NEAR(a.log_strengths[i].standard_error() / a.fit.standard_error(i), 0.95, 0.15);
  }
}

TEST(bradley_terry_bootstrap, gives_intervals_of_ratings_and_ranks) {
  const tournament data = some_games(60, 3);
  stats::bradley_terry_options options;
  options.resampling.replicates = 1024;
  const auto found = stats::bradley_terry_bootstrap(evalpp::seq, data.games, data.questions, 3, options);
  double first = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto ci = stats::bootstrap_interval(found.log_strengths[i]);
    const auto elo = stats::elo_interval(found.log_strengths[i], 0.95, 1500);
    EXPECT_EQ(elo.status, interval_status::ok);
    EXPECT_NEAR(elo.lo, 1500 + ci.lo * 400 / std::log(10.0), 1e-9);
    EXPECT_NEAR(elo.hi, 1500 + ci.hi * 400 / std::log(10.0), 1e-9);
    EXPECT_TRUE(ci.contains(found.fit.log_strengths[i]));

    const auto ranks = stats::rank_interval(found.ranks[i]);
    EXPECT_EQ(ranks.lo, std::round(ranks.lo));
    EXPECT_EQ(ranks.hi, std::round(ranks.hi));
    EXPECT_TRUE(ranks.contains(found.ranks[i].estimate));
    EXPECT_EQ(found.ranks[i].estimate, static_cast<double>(i + 1));
    first += found.first[i];
  }
  EXPECT_GE(first, 1);
  EXPECT_GT(found.first[0], 0.9);
}

TEST(bradley_terry_bootstrap, has_the_same_bits_on_any_number_of_threads) {
  const tournament data = some_games(300, 4);
  stats::bradley_terry_options options;
  options.resampling.replicates = 512;
  const auto one = stats::bradley_terry_bootstrap(evalpp::seq, data.games, data.questions, 4, options);
  for (const std::size_t workers : {2u, 8u}) {
    const auto many =
        stats::bradley_terry_bootstrap(evalpp::threads(workers), data.games, data.questions, 4, options);
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(many.log_strengths[i].replicates, one.log_strengths[i].replicates);
      EXPECT_EQ(many.log_strengths[i].acceleration, one.log_strengths[i].acceleration);
    }
    EXPECT_EQ(many.first, one.first);
  }
}

// System 0 lost a single game: replicates that did not draw its question have no strengths.
TEST(bradley_terry_bootstrap, counts_replicates_without_strengths) {
  tournament data;
  for (std::size_t q = 0; q < 40; ++q) {
    data.games.push_back({0, 1, q == 7 ? 0.0 : 1.0});
    data.questions.push_back(stats::resampling_key(std::to_string(q)));
  }
  stats::bradley_terry_options options;
  options.resampling = {.seed = 1, .replicates = 1024};
  const auto found = stats::bradley_terry_bootstrap(evalpp::seq, data.games, data.questions, 2, options);
  const stats::poisson_weights weights(1);
  std::size_t without = 0;
  for (std::size_t b = 0; b < 1024; ++b) without += weights(data.questions[7], b) == 0 ? 1u : 0u;
  EXPECT_EQ(found.log_strengths[0].invalid, without);
  EXPECT_EQ(found.ranks[1].invalid, without);
  EXPECT_EQ(stats::elo_interval(found.log_strengths[0]).status, interval_status::caution);
  EXPECT_NEAR(found.log_strengths[0].estimate, std::log(39.0) / 2, 1e-12);

  options.pseudo_wins = 0.5;
  const auto drawn = stats::bradley_terry_bootstrap(evalpp::seq, data.games, data.questions, 2, options);
  EXPECT_EQ(drawn.log_strengths[0].invalid, 0u);
  EXPECT_EQ(stats::elo_interval(drawn.log_strengths[0]).status, interval_status::ok);
}

TEST(bradley_terry_bootstrap, says_when_there_are_no_strengths) {
  const std::vector<pairwise_game> games(20, pairwise_game{0, 1, 1});
  std::vector<std::uint64_t> questions;
  for (std::size_t q = 0; q < games.size(); ++q)
    questions.push_back(stats::resampling_key(std::to_string(q)));
  stats::bradley_terry_options options;
  options.resampling.replicates = 256;
  const auto found = stats::bradley_terry_bootstrap(evalpp::seq, games, questions, 2, options);
  EXPECT_TRUE(found.fit.log_strengths.empty());
  EXPECT_EQ(found.log_strengths[0].invalid, 256u);
  EXPECT_EQ(stats::elo_interval(found.log_strengths[0]).status, interval_status::undefined);
  EXPECT_EQ(stats::rank_interval(found.ranks[0]).status, interval_status::undefined);
  EXPECT_TRUE(evalpp::detail::is_nan(found.first[0]));

  // Pseudo wins give strengths, and a first: no question speaks against it.
  options.pseudo_wins = 0.5;
  const auto drawn = stats::bradley_terry_bootstrap(evalpp::seq, games, questions, 2, options);
  EXPECT_NEAR(drawn.log_strengths[0].estimate, std::log(20.5 / 0.5) / 2, 1e-12);
  EXPECT_EQ(drawn.first, (std::vector<double>{1, 0}));
  EXPECT_EQ(stats::rank_interval(drawn.ranks[0]).status, interval_status::degenerate);
}

TEST(bradley_terry_bootstrap, of_equals_shares_the_first_rank) {
  std::vector<pairwise_game> games(15, pairwise_game{0, 1, 0.5});
  std::vector<std::uint64_t> questions;
  for (std::size_t q = 0; q < games.size(); ++q)
    questions.push_back(stats::resampling_key(std::to_string(q)));
  stats::bradley_terry_options options;
  options.resampling.replicates = 256;
  const auto found = stats::bradley_terry_bootstrap(evalpp::seq, games, questions, 2, options);
  EXPECT_EQ(found.first, (std::vector<double>{1, 1}));
  EXPECT_EQ(found.ranks[1].estimate, 1);
}

TEST(bradley_terry_bootstrap, of_nothing_and_of_one) {
  const auto nothing = stats::bradley_terry_bootstrap(evalpp::seq, {}, {}, 0);
  EXPECT_EQ(nothing.size(), 0u);
  EXPECT_TRUE(nothing.first.empty());
  const auto idle = stats::bradley_terry_bootstrap(evalpp::seq, {}, {}, 2);
  EXPECT_EQ(stats::elo_interval(idle.log_strengths[0]).status, interval_status::undefined);

  const tournament data = some_games(1, 3);
  stats::bradley_terry_options options;
  options.pseudo_wins = 1;
  options.resampling.replicates = 256;
  const auto one = stats::bradley_terry_bootstrap(evalpp::seq, data.games, data.questions, 3, options);
  EXPECT_EQ(stats::elo_interval(one.log_strengths[0]).status, interval_status::too_few);
}

TEST(bradley_terry_bootstrap, refuses_what_does_not_fit) {
  const tournament data = some_games(5, 3);
  const std::span<const std::uint64_t> questions(data.questions);
  EXPECT_REFUSED(stats::bradley_terry_bootstrap(evalpp::seq, data.games, questions.first(4), 3));
  EXPECT_REFUSED(stats::bradley_terry_bootstrap(evalpp::seq, data.games, questions, 2));
  stats::bradley_terry_options options;
  options.baseline = 3;
  EXPECT_REFUSED(stats::bradley_terry_bootstrap(evalpp::seq, data.games, questions, 3, options));
  options.baseline = 0;
  options.pseudo_wins = -1;
  EXPECT_REFUSED(stats::bradley_terry_bootstrap(evalpp::seq, data.games, questions, 3, options));
}

}  // namespace bradley_terry_bootstrap_test
