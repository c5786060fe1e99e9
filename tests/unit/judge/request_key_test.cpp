// SPDX-License-Identifier: MIT
#include <evalpp/judge/request_key.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace request_key_test {

namespace judge = evalpp::judge;

judge::request example(const std::string& fence) {
  judge::request asked{"m", {{"system", "judge"}, {"user", "see " + fence + " untrusted" + fence}}, "{}"};
  asked.fence = fence;
  asked.sample = 2;
  return asked;
}

// SHA-256, by Python's hashlib, of this JSON without line breaks:
//   {"base_url":"http://127.0.0.1:8080/v1","request":{"model":"m","messages":[{"role":"system","content":"5:judge"},
//   {"role":"user","content":"4:see 10:
//   untrusted0:"}],"schema":"{}","sampling":{"temperature":0,"max_tokens":1024,
//   "n":1,"top_logprobs":0},"sample":2}}
TEST(judge_request_key, is_the_same_for_ever) {
  EXPECT_EQ(judge::request_key(example("F00"), "http://127.0.0.1:8080/v1"),
            "c4b4a6231c183b653a63eb34a0b3828e1edfca03c935a763fca9e14d1221032e");
}

TEST(judge_request_key, leaves_the_fence_out_and_nothing_else) {
  const std::string key = judge::request_key(example("F00"), "u");
  EXPECT_EQ(judge::request_key(example("another fence"), "u"), key);

  std::vector<judge::request> others(12, example("F00"));
  others[0].model = "n";
  others[1].messages[0].role = "user";
  others[2].messages[1].content = "see F00 untrusted";  // where it stands counts
  others[3].messages[1].content += "\xFF";
  others[4].schema = "{ }";
  others[5].sampling.temperature = 1;
  others[6].sampling.top_p = 1;
  others[7].sampling.max_tokens = 1;
  others[8].sampling.n = 2;
  others[9].sampling.seed = 0;
  others[10].sampling.top_logprobs = 1;
  others[11].sample = 1;
  std::set<std::string> keys = {key, judge::request_key(example("F00"), "v")};
  for (const judge::request& r : others) keys.insert(judge::request_key(r, "u"));
  EXPECT_EQ(keys.size(), 14U);
}

}  // namespace request_key_test
