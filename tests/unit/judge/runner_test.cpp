// SPDX-License-Identifier: MIT
#include <evalpp/data/file.hpp>
#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/run.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <set>
#include <string>
#include <vector>

#if __has_include(<sys/wait.h>)
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#endif

namespace runner_test {

namespace judge = evalpp::judge;
using judge::call_error;
using judge::stop_reason;
using judge::unscored;

constexpr double never = std::numeric_limits<double>::infinity();

std::vector<judge::job> jobs(std::size_t n, std::size_t first = 0) {
  std::vector<judge::job> made;
  for (std::size_t i = first; i < first + n; ++i) {
    const std::string name = std::to_string(i);
    made.push_back({"key" + name, "{ \"item\": \"" + name + "\" }", {"m", {{"user", name}}}});
  }
  return made;
}

judge::judgement take_text(std::size_t, const judge::completion& answer) {
  if (answer.choices.empty()) return {{}, unscored::empty, {}};
  if (answer.choices[0].text == "nonsense") return {{}, unscored::malformed, "no JSON"};
  return {"\"" + answer.choices[0].text + "\"", {}, {}};
}

judge::scripted_answer say(std::string text, double latency = 1) { return {judge::answer_of(text), latency}; }
judge::scripted_answer fail(call_error error, int status = 0, std::string message = {}) {
  return {judge::failure_of(error, status, message), 1};
}
std::string asked_of(const judge::request& asked) { return asked.messages.at(0).content; }

struct bench {
  judge::virtual_clock time;
  judge::journal log = judge::journal::in_memory({"5ec3e7", {}});
  judge::run_options options = {};

  judge::run_report run(judge::scripted_client& model, const std::vector<judge::job>& work) {
    auto report = judge::run(model, time, work, take_text, log, options);
    EXPECT_TRUE(report) << to_string(report.error());
    return report ? *report : judge::run_report{};
  }
  const judge::journal_entry& entry(const std::string& key) const { return *log.contents().find(key); }
};

std::size_t unscored_as(const judge::run_report& report, unscored reason) {
  return report.totals.unscored[static_cast<std::size_t>(reason)];
}

TEST(judge_runner, asks_everything_once) {
  bench b;
  judge::scripted_client model(b.time,
                               [](const judge::request& asked, std::size_t) { return say(asked_of(asked)); });
  const auto report = b.run(model, jobs(1000));
  EXPECT_EQ(report.stop, stop_reason::finished);
  EXPECT_EQ(report.totals.done, 1000U);
  EXPECT_EQ(report.totals.scored, 1000U);
  EXPECT_EQ(report.totals.calls, 1000U);
  EXPECT_EQ(model.calls(), 1000U);
  EXPECT_EQ(model.most_in_flight(), 64U);
  EXPECT_EQ(b.entry("key7").outcome, "\"7\"");
  EXPECT_EQ(b.entry("key7").about, R"({"item":"7"})");
  // 8 in the first second, then twice as many each, then 64: 8 + 16 + 32 + 15 * 64 are enough.
  EXPECT_DOUBLE_EQ(b.time.now(), 18);
  EXPECT_FALSE(report.totals.usd);
  // And nothing is asked again.
  const auto again = b.run(model, jobs(1000));
  EXPECT_EQ(again.stop, stop_reason::finished);
  EXPECT_EQ(again.totals.resumed, 1000U);
  EXPECT_EQ(model.calls(), 1000U);
  EXPECT_EQ(b.log.contents().entries.size(), 1000U);
}

TEST(judge_runner, works_one_by_one_for_a_plain_client) {
  bench b;
  judge::scripted_client model(b.time,
                               [](const judge::request& asked, std::size_t) { return say(asked_of(asked)); });
  judge::one_by_one calls(model);
  const auto report = judge::run(calls, b.time, jobs(10), take_text, b.log, b.options);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->totals.scored, 10U);
  EXPECT_DOUBLE_EQ(b.time.now(), 10);
}

