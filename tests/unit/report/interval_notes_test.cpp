// SPDX-License-Identifier: MIT
#include <evalpp/report/interval_notes.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace interval_notes_test {

namespace report = evalpp::report;
using evalpp::interval_status;

evalpp::reported_score score(std::string_view method, std::size_t replicates, interval_status status,
                             std::vector<std::string_view> notes = {}) {
  evalpp::reported_score out;
  out.ci = evalpp::interval{.lo = 1, .hi = 2, .level = 0.95, .status = status};
  out.ci_method = method;
  out.ci_replicates = replicates;
  out.ci_seed = 7;
  out.ci_notes = std::move(notes);
  return out;
}

TEST(interval_notes, show_the_level_in_percent) {
  EXPECT_EQ(report::format_level(0.95), "95%");
  EXPECT_EQ(report::format_level(0.999), "99.9%");
  EXPECT_EQ(report::format_level(0.57), "57%");
}

TEST(interval_notes, say_how_the_intervals_were_made) {
  const auto bleu = score("bca+", 512, interval_status::ok), em = score("wilson", 0, interval_status::ok),
             none = score("hall", 0, interval_status::too_few);
  const evalpp::reported_score without;
  const std::vector<report::named_score> all{{"bleu", &bleu}, {"em", &em},    {"bleu", &bleu},
                                             {"f1", &em},     {"wer", &none}, {"x", &without}};
  EXPECT_EQ(report::interval_methods_line(all),
            "[95% intervals] bca+ (512 replicates, seed 7) for bleu; wilson for em, f1");
  EXPECT_EQ(report::interval_methods_line(std::vector<report::named_score>{{"em", &em}}),
            "[95% intervals] wilson");
  EXPECT_EQ(report::interval_methods_line({}), "");
}

TEST(interval_notes, give_every_reason_for_doubt_once) {
  const auto skewed = score("hall", 0, interval_status::caution, {"strong skew", "fewer than 30 items"});
  const auto few = score("hall", 0, interval_status::too_few, {"fewer than 10 items"});
  const auto fine = score("hall", 0, interval_status::ok), bare = score("x", 0, interval_status::undefined);
  const std::vector<report::named_score> all{
      {"a", &skewed}, {"b", &skewed}, {"c", &few}, {"d", &fine}, {"e", &bare}};
  EXPECT_EQ(report::interval_doubts(all),
            (std::vector<std::string>{"[caution] strong skew: a, b", "[caution] fewer than 30 items: a, b",
                                      "[no interval] fewer than 10 items: c", "[no interval] undefined: e"}));
}

}  // namespace interval_notes_test
