// SPDX-License-Identifier: MIT
// Filled sheets: what is read, what is counted, and what people are found to prefer.
#include <evalpp/judge/blind_report.hpp>

#include <evalpp/core/executor.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/judge/blind_answers.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace blind_report_test {

namespace judge = evalpp::judge;
using evalpp::data::input_kind;
using judge::preference;

// Two sheets of the pairs p and q; the candidate is A of p on the first and B on the second.
judge::blind_key key() {
  judge::blind_key out{.seed = "s", .baseline = "base", .candidate = "cand"};
  out.entries = {{"p0", "p", 0, true, 5, 9},
                 {"q0", "q", 0, false, 5, 9},
                 {"p1", "p", 1, false, 5, 9},
                 {"q1", "q", 1, true, 5, 9}};
  out.identical = {"same"};
  out.review = review_of(out);
  return out;
}

std::string line(const std::string& item, const std::string& preference, const std::string& rater = "ann") {
  return R"({"review":")" + key().review + R"(","item":")" + item + R"(","preference":)" + preference +
         R"(,"comment":"c","rater":")" + rater + "\"}\n";
}

evalpp::result<judge::blind_answers> read(const std::string& text, input_kind kind = input_kind::jsonl) {
  static const judge::blind_key known = key();
  judge::blind_answer_reader reader(known);
  if (auto good = reader.add({"sheet-x.file", text}, kind); !good) return std::move(good.error());
  return std::move(reader).finish();
}

TEST(blind_answers, sides_are_turned_back_into_systems) {
  const auto found = read(line("p0", "\"A\"") + line("q0", "\" a \"") + line("p1", "\"A\"", "ben") +
                          line("q1", "\"Tie\"", ""));
  ASSERT_TRUE(found) << to_string(found.error());
  const std::vector<judge::blind_answer> expected = {{"ann", 0, preference::candidate, "c"},
                                                     {"ann", 1, preference::baseline, "c"},
                                                     {"ben", 2, preference::baseline, "c"},
                                                     {"sheet-x", 3, preference::tie, "c"}};
  EXPECT_EQ(found->answers, expected);
  EXPECT_EQ(found->rows, 4u);
}

TEST(blind_answers, rows_that_do_not_count_are_counted_by_reason) {
  const auto found =
      read(line("p0", "null") + line("q0", "\"\"") + line("p1", "\"C\"") + line("q1", "3") +
           line("p0", "\"A\"", "ben") + line("p1", "\"B\"", "ben") +  // the same, said of the other side
           line("q0", "\"A\"", "ben") + line("q1", "\"tie\"", "ben"));
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->rows, 8u);
  EXPECT_EQ(found->unanswered, 2u);
  EXPECT_EQ(found->unreadable, 2u);
  EXPECT_EQ(found->repeated, 1u);
  EXPECT_EQ(found->conflicting, 2u);
  ASSERT_EQ(found->answers.size(), 1u);
  EXPECT_EQ(found->answers[0].said, preference::candidate);
  ASSERT_EQ(found->notes.size(), 3u);
  EXPECT_EQ(found->notes[0], "sheet-x.file:3: the preference \"C\" is none of A, B and tie");
  EXPECT_NE(found->notes[2].find("sheet-x.file:8:"), std::string::npos);
}

TEST(blind_answers, csv_is_read_as_spreadsheets_save_it) {
  const std::string review = key().review;
  const std::string rows[] = {
      "item,input,answer_a,answer_b,preference,comment,rater,review\r\np0,\"a, "
      "\"\"b\"\"\nc\",'=x,y,b,'-no,ann," +
          review + "\r\n",
      "review;rater;comment;preference;item\n" + review + ";ann;-no;B;p0\n;;;;\n"};
  for (const std::string& text : rows) {
    const auto found = read(text, input_kind::csv);
    ASSERT_TRUE(found) << to_string(found.error());
    const std::vector<judge::blind_answer> expected = {{"ann", 0, preference::baseline, "-no"}};
    EXPECT_EQ(found->answers, expected);
    EXPECT_EQ(found->rows, 1u);
  }
}

struct refused {
  input_kind kind;
  std::string text;
  const char* says;
};

TEST(blind_answers, sheets_that_do_not_fit_are_refused_with_their_line) {
  const std::string good = line("p0", "\"A\"");
  const std::string header = "item,preference,comment,rater,review\n";
  const refused cases[] = {
      {input_kind::jsonl, good + R"({"review":"blind-other","item":"p0","preference":"A"})",
       ":2: the sheet is of the review blind-other"},
      {input_kind::jsonl, good + R"({"item":"p0","preference":"A"})",
       ":2: the row does not say which review"},
      {input_kind::jsonl, good + line("p9", "\"A\""), ":2: the key has no item \"p9\""},
      {input_kind::jsonl, good + "{", ":2:"},
      {input_kind::jsonl, good + "[]", ":2: an answer must be an object"},
      {input_kind::jsonl, good + R"({"item":7})", ":2: \"item\" cannot be 7"},
      {input_kind::csv, "item,preference,comment,rater\n", ":1: the sheet has no column \"review\""},
      {input_kind::csv, "", ":1: the sheet has no column"},
      {input_kind::csv, header + "p0,A,\n", ":2: the row has 3 cells, the header 5"},
      {input_kind::csv, header + "p0,A,\"c", "a quoted cell does not end"},
      {input_kind::csv, header + "p0,A,c,r,blind-other\n", ":2: the sheet is of the review blind-other"}};
  for (const refused& c : cases) {
    const auto found = read(c.text, c.kind);
    ASSERT_FALSE(found) << c.text;
    EXPECT_NE(to_string(found.error()).find(c.says), std::string::npos) << to_string(found.error());
    EXPECT_EQ(found.error().file, "sheet-x.file");
    EXPECT_FALSE(found.error().fix.empty());
  }
}