// judge.md section 5, failure mode 1: a deterministic 500 is retried for 24 days.
TEST(judge_runner, failure_mode_1_a_deterministic_500_ends_unscored_after_few_attempts) {
  bench b;
  judge::scripted_client model(b.time, [](const judge::request& asked, std::size_t) {
    return asked_of(asked) == "5" ? fail(call_error::server, 500, "index out of range")
                                  : say(asked_of(asked));
  });
  const auto report = b.run(model, jobs(100));
  EXPECT_EQ(report.stop, stop_reason::finished);
  EXPECT_EQ(report.totals.scored, 99U);
  EXPECT_EQ(unscored_as(report, unscored::transport), 1U);
  EXPECT_EQ(report.totals.calls, 99U + b.options.attempts);
  EXPECT_EQ(b.entry("key5").attempt, 6U);
  EXPECT_EQ(b.entry("key5").detail, "index out of range");
  // 0.5 + 1 + 2 + 4 + 8 seconds of pauses at most, half of that at least, and seven calls of a second.
  EXPECT_LE(b.time.now(), 22.5 + 1);
  EXPECT_GE(b.time.now(), 6 + 7.75);
}

TEST(judge_runner, pauses_are_capped_and_depend_on_seed_job_and_attempt_only) {
  judge::run_options options;
  const judge::completion failed = judge::failure_of(call_error::server);
  const auto delay = [&](const char* key, std::uint32_t attempt, const judge::completion& f) {
    return judge::detail::retry_delay(f, key, attempt, options);
  };
  for (const std::uint32_t attempt : {1U, 2U, 5U, 8U, 9U, 4'000'000'000U}) {
    const double full = attempt < 8 ? 0.5 * static_cast<double>(1U << (attempt - 1)) : 60;
    EXPECT_GE(delay("a", attempt, failed), full / 2) << attempt;
    EXPECT_LE(delay("a", attempt, failed), full) << attempt;
  }
  EXPECT_EQ(delay("a", 3, failed), delay("a", 3, failed));
  EXPECT_NE(delay("a", 3, failed), delay("b", 3, failed));
  judge::completion asks = failed;
  for (const double nonsense : {0.0, -1.0, -never}) {
    asks.retry_after = nonsense;
    EXPECT_EQ(delay("a", 1, asks), delay("a", 1, failed));
  }
  asks.retry_after = 20;
  EXPECT_GE(delay("a", 1, asks), 20);
  EXPECT_LE(delay("a", 1, asks), 22);
  asks.retry_after = never;
  EXPECT_GE(delay("a", 1, asks), 120);
  EXPECT_LE(delay("a", 1, asks), 132);
}

// Failure mode 4: a failure of the judge's API is scored as a real 0.
TEST(judge_runner, failure_mode_4_a_failed_call_never_reaches_the_reader_of_verdicts) {
  bench b;
  judge::scripted_client model(b.time, [](const judge::request& asked, std::size_t) {
    const std::string a = asked_of(asked);
    if (a == "0") return fail(call_error::timeout);
    if (a == "1") return fail(call_error::invalid_request, 400, "context too long");
    if (a == "2") return judge::scripted_answer{{}, 1};  // an answer without a choice
    if (a == "3") return fail(call_error::bad_response, 200, "cut");
    return say(a);
  });
  std::size_t read = 0;
  const auto report = judge::run(
      model, b.time, jobs(6),
      [&](std::size_t i, const judge::completion& answer) {
        EXPECT_TRUE(answer.ok());
        ++read;
        return take_text(i, answer);
      },
      b.log);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->stop, stop_reason::finished);
  EXPECT_EQ(read, 3U);
  EXPECT_EQ(report->totals.scored, 2U);
  EXPECT_EQ(b.entry("key0").reason, unscored::timeout);
  EXPECT_EQ(b.entry("key1").reason, unscored::rejected);
  EXPECT_EQ(b.entry("key1").attempt, 1U);
  EXPECT_EQ(b.entry("key2").reason, unscored::empty);
  EXPECT_EQ(b.entry("key3").reason, unscored::transport);
  for (const judge::journal_entry& e : b.log.contents().entries)
    EXPECT_EQ(e.scored(), e.completion.ok() && e.key != "key2");
}

// Failure mode 10: failed rows are stored as results and never tried again.
TEST(judge_runner, failure_mode_10_a_rerun_tries_failed_calls_again_and_keeps_outcomes) {
  bench b;
  bool broken = true;
  judge::scripted_client model(b.time, [&](const judge::request& asked, std::size_t) {
    const std::string a = asked_of(asked);
    if (broken && a == "0") return fail(call_error::connection);
    if (broken && a == "1") return say("nonsense");
    return say(a);
  });
  EXPECT_EQ(b.run(model, jobs(4)).totals.scored, 2U);
  broken = false;
  std::size_t before = model.calls();
  auto report = b.run(model, jobs(4));
  EXPECT_EQ(model.calls() - before, 1U);
  EXPECT_EQ(report.totals.scored, 3U);
  EXPECT_EQ(b.entry("key0").attempt, 7U);
  EXPECT_EQ(b.entry("key1").reason, unscored::malformed);
  b.options.retry_unscored = true;
  before = model.calls();
  report = b.run(model, jobs(4));
  EXPECT_EQ(model.calls() - before, 1U);
  EXPECT_EQ(report.totals.scored, 4U);
}

