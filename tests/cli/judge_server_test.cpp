// SPDX-License-Identifier: MIT
// A judge over HTTP: the command line against a server process that misbehaves on demand.
#include "cli.hpp"
#include "servers/local_server.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_judge_server_test {

namespace json = evalpp::json;
using cli_test::folder;
using cli_test::number;
using cli_test::parsed;

// A number of the report that a call printed.
double count(const cli_test::outcome& done, std::string_view name, std::string_view within = {}) {
  const auto printed = parsed(done.out);
  const json::value found = printed.root()[name];
  return number(within.empty() ? found : found[within]);
}

class cli_judge_server : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(server.running());
    write_items(50);
    // A test must see the keys that it sets, and no others.
    for (const char* name : {"EVALPP_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"}) unsetenv(name);
  }
  void TearDown() override { unsetenv("EVALPP_API_KEY"); }

  void write_items(std::size_t count) {
    std::string lines;
    for (std::size_t k = 0; k < count; ++k) {
      const std::string id = std::to_string(k);
      lines += R"({"id":"i)";
      lines += id;
      lines += R"(","input":"Is )";
      lines += id;
      lines += R"( even?","prediction":"perhaps )";
      lines += id;
      lines += "\"}\n";
    }
    data = dir.write("data.jsonl", lines);
  }
  std::vector<std::string> words(const std::string& mode, std::vector<std::string> more = {}) const {
    std::vector<std::string> all{"judge", "run",        "--rubric",       "correctness", "--model",
                                 "m",     "--base-url", server.url(mode), "--format",    "json"};
    all.insert(all.end(), more.begin(), more.end());
    all.push_back(data);
    return all;
  }
  cli_test::outcome run(const std::string& mode, std::vector<std::string> more = {}) const {
    return cli_test::run(EVALPP_CLI, words(mode, std::move(more)));
  }

  model_server::local_server server;
  folder dir;
  std::string data, journal = dir.path("j.jsonl");
};

TEST_F(cli_judge_server, every_item_is_judged_and_a_server_here_costs_nothing) {
  const auto done = run("ok", {"--journal", journal, "--max-usd", "0.01"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["n"]), 50);
  EXPECT_EQ(number(printed.root()["scored"]), 50);
  EXPECT_EQ(number(printed.root()["calls"]), 50);
  EXPECT_EQ(number(printed.root()["usd"]), 0);
  EXPECT_EQ(server.count("requests"), 50);
  // Again: nothing is asked.
  ASSERT_EQ(run("ok", {"--journal", journal}).code, 0);
  EXPECT_EQ(server.count("requests"), 50);
}

TEST_F(cli_judge_server, a_chat_is_shown_turn_by_turn_and_its_last_answer_is_judged) {
  data = dir.write("chat.jsonl",
                   R"({"id":"c","messages":[{"role":"system","content":"Be brief."},)"
                   R"({"role":"user","content":"Is 4 even?"},{"role":"assistant","content":"Yes."},)"
                   R"({"role":"user","content":"And 5?"},{"role":"assistant","content":"Odd, it is."}]})");
  ASSERT_EQ(run("ok").code, 0);
  const std::string prompt = server.get("/last");
  std::size_t at = 0;
  for (const char* said : {"system: Be brief.", "user: Is 4 even?", "assistant: Yes.", "user: And 5?",
                           "The answer to judge", "Odd, it is."}) {
    at = prompt.find(said, at);
    ASSERT_NE(at, std::string::npos) << said << "\n" << prompt;
  }
  EXPECT_EQ(prompt.find("assistant: Odd"), std::string::npos);
}

TEST_F(cli_judge_server, answers_without_a_question_are_judged_with_a_note) {
  data = dir.write("bare.jsonl", R"({"id":"c","prediction":"Yes."})");
  const auto done = run("ok");
  ASSERT_EQ(done.code, 0);
  EXPECT_TRUE(done.says("--input-field")) << done.err;
}

TEST_F(cli_judge_server, dialects_of_other_providers) {
  for (const char* api : {"responses", "anthropic"}) {
    const auto done = run("ok", {"--api", api});
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(count(done, "scored"), 50) << api;
  }
}