judge::blind_report report(const std::string& text) {
  const judge::blind_key known = key();
  const auto found = read(text);
  EXPECT_TRUE(found);
  return judge::blind_report_of(evalpp::seq, known, *found);
}

TEST(blind_report, one_person_is_one_verdict_a_pair) {
  const judge::blind_report found = report(line("p0", "\"A\"") + line("q0", "null"));
  ASSERT_EQ(found.pairs.size(), 3u);
  EXPECT_EQ(found.pairs[0].outcome(), preference::candidate);
  EXPECT_EQ(found.pairs[0].candidate_first, preference::candidate);  // it stood first
  EXPECT_FALSE(found.pairs[0].baseline_first);
  EXPECT_EQ(found.pairs[0].candidate_length, 9u);
  EXPECT_FALSE(found.pairs[1].outcome());
  EXPECT_TRUE(found.pairs[2].identical);
  EXPECT_EQ(found.rated, 1u);
  EXPECT_EQ(found.unrated, 1u);
  EXPECT_FALSE(found.agreement.alpha);
}

TEST(blind_report, majority_of_several_counts) {
  // Of p: candidate, candidate, baseline. Of q: candidate, baseline: a tie.
  const judge::blind_report found =
      report(line("p0", "\"A\"", "1") + line("p1", "\"B\"", "2") + line("p0", "\"B\"", "3") +
             line("q0", "\"B\"", "1") + line("q1", "\"B\"", "2"));
  EXPECT_EQ(found.pairs[0].outcome(), preference::candidate);
  EXPECT_EQ(found.pairs[1].outcome(), preference::tie);
  EXPECT_EQ(found.single.size(), 5u);
  ASSERT_EQ(found.raters.size(), 3u);
  EXPECT_EQ(found.raters[0], (judge::blind_rater{.name = "1", .answers = 2}));
  EXPECT_EQ(found.agreement.pairs, 2u);
  // By hand: of p one of three pairs of verdicts is equal, of q none: (1/3 + 0) / 2. Krippendorff: the
  // coincidences that differ are 2 of p (4 ordered pairs of 2 / 2) and 2 of q, of 5; by chance 3 c and 2 b
  // give 2 * 3 * 2 / (5 * 4); 1 - (4 / 5) / (12 / 20).
  EXPECT_DOUBLE_EQ(found.agreement.equal.value(), 1.0 / 6);
  EXPECT_NEAR(found.agreement.alpha.value().value, 1 - (4.0 / 5) / (12.0 / 20), 1e-12);
  EXPECT_TRUE(found.agreement.fleiss.has_value());
}

TEST(blind_report, repeats_tell_who_stands_by_a_verdict_and_count_for_nothing_else) {
  judge::blind_key known{.seed = "s", .baseline = "base", .candidate = "cand"};
  known.entries = {{"p0", "p", 0, true, 5, 9},
                   {"q0", "q", 0, false, 5, 9},
                   {"p1", "p", 0, false, 5, 9, true},
                   {"q1", "q", 0, true, 5, 9, true}};
  known.review = review_of(known);
  const auto row = [&](const std::string& item, const std::string& said, const std::string& rater) {
    return R"({"review":")" + known.review + R"(","item":")" + item + R"(","preference":")" + said +
           R"(","rater":")" + rater + "\"}\n";
  };
  judge::blind_answer_reader reader(known);
  // Ann stands by p and takes A of q both times; Ben has seen q for the second time only.
  ASSERT_TRUE(reader.add({"f", row("p0", "A", "ann") + row("q0", "A", "ann") + row("p1", "B", "ann") +
                                   row("q1", "A", "ann") + row("p0", "B", "ben") + row("q1", "B", "ben")},
                         input_kind::jsonl));
  const judge::blind_answers read = std::move(reader).finish();
  EXPECT_EQ(read.answers.size(), 3u);
  EXPECT_EQ(read.again.size(), 3u);
  EXPECT_EQ(read.conflicting + read.repeated, 0u);
  const judge::blind_report found = judge::blind_report_of(evalpp::seq, known, read);
  const std::vector<judge::blind_rater> raters = {{"ann", 2, 2, 1}, {"ben", 1, 0, 0}};
  EXPECT_EQ(found.raters, raters);
  EXPECT_EQ(found.single.size(), 3u);
  EXPECT_EQ(found.pairs.size(), 2u);
  EXPECT_EQ(found.pairs[0].outcome(), preference::tie);  // ann and ben
  EXPECT_EQ(found.pairs[1].outcome(), preference::baseline);
}

TEST(blind_report, people_who_all_say_the_same_agree) {
  const judge::blind_report found = report(line("p0", "\"A\"", "1") + line("p1", "\"B\"", "2"));
  EXPECT_EQ(found.agreement.pairs, 1u);
  EXPECT_DOUBLE_EQ(found.agreement.equal.value(), 1);
  EXPECT_FALSE(found.agreement.alpha);  // nothing varies, so nothing can be agreed upon
}

}  // namespace blind_report_test