// Failure mode 11: a used-up quota is retried as a rate limit.
TEST(judge_runner, failure_mode_11_a_used_up_quota_or_a_refused_key_stops_the_run) {
  for (const call_error error : {call_error::quota, call_error::unauthorized, call_error::not_found}) {
    bench b;
    b.options.start_concurrency = 1;
    judge::scripted_client model(b.time, [&](const judge::request& asked, std::size_t call) {
      return call == 20 ? fail(error, 429, "you have no money") : say(asked_of(asked), call == 21 ? 5 : 1);
    });
    const auto report = b.run(model, jobs(100));
    EXPECT_EQ(report.stop, error == call_error::quota ? stop_reason::quota : stop_reason::refused_key);
    EXPECT_EQ(report.message, "you have no money");
    EXPECT_LT(model.calls(), 100U);
    EXPECT_EQ(report.totals.done, model.calls() - 1);  // what was in flight has come home
    EXPECT_EQ(model.canceled(), 0U);
    EXPECT_TRUE(b.entry("key20").open());
  }
}

// Failure mode 12: a hung tail.
TEST(judge_runner, failure_mode_12_a_call_that_never_ends_is_given_up_and_the_rest_goes_on) {
  bench b;
  b.options.call_seconds = 60;
  b.options.attempts = 2;
  judge::scripted_client model(b.time, [](const judge::request& asked, std::size_t) {
    return say(asked_of(asked), asked_of(asked) == "3" ? never : 1);
  });
  const auto report = b.run(model, jobs(50));
  EXPECT_EQ(report.stop, stop_reason::finished);
  EXPECT_EQ(report.totals.scored, 49U);
  EXPECT_EQ(b.entry("key3").reason, unscored::timeout);
  EXPECT_EQ(b.entry("key3").attempt, 2U);
  EXPECT_EQ(model.canceled(), 2U);
  EXPECT_NEAR(b.time.now(), 120.5, 0.5);
}

// Failure mode 13: one malformed response collapses the run, or a crash loses paid results.
TEST(judge_runner, failure_mode_13_one_malformed_response_costs_one_item) {
  bench b;
  judge::scripted_client model(b.time, [](const judge::request& asked, std::size_t) {
    return asked_of(asked) == "3" ? say("nonsense") : say(asked_of(asked));
  });
  const auto report = b.run(model, jobs(10));
  EXPECT_EQ(report.stop, stop_reason::finished);
  EXPECT_EQ(report.totals.scored, 9U);
  EXPECT_EQ(b.entry("key3").reason, unscored::malformed);
  EXPECT_EQ(b.entry("key3").detail, "no JSON");
  EXPECT_EQ(b.entry("key3").completion.choices.at(0).text, "nonsense");
}

TEST(judge_runner, kill_9_in_the_middle_of_1000_calls_makes_only_the_missing_ones) {
#if __has_include(<sys/wait.h>)
  const std::string path = testing::TempDir() + "evalpp_runner_test_kill.jsonl";
  std::remove(path.c_str());
  const judge::journal_head head{"5ec3e7", {{"rubric", "r"}}};
  const auto run = [&](judge::scripted_client& model, judge::virtual_clock& time) {
    auto log = judge::journal::open(path, head);
    return log && judge::run(model, time, jobs(1000), take_text, *log);
  };
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    judge::virtual_clock time;
    judge::scripted_client model(time, [](const judge::request& asked, std::size_t call) {
      if (call == 600) raise(SIGKILL);
      return say(asked_of(asked), static_cast<double>(1 + call % 7));
    });
    static_cast<void>(run(model, time));
    _exit(0);
  }
  int ended = 0;
  ASSERT_EQ(waitpid(child, &ended, 0), child);
  ASSERT_TRUE(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL);
  const auto held = judge::read_journal(path);
  ASSERT_TRUE(held);
  const std::size_t kept = held->entries.size();
  EXPECT_GE(kept, 600U - 64U);
  EXPECT_FALSE(held->torn);

  judge::virtual_clock time;
  std::set<std::string> asked_again;
  judge::scripted_client model(time, [&](const judge::request& asked, std::size_t) {
    EXPECT_TRUE(asked_again.insert(asked_of(asked)).second);
    EXPECT_EQ(held->find("key" + asked_of(asked)), nullptr);
    return say(asked_of(asked));
  });
  ASSERT_TRUE(run(model, time));
  EXPECT_EQ(model.calls(), 1000 - kept);
  const auto whole = judge::read_journal(path);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->entries.size(), 1000U);
  for (const judge::job& j : jobs(1000))
    EXPECT_TRUE(whole->find(j.key) != nullptr && whole->find(j.key)->scored());