TEST_F(cli_judge_server, expected_levels_stand_beside_the_verdicts) {
  const auto done = run("ok", {"--expected"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  const json::value metrics = printed.root()["metrics"];
  ASSERT_EQ(metrics.size(), 3u);
  EXPECT_EQ(metrics[1]["metric"].as_string(), "judge");
  EXPECT_EQ(metrics[2]["metric"].as_string(), "judge:correctness:expected");
  EXPECT_EQ(number(metrics[2]["n"]), 50);
  EXPECT_NE(number(metrics[2]["value"]), number(metrics[0]["value"]));
  const std::vector<std::string> refused = {"--expected", "--against", data};
  EXPECT_EQ(run("ok", refused).code, 2);
  EXPECT_EQ(run("ok", {"--expected", "--api", "anthropic"}).code, 2);
}

TEST_F(cli_judge_server, a_panel_asks_every_judge_and_shows_each_of_them) {
  const std::vector<std::string> panel = {"--model", "small,large", "--journal",
                                          journal,   "--panel",     "median"};
  const auto dry = run("ok", {"--model", "small,large", "--dry-run"});
  EXPECT_EQ(count(dry, "calls"), 100);
  const auto done = run("ok", panel);
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(count(done, "n"), 50);
  EXPECT_EQ(count(done, "scored"), 50);
  EXPECT_EQ(count(done, "calls"), 100);
  EXPECT_EQ(server.count("requests"), 100);
  const auto printed = parsed(done.out);
  EXPECT_EQ(printed.root()["panel"]["rule"].as_string(), "median");
  ASSERT_EQ(printed.root()["panel"]["judges"].size(), 2u);
  EXPECT_EQ(printed.root()["panel"]["judges"][1]["model"].as_string(), "large");
  EXPECT_EQ(number(printed.root()["panel"]["judges"][1]["scored"]), 50);
  EXPECT_EQ(number(printed.root()["panel"]["incomplete"]), 0);
  // The rule is the report's: the calls stay.
  const auto lowest =
      cli_test::run(EVALPP_CLI, {"judge", "report", journal, "--panel", "min", "--format", "json"});
  ASSERT_EQ(lowest.code, 0) << lowest.err;
  const auto least = parsed(lowest.out);
  EXPECT_LE(number(least.root()["metrics"][1]["value"]), number(printed.root()["metrics"][1]["value"]));
  EXPECT_EQ(run("ok", {"--model", "small,large", "--panel", "lowest"}).code, 2);
  EXPECT_EQ(run("ok", {"--model", "small,large", "--expected"}).code, 2);
}

TEST_F(cli_judge_server, a_panel_judges_pairs_by_majority) {
  std::string other;
  for (int k = 0; k < 50; ++k)
    other += R"({"id":"i)" + std::to_string(k) + R"(","input":"Is )" + std::to_string(k) +
             R"( even?","prediction":"no"})" + '\n';
  const std::string against = dir.write("other.jsonl", other);
  const auto done = run("ok", {"--model", "a,b,c", "--against", against});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(count(done, "scored"), 50);
  EXPECT_EQ(count(done, "calls"), 300);
  const auto printed = parsed(done.out);
  EXPECT_EQ(printed.root()["panel"]["rule"].as_string(), "majority");
  EXPECT_EQ(printed.root()["panel"]["judges"].size(), 3u);
}

