// SPDX-License-Identifier: MIT
#include <evalpp/data/file.hpp>
#include <evalpp/judge/clients/replay.hpp>
#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/run.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace replay_test {

namespace data = evalpp::data;
namespace judge = evalpp::judge;
using judge::call_error;

std::string fresh(const char* name) {
  std::string path = testing::TempDir() + "evalpp_replay_test_" + name + ".jsonl";
  std::remove(path.c_str());
  return path;
}

judge::request ask(const std::string& text, std::uint32_t sample = 0) {
  judge::request asked{"m", {{"user", text}}};
  asked.sample = sample;
  return asked;
}

/// Asks a client that says "<number of the call>: <what was asked>", and records it.
void record(const std::string& path, const std::vector<judge::request>& asked) {
  judge::virtual_clock time;
  judge::scripted_client model(time, [](const judge::request& r, std::size_t call) {
    return judge::scripted_answer{judge::answer_of(std::to_string(call) + ": " + r.messages.at(0).content),
                                  1};
  });
  auto recorder = judge::recording_client::open(path, "http://u/v1", model);
  ASSERT_TRUE(recorder) << to_string(recorder.error());
  std::vector<judge::finished_call> done;
  for (std::size_t i = 0; i < asked.size(); ++i) recorder->start(asked[i], i);
  for (std::size_t i = 0; i < asked.size() && done.size() < asked.size(); ++i) recorder->wait(10, done);
  EXPECT_EQ(done.size(), asked.size());
  EXPECT_FALSE(recorder->fault());
}

TEST(judge_replay, answers_what_was_recorded_and_fails_for_what_was_not) {
  const std::string path = fresh("answers");
  record(path, {ask("a"), ask("\xFF\xFE"), ask("a", 1)});
  record(path, {ask("b")});  // a recording can be added to
  auto replay = judge::replay_client::load(path);
  ASSERT_TRUE(replay) << to_string(replay.error());
  EXPECT_EQ(replay->size(), 4U);
  EXPECT_EQ(replay->base_url(), "http://u/v1");
  EXPECT_EQ(replay->complete(ask("a")).choices.at(0).text, "0: a");
  EXPECT_EQ(replay->complete(ask("\xFF\xFE")).choices.at(0).text, "1: \xFF\xFE");
  EXPECT_EQ(replay->complete(ask("a", 1)).choices.at(0).text, "2: a");
  EXPECT_EQ(replay->complete(ask("b")).choices.at(0).text, "0: b");
  EXPECT_EQ(replay->missing(), 0U);
  const judge::completion missing = replay->complete(ask("c"));
  EXPECT_EQ(missing.error, call_error::invalid_request);
  EXPECT_NE(missing.message.find("has no answer to this request"), std::string::npos);
  EXPECT_EQ(replay->missing(), 1U);
}

TEST(judge_replay, another_fence_finds_the_same_answer) {
  const std::string path = fresh("fence");
  const auto fenced = [](const std::string& fence) {
    judge::request r = ask("read between " + fence + " and " + fence);
    r.fence = fence;
    return r;
  };
  record(path, {fenced("1111")});
  auto replay = judge::replay_client::load(path);
  ASSERT_TRUE(replay);
  EXPECT_TRUE(replay->complete(fenced("2222")).ok());
}