#else
  GTEST_SKIP() << "no processes to kill";
#endif
}

TEST(judge_runner, the_limit_follows_a_server_that_bears_ten_calls) {
  bench b;
  judge::scripted_client* server = nullptr;
  std::size_t refused = 0;
  judge::scripted_client model(b.time, [&](const judge::request& asked, std::size_t) {
    if (server->in_flight() < 10) return say(asked_of(asked));
    ++refused;
    return judge::scripted_answer{judge::failure_of(call_error::rate_limited, 429), 0.01};
  });
  server = &model;
  b.options.attempts = 20;
  const auto report = b.run(model, jobs(500));
  EXPECT_EQ(report.stop, stop_reason::finished);
  EXPECT_EQ(report.totals.scored, 500U);
  EXPECT_LT(refused, 100U);
  EXPECT_LT(b.time.now(), 100);  // 50 at best
  EXPECT_LE(report.totals.limit, 14U);
}

TEST(judge_runner, the_limit_is_cut_once_per_round_and_grows_only_when_used) {
  judge::detail::concurrency_limit limit(10, 100);
  EXPECT_TRUE(limit.used_by(8));
  EXPECT_FALSE(limit.used_by(7));
  limit.answered(0, false);
  EXPECT_EQ(limit.value(), 10U);  // not used
  for (std::uint64_t call = 0; call < 10; ++call) limit.answered(call, true);
  EXPECT_EQ(limit.value(), 20U);  // doubled
  for (std::uint64_t call = 10; call < 30; ++call) limit.refused(call, 30);
  EXPECT_EQ(limit.value(), 14U);  // once
  for (std::uint64_t call = 10; call < 30; ++call) limit.answered(call, true);
  EXPECT_EQ(limit.value(), 14U);  // they were started before the cut
  for (std::uint64_t call = 30; call < 45; ++call) limit.answered(call, true);
  EXPECT_EQ(limit.value(), 15U);  // one more per round
  for (std::uint64_t call = 45; call < 90; ++call) limit.refused(call, call + 1);
  EXPECT_EQ(limit.value(), 1U);  // never less
}

TEST(judge_runner, a_server_that_asks_to_wait_is_left_alone_that_long) {
  bench b;
  b.options.start_concurrency = 1;
  std::vector<double> started;
  judge::scripted_client model(b.time, [&](const judge::request& asked, std::size_t call) {
    started.push_back(b.time.now());
    judge::scripted_answer answer = say(asked_of(asked));
    if (call == 3) {
      answer.completion = judge::failure_of(call_error::rate_limited, 429);
      answer.completion.retry_after = 30;
    }
    return answer;
  });
  b.run(model, jobs(20));
  const double refused = started.at(3) + 1;
  for (const double at : started) EXPECT_TRUE(at <= refused || at >= refused + 30) << at;
}

TEST(judge_runner, an_unreachable_server_stops_the_run_before_every_job_is_burnt) {
  bench b;
  judge::scripted_client model(b.time, [](const judge::request&, std::size_t) {
    return fail(call_error::connection, 0, "connection refused");
  });
  auto report = b.run(model, jobs(1000));
  EXPECT_EQ(report.stop, stop_reason::unreachable);
  EXPECT_EQ(report.message, "connection refused");
  EXPECT_LE(report.totals.done, 4U);
  EXPECT_LT(report.totals.calls, 200U);
  EXPECT_LT(b.time.now(), 60);
  // With few jobs there is no time to notice before they are all given up.
  bench few;
  report = few.run(model, jobs(2));
  EXPECT_EQ(report.stop, stop_reason::unreachable);
  EXPECT_EQ(unscored_as(report, unscored::transport), 2U);
}