TEST_F(cli_judge_server, several_systems_are_ranked_from_their_runs_in_pairs) {
  const auto answers = [&](const std::string& name) {
    std::string lines;
    for (int k = 0; k < 50; ++k) {
      lines += R"({"id":"i)";
      lines += std::to_string(k);
      lines += R"(","prediction":")";
      lines += name;
      lines += "\"}\n";
    }
    return dir.write(name + ".jsonl", lines);
  };
  const std::string one = answers("one"), two = answers("two"), first = dir.path("1.jsonl"),
                    second = dir.path("2.jsonl");
  ASSERT_EQ(run("ok", {"--against", one, "--journal", first}).code, 0);
  ASSERT_EQ(run("ok", {"--against", two, "--journal", second}).code, 0);
  const auto done = cli_test::run(EVALPP_CLI, {"judge", "rank", first, second, "--format", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(count(done, "pairs"), 100);
  EXPECT_EQ(count(done, "questions"), 50);
  const auto printed = parsed(done.out);
  ASSERT_EQ(printed.root()["systems"].size(), 3u);
  EXPECT_EQ(number(printed.root()["systems"][0]["rank"]), 1);
  EXPECT_GE(number(printed.root()["systems"][0]["elo"]), number(printed.root()["systems"][2]["elo"]));
  EXPECT_EQ(cli_test::run(EVALPP_CLI, {"judge", "rank", first, second}).code, 0);
  EXPECT_EQ(cli_test::run(EVALPP_CLI, {"judge", "rank"}).code, 2);
  EXPECT_EQ(cli_test::run(EVALPP_CLI, {"judge", "rank", data}).code, 2);
}

TEST_F(cli_judge_server, dry_run_sends_nothing) {
  const auto done = run("ok", {"--dry-run"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  const char* const order[] = {"items", "calls", "prompt_tokens", "completion_tokens_max", "usd"};
  for (std::size_t k = 0; k < 5; ++k) EXPECT_EQ(printed.root().member_at(k).key, order[k]);
  EXPECT_EQ(number(printed.root()["calls"]), 50);
  EXPECT_EQ(number(printed.root()["usd"]), 0);
  EXPECT_EQ(server.count("requests"), 0);
}

TEST_F(cli_judge_server, the_key_is_sent_and_written_nowhere) {
  setenv("OPENAI_API_KEY", "sk-other", 1);
  setenv("EVALPP_API_KEY", "sk-secret-42", 1);
  const auto done = run("ok", {"--journal", journal, "--record", dir.path("calls.jsonl")});
  unsetenv("OPENAI_API_KEY");
  ASSERT_EQ(done.code, 0) << done.err;
  const auto last = parsed(server.get("/last"));
  EXPECT_EQ(last.root()["headers"]["authorization"].as_string(), "Bearer sk-secret-42");
  for (const std::string& text : {done.out, done.err, dir.read("j.jsonl"), dir.read("calls.jsonl")})
    EXPECT_EQ(text.find("sk-"), std::string::npos);
  EXPECT_FALSE(dir.read("calls.jsonl").empty());
}

TEST_F(cli_judge_server, what_was_recorded_is_replayed_without_the_server) {
  const auto live = run("ok", {"--record", dir.path("calls.jsonl")});
  ASSERT_EQ(live.code, 0) << live.err;
  server.reset();
  const auto replayed =
      cli_test::run(EVALPP_CLI, {"judge", "run", "--rubric", "correctness", "--model", "m", "--replay",
                                 dir.path("calls.jsonl"), "--format", "json", data});
  ASSERT_EQ(replayed.code, 0) << replayed.err;
  EXPECT_EQ(replayed.out, live.out);
  EXPECT_EQ(server.count("requests"), 0);
}

TEST_F(cli_judge_server, no_temperature_is_sent_where_the_model_takes_none) {
  const auto done = run("ok", {"--temperature", "default", "--journal", journal});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(server.get("/last").find("temperature"), std::string::npos);
  EXPECT_NE(done.out.find("temperature:default"), std::string::npos) << done.out;
  // The journal knows it: another temperature is another run, and the same one goes on.
  EXPECT_EQ(run("ok", {"--journal", journal}).code, 2);
  EXPECT_EQ(run("ok", {"--temperature", "default", "--journal", journal}).code, 0);
  EXPECT_EQ(server.count("requests"), 50);
}

TEST_F(cli_judge_server, limits_of_rate_are_waited_for) {
  const auto done = run("times=1,429,retry-after-ms=20");
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(count(done, "scored"), 50);
  EXPECT_EQ(count(done, "calls"), 100);
}

TEST_F(cli_judge_server, what_passes_is_tried_again) {
  for (const char* trouble :
       {"500", "503", "529", "cut", "close", "rst", "html", "no-json", "502,error=html"}) {
    write_items(5);
    const auto done = run(std::string("times=1,") + trouble);
    ASSERT_EQ(done.code, 0) << trouble << done.err;
    EXPECT_EQ(count(done, "scored"), 5) << trouble;
    EXPECT_EQ(count(done, "calls"), 10) << trouble;
  }
}

TEST_F(cli_judge_server, what_has_no_verdict_is_unscored_with_its_reason_and_not_asked_again) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"prose", "malformed"},       {"truncated-lie", "truncated"},
      {"length", "truncated"},      {"reasoning", "truncated"},
      {"empty", "empty"},           {"null-content", "empty"},
      {"refusal", "refusal"},       {"filter", "content_filter"},
      {"two-verdicts", "conflict"}, {"400", "rejected"},
      {"422,error=tgi", "rejected"}};
  write_items(3);
  for (const auto& [mode, reason] : cases) {
    const auto done = run(mode);
    ASSERT_EQ(done.code, 0) << mode << done.err;
    const auto printed = parsed(done.out);
    EXPECT_EQ(number(printed.root()["unscored"][reason]), 3) << mode << ": " << done.out;
    EXPECT_EQ(number(printed.root()["scored"]), 0) << mode;
    EXPECT_EQ(number(printed.root()["calls"]), 3) << mode;
    EXPECT_TRUE(printed.root()["metrics"][1]["value"].is_null()) << mode;
  }
}