TEST(judge_replay, a_run_is_replayed_without_its_server) {
  const std::string path = fresh("run");
  std::vector<judge::job> work;
  for (int i = 0; i < 200; ++i) {
    const judge::request asked = ask(std::to_string(i));
    work.push_back({judge::request_key(asked, "http://u/v1"), "", asked});
  }
  const auto take = [](std::size_t, const judge::completion& answer) {
    return judge::judgement{"\"" + answer.choices.at(0).text + "\"", {}, {}};
  };
  judge::virtual_clock time;
  judge::journal first = judge::journal::in_memory({}), second = judge::journal::in_memory({});
  {
    judge::scripted_client model(time, [](const judge::request& r, std::size_t call) {
      // Every third call fails; the recording has the failure and then the answer.
      if (call % 3 == 0) return judge::scripted_answer{judge::failure_of(call_error::server, 500), 1};
      return judge::scripted_answer{judge::answer_of("said " + r.messages.at(0).content), 1};
    });
    auto recorder = judge::recording_client::open(path, "http://u/v1", model);
    ASSERT_TRUE(recorder);
    const auto report = judge::run(*recorder, time, work, take, first);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->totals.scored, 200U);
  }
  auto replay = judge::replay_client::load(path);
  ASSERT_TRUE(replay);
  const auto report = judge::run(*replay, time, work, take, second);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->totals.scored, 200U);
  EXPECT_EQ(report->totals.calls, 200U);
  for (const judge::job& j : work)
    EXPECT_EQ(first.contents().find(j.key)->outcome, second.contents().find(j.key)->outcome);
}

TEST(judge_replay, canceled_calls_are_not_recorded) {
  const std::string path = fresh("canceled");
  judge::virtual_clock time;
  judge::scripted_client model(time, {{judge::answer_of("a"), 5}, {judge::answer_of("b"), 1}});
  auto recorder = judge::recording_client::open(path, "u", model);
  ASSERT_TRUE(recorder);
  recorder->start(ask("a"), 1);
  recorder->start(ask("b"), 2);
  recorder->cancel(1);
  std::vector<judge::finished_call> done;
  for (int i = 0; i < 2; ++i) recorder->wait(10, done);
  EXPECT_EQ(done.size(), 2U);
  EXPECT_EQ(judge::replay_client::load(path)->size(), 1U);
}

TEST(judge_replay, a_cut_last_line_is_left_out_and_any_other_fault_is_refused) {
  const std::string path = fresh("cut");
  record(path, {ask("a"), ask("b")});
  const std::string whole = *data::read_bytes(path);
  const std::size_t second = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t size = second; size <= whole.size(); ++size) {
    const auto replay = judge::replay_client::parse("r", std::string_view(whole).substr(0, size));
    ASSERT_TRUE(replay) << size;
    EXPECT_EQ(replay->size(), size + 1 >= whole.size() ? 2U : 1U) << size;
    EXPECT_EQ(replay->notes().size(), size > second && size + 1 < whole.size() ? 1U : 0U) << size;
  }
  ASSERT_TRUE(data::write_bytes(path, std::string_view(whole).substr(0, whole.size() - 9)));
  record(path, {ask("c")});
  EXPECT_EQ(judge::replay_client::load(path)->size(), 2U);

  EXPECT_TRUE(judge::replay_client::parse("r", whole + whole));
  for (const std::string& text :
       {std::string(), std::string("x\n"), std::string("{}\n"), whole + "x\n" + whole,
        whole + "{\"request\":1}\n", whole + "{\"request\":{},\"completion\":{\"error\":\"odd\"}}\n",
        whole + R"({"format":"evalpp-recording","format_version":1,"base_url":"other"})" + "\n",
        std::string(R"({"format":"evalpp-recording","format_version":2})") + "\n"}) {
    const auto refused = judge::replay_client::parse("r", text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().file, "r");
    EXPECT_NE(refused.error().line, 0U);
  }
}

TEST(judge_replay, adds_only_to_a_recording_of_the_same_server) {
  const std::string path = fresh("server");
  record(path, {ask("a")});
  judge::virtual_clock time;
  judge::scripted_client model(time, std::vector<judge::scripted_answer>{});
  EXPECT_FALSE(judge::recording_client::open(path, "http://other/v1", model));
  ASSERT_TRUE(data::write_bytes(path, "my notes\n"));
  EXPECT_FALSE(judge::recording_client::open(path, "http://u/v1", model));
  EXPECT_EQ(*data::read_bytes(path), "my notes\n");
  EXPECT_FALSE(judge::recording_client::open("/nonexistent/recording", "u", model));
}

}  // namespace replay_test