TEST(judge_runner, caps_hold_even_if_every_call_uses_all_it_may) {
  const auto costly = [](const judge::request& asked, std::size_t) {
    judge::scripted_answer answer = say(asked_of(asked));
    answer.completion.usage.prompt_tokens = 5;
    answer.completion.usage.completion_tokens = 1024;
    return answer;
  };
  {
    bench b;
    b.options.price = judge::price{1, 10};
    b.options.max_usd = 1;
    judge::scripted_client model(b.time, costly);
    const auto report = b.run(model, jobs(1000));
    EXPECT_EQ(report.stop, stop_reason::money);
    ASSERT_TRUE(report.totals.usd);
    EXPECT_LE(*report.totals.usd, 1);
    EXPECT_GT(*report.totals.usd, 0.98);  // a call costs 0.010245
    EXPECT_EQ(report.totals.calls, 97U);
    EXPECT_NEAR(*b.entry("key0").usd, 0.010245, 1e-12);
  }
  {
    bench b;
    b.options.max_tokens = 10'000;
    judge::scripted_client model(b.time, costly);
    const auto report = b.run(model, jobs(1000));
    EXPECT_EQ(report.stop, stop_reason::tokens);
    EXPECT_EQ(report.totals.calls, 9U);
  }
  {
    bench b;
    b.options.max_calls = 12;
    judge::scripted_client model(b.time, costly);
    EXPECT_EQ(b.run(model, jobs(1000)).stop, stop_reason::attempts);
    EXPECT_EQ(model.calls(), 12U);
    b.options.max_calls = 988;  // as many as are left: finished
    EXPECT_EQ(b.run(model, jobs(1000)).stop, stop_reason::finished);
  }
  {
    bench b;
    b.options.max_seconds = 3.5;
    judge::scripted_client model(b.time, costly);
    const auto report = b.run(model, jobs(1000));
    EXPECT_EQ(report.stop, stop_reason::time);
    EXPECT_EQ(report.totals.done, model.calls());
    EXPECT_DOUBLE_EQ(b.time.now(), 4);
  }
}

TEST(judge_runner, a_server_that_does_not_count_is_not_free) {
  bench b;
  b.options.price = judge::price{1e6, 1e6};
  b.options.attempts = 1;
  judge::scripted_client model(b.time, {say("eight ch"), fail(call_error::timeout)});
  b.options.start_concurrency = 1;
  std::vector<judge::job> work = jobs(2);
  work[1].request.sampling.max_tokens = 10;
  const auto report = b.run(model, work);
  EXPECT_DOUBLE_EQ(*report.totals.usd, 5 + 2);  // (1 + 4) tokens of the prompt, 2 of the answer
  EXPECT_DOUBLE_EQ(*report.totals.usd_at_most, 5 + 2 + 5 + 10);  // the other may have been made all the same
}

TEST(judge_runner, jobs_that_ask_the_same_share_a_call_and_each_has_its_line) {
  bench b;
  judge::scripted_client model(b.time,
                               [](const judge::request& asked, std::size_t) { return say(asked_of(asked)); });
  std::vector<judge::job> work = jobs(3);
  work.push_back(work[1]);
  work.back().about = R"({"item":"twin"})";
  auto report = b.run(model, work);
  EXPECT_EQ(model.calls(), 3U);
  EXPECT_EQ(report.totals.scored, 4U);
  const auto* twin = b.log.contents().find("key1", R"({"item":"twin"})");
  ASSERT_NE(twin, nullptr);
  EXPECT_EQ(twin->attempt, 0U);
  EXPECT_EQ(twin->outcome, "\"1\"");
  work.push_back(work[2]);
  work.back().about = R"({"item":"late"})";
  report = b.run(model, work);
  EXPECT_EQ(model.calls(), 3U);
  EXPECT_EQ(report.totals.resumed, 5U);
  EXPECT_EQ(b.log.contents().find("key2", R"({"item":"late"})")->outcome, "\"2\"");
  EXPECT_EQ(b.log.contents().entries.size(), 5U);
}