TEST_F(cli_judge_server, what_has_a_verdict_in_an_odd_shape_is_scored) {
  write_items(3);
  for (const char* mode : {"fenced", "chunked", "whole-length", "conn-close", "huge=2000000"}) {
    const auto done = run(mode);
    ASSERT_EQ(done.code, 0) << mode << done.err;
    EXPECT_EQ(count(done, "scored"), 3) << mode << ": " << done.out;
  }
}

TEST_F(cli_judge_server, failures_that_last_are_unscored_and_a_rerun_tries_again) {
  write_items(3);
  const auto done = run("500", {"--journal", journal, "--attempts", "2"});
  EXPECT_EQ(done.code, 5) << done.err;
  EXPECT_EQ(count(done, "unscored", "transport"), 3);
  EXPECT_EQ(server.count("requests"), 6);
  run("500", {"--journal", journal, "--attempts", "2"});
  EXPECT_EQ(server.count("requests"), 12);
}

TEST_F(cli_judge_server, slow_calls_are_given_up) {
  write_items(2);
  const auto done = run("hang", {"--timeout", "0.3", "--attempts", "1"});
  EXPECT_EQ(done.code, 5) << done.err;  // a server that never answered is worth another run
  EXPECT_EQ(count(done, "unscored", "timeout"), 2) << done.out;
}

TEST_F(cli_judge_server, refused_keys_and_models_end_at_once_with_2) {
  for (const char* mode : {"401", "403", "404"}) {
    server.reset();
    const auto done = run(mode);
    EXPECT_EQ(done.code, 2) << mode;
    EXPECT_TRUE(done.says(mode)) << done.err;
    EXPECT_TRUE(done.says("EVALPP_API_KEY")) << done.err;
    EXPECT_EQ(done.out, "");
    EXPECT_LE(server.count("requests"), 8) << mode;
  }
}

TEST_F(cli_judge_server, a_used_up_quota_stops_with_5_and_is_not_tried_again) {
  const auto done = run("quota", {"--journal", journal});
  EXPECT_EQ(done.code, 5) << done.err;
  EXPECT_TRUE(done.says("quota")) << done.err;
  EXPECT_LE(server.count("requests"), 8);
}

TEST_F(cli_judge_server, a_server_that_cannot_be_reached_stops_with_5) {
  auto all = words("ok", {"--attempts", "1"});
  for (std::string& word : all)
    if (word == server.url("ok")) word = "http://127.0.0.1:1/v1";
  const auto done = cli_test::run(EVALPP_CLI, all);
  EXPECT_EQ(done.code, 5) << done.err;
  EXPECT_TRUE(done.says("127.0.0.1:1")) << done.err;
}

TEST_F(cli_judge_server, a_cap_of_money_needs_a_price_and_holds) {
  auto elsewhere = words("ok", {"--max-usd", "5"});
  for (std::string& word : elsewhere)
    if (word == server.url("ok")) word = "https://judge.invalid/v1";
  const auto unknown = cli_test::run(EVALPP_CLI, elsewhere);
  EXPECT_EQ(unknown.code, 2);
  EXPECT_TRUE(unknown.says("price")) << unknown.err;
  // 1,000 USD per million tokens: an answer may cost 1,024 of them.
  const auto stopped = run("ok", {"--price", "0,1000", "--max-usd", "1.2", "--journal", journal});
  EXPECT_EQ(stopped.code, 5) << stopped.err;
  EXPECT_LE(count(stopped, "usd"), 1.2);
  EXPECT_GT(count(stopped, "scored"), 0);
}

TEST_F(cli_judge_server, prices_come_from_a_file_too) {
  const std::string prices =
      dir.write("p.json", R"({"m": {"prompt": 2, "completion": 8, "cached": 1}, "n": [1, 2]})");
  const auto forecast = parsed(run("ok", {"--dry-run", "--prices", prices}).out);
  EXPECT_DOUBLE_EQ(number(forecast.root()["usd"]),
                   (2 * number(forecast.root()["prompt_tokens"]) + 8 * 50 * 1024) / 1e6);
  for (const char* bad : {"[]", "{", R"({"m": 3})", R"({"m": [1]})", R"({"m": [1, -2]})",
                          R"({"m": {"prompt": 1, "completion": 2, "cached": "x"}})"}) {
    const auto done = run("ok", {"--dry-run", "--prices", dir.write("bad.json", bad)});
    EXPECT_EQ(done.code, 2) << bad;
    EXPECT_TRUE(done.says("bad.json")) << done.err;
  }
}