TEST(judge_runner, stops_cleanly_when_told_and_keeps_everything) {
  std::atomic<int> stop = 0;
  bench b;
  b.options.stop = &stop;
  judge::scripted_client model(b.time, [&](const judge::request& asked, std::size_t call) {
    if (call == 30) stop = 1;
    return say(asked_of(asked), call == 29 ? 100 : 1);
  });
  auto report = b.run(model, jobs(100));
  EXPECT_EQ(report.stop, stop_reason::canceled);
  EXPECT_EQ(model.canceled(), 1U);  // the slow one, after the ten seconds that it gets
  EXPECT_EQ(report.totals.done, model.calls() - 1);
  EXPECT_EQ(b.log.contents().entries.size(), model.calls());
  EXPECT_TRUE(b.entry("key29").open());
  EXPECT_LT(b.time.now(), 20);
  stop = 0;
  const std::size_t before = model.calls();
  report = b.run(model, jobs(100));
  EXPECT_EQ(report.stop, stop_reason::finished);
  EXPECT_EQ(report.totals.scored, 100U);
  EXPECT_EQ(report.totals.resumed + (model.calls() - before), 100U);

  bench now;
  now.options.stop = &stop;
  judge::scripted_client slow(now.time, [&](const judge::request& asked, std::size_t call) {
    if (call == 7) stop = 2;
    return say(asked_of(asked), 50);
  });
  report = now.run(slow, jobs(100));
  EXPECT_EQ(report.stop, stop_reason::canceled);
  EXPECT_EQ(slow.canceled(), 8U);
  EXPECT_LT(now.time.now(), 1);
}

TEST(judge_runner, tells_how_it_stands) {
  bench b;
  std::vector<judge::run_progress> told;
  b.options.on_progress = [&](const judge::run_progress& p) { told.push_back(p); };
  b.options.price = judge::price{0, 0};
  judge::scripted_client model(b.time,
                               [](const judge::request& asked, std::size_t) { return say(asked_of(asked)); });
  b.run(model, jobs(500));
  ASSERT_GT(told.size(), 5U);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end(), [](auto& x, auto& y) { return x.done < y.done; }));
  EXPECT_EQ(told.back().done, 500U);
  EXPECT_EQ(told.back().in_flight, 0U);
  EXPECT_EQ(told.back().seconds_left, 0.0);
  EXPECT_EQ(told.back().usd, 0.0);
  EXPECT_DOUBLE_EQ(told.back().jobs_per_second, 500 / told.back().seconds);
}

TEST(judge_runner, forecasts_without_a_call) {
  bench b;
  std::vector<judge::job> work = jobs(10);
  work.push_back(work[0]);
  for (judge::job& j : work) {
    j.request.messages[0].content = "eight ch\xC3\xA9\xE4\xB8\xAD";  // 8 ASCII characters and two others
    j.request.sampling.max_tokens = 100;
    j.request.sampling.n = 2;
  }
  judge::run_forecast expected{11, 10, 80, 2000, {}};
  EXPECT_EQ(judge::forecast(work, b.log.contents(), b.options), expected);
  b.options.price = judge::price{1, 2};
  expected.usd = (80 + 4000) / 1e6;
  EXPECT_EQ(judge::forecast(work, b.log.contents(), b.options), expected);
  ASSERT_TRUE(b.log.append({"key3", "", 1, "1"}));
  EXPECT_EQ(judge::forecast(work, b.log.contents(), b.options).calls, 9U);
}

TEST(judge_runner, refuses_options_that_make_no_sense) {
  bench b;
  judge::scripted_client model(b.time, std::vector<judge::scripted_answer>{});
  const auto refused = [&](auto change) {
    judge::run_options options;
    change(options);
    return !judge::run(model, b.time, jobs(1), take_text, b.log, options);
  };
  EXPECT_TRUE(refused([](auto& o) { o.concurrency = 0; }));
  EXPECT_TRUE(refused([](auto& o) { o.attempts = 0; }));
  EXPECT_TRUE(refused([](auto& o) { o.call_seconds = 0; }));
  EXPECT_TRUE(refused([](auto& o) { o.max_usd = 1; }));
  EXPECT_FALSE(judge::run(model, b.time, jobs(1), {}, b.log));
  EXPECT_FALSE(judge::run(model, b.time, {{"", "", {}}}, take_text, b.log));
  EXPECT_FALSE(judge::run(model, b.time, {{"k", "{", {}}}, take_text, b.log));
  EXPECT_EQ(model.calls(), 0U);
  EXPECT_EQ(judge::run(model, b.time, {}, take_text, b.log)->stop, stop_reason::finished);
}

TEST(judge_runner, a_verdict_that_is_no_json_stops_the_run_with_its_message) {
  bench b;
  judge::scripted_client model(b.time, [](const judge::request&, std::size_t) { return say("say \"\n"); });
  const auto report = b.run(model, jobs(100));
  EXPECT_EQ(report.stop, stop_reason::journal);
  EXPECT_NE(report.message.find("must be JSON"), std::string::npos);
  EXPECT_EQ(report.totals.done, 0U);
  EXPECT_EQ(report.totals.calls, 8U);
}

}  // namespace runner_test