TEST_F(cli_judge_server, what_cannot_be_asked_is_refused_before) {
  const std::vector<std::pair<std::vector<std::string>, const char*>> cases = {
      {{"--base-url", "127.0.0.1:80"}, "http://127.0.0.1:8080/v1"},
      {{"--base-url", "http://user:pass@h/v1"}, "EVALPP_API_KEY"},
      {{"--api", "gemini"}, "gemini"},
      {{"--schema-form", "xml"}, "json_schema"},
      {{"--api", "anthropic", "--schema-form", "tgi"}, "openai"},
      {{"--timeout", "0"}, "--timeout"},
      {{"--replay", "calls.jsonl"}, "exclude"}};
  for (const auto& [more, says] : cases) {
    const auto done = run("ok", more);
    EXPECT_EQ(done.code, 2) << says;
    EXPECT_TRUE(done.says(says)) << done.err;
    EXPECT_EQ(done.out, "");
  }
  EXPECT_EQ(server.count("requests"), 0);
}

// The process itself, so that a test can do to it what a user or the system does.
class running_cli {
 public:
  explicit running_cli(std::vector<std::string> words) {
    words.insert(words.begin(), EVALPP_CLI);
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&child_, EVALPP_CLI, &actions, nullptr, pointers.data(), environ) != 0) child_ = -1;
    posix_spawn_file_actions_destroy(&actions);
  }
  void send(int signal) const { kill(child_, signal); }
  // The exit code, or minus the signal that ended it.
  int wait() const {
    int status = 0;
    waitpid(child_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t child_ = -1;
};

TEST_F(cli_judge_server, kill_9_loses_no_verdict_and_the_next_run_makes_only_the_missing_calls) {
  write_items(1000);
  const std::vector<std::string> call = words("latency=60", {"--journal", journal});
  const running_cli first(call);
  // In the middle: some calls answered, many not yet made.
  for (int tries = 0; tries < 3000 && server.count("requests") < 400; ++tries) usleep(2000);
  first.send(SIGKILL);
  EXPECT_EQ(first.wait(), -SIGKILL);
  usleep(300'000);  // what was in flight is over

  const auto held = cli_test::run(EVALPP_CLI, {"judge", "report", journal, "--format", "json"});
  ASSERT_EQ(held.code, 0) << held.err;
  const double kept = count(held, "scored");
  EXPECT_GT(kept, 0);
  EXPECT_LT(kept, 1000);

  server.reset();
  const auto second = cli_test::run(EVALPP_CLI, call);
  ASSERT_EQ(second.code, 0) << second.err;
  EXPECT_EQ(count(second, "scored"), 1000);
  EXPECT_EQ(static_cast<double>(server.count("requests")), 1000 - kept);
}

// What Ctrl-C and a scheduler send.
class cli_judge_signal : public cli_judge_server, public ::testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(int_and_term, cli_judge_signal, ::testing::Values(SIGINT, SIGTERM));

TEST_P(cli_judge_signal, keeps_everything_and_ends_with_5) {
  write_items(1000);
  const std::vector<std::string> call = words("latency=100", {"--journal", journal});
  const running_cli first(call);
  for (int tries = 0; tries < 3000 && server.count("requests") < 200; ++tries) usleep(2000);
  first.send(GetParam());
  EXPECT_EQ(first.wait(), 5);
  const auto asked = server.count("requests");
  EXPECT_LT(asked, 1000);
  // The calls in flight were waited for: each that was made has its verdict.
  const auto held = parsed(cli_test::run(EVALPP_CLI, {"judge", "report", journal, "--format", "json"}).out);
  EXPECT_EQ(number(held.root()["scored"]), static_cast<double>(asked));
  server.reset();
  ASSERT_EQ(cli_test::run(EVALPP_CLI, call).code, 0);
  EXPECT_EQ(server.count("requests"), 1000 - asked);
}

TEST_F(cli_judge_server, many_calls_are_in_flight) {
  write_items(600);
  const auto done = run("latency=500", {"--concurrency", "500"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(count(done, "scored"), 600);
  EXPECT_GT(server.count("max_in_flight"), 100);
}

}  // namespace cli_judge_server_test
