// SPDX-License-Identifier: MIT
// A blind review: what is drawn, what the sheets show, and what the key keeps.
#include <evalpp/judge/blind_review.hpp>

#include <evalpp/data/delimited.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/judge/blind_sheet.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace blind_review_test {

namespace judge = evalpp::judge;

std::vector<judge::answer_pair> pairs(std::size_t n, std::size_t alike = 0) {
  std::vector<judge::answer_pair> out;
  for (std::size_t i = 0; i < n; ++i) {
    const std::string k = std::to_string(i);
    out.push_back({"question-" + k, {{"user", "ask " + k}}, "old answer " + k, "new " + k});
    if (i < alike) out.back().candidate = out.back().baseline;
  }
  return out;
}

judge::blind_review make(const std::vector<judge::answer_pair>& of, const judge::blind_options& options) {
  auto made = judge::make_blind_review(of, options);
  EXPECT_TRUE(made);
  return made ? std::move(*made) : judge::blind_review{};
}

TEST(blind_review, every_row_is_what_the_key_says) {
  const auto of = pairs(9);
  const judge::blind_review review = make(of, {.seed = "s", .sheets = 3, .baseline = "b", .candidate = "c"});
  ASSERT_EQ(review.sheets.size(), 3u);
  ASSERT_EQ(review.key.entries.size(), 27u);
  std::size_t row = 0;
  std::set<std::string> codes;
  for (std::size_t s = 0; s < 3; ++s) {
    EXPECT_EQ(review.sheets[s].review, review.key.review);
    std::set<std::string> ids;
    for (const judge::blind_item& shown : review.sheets[s].items) {
      const judge::blind_key_entry& e = review.key.entries[row++];
      EXPECT_EQ(e.code, shown.code);
      EXPECT_EQ(e.sheet, s);
      const auto at = std::find_if(of.begin(), of.end(), [&](const auto& p) { return p.id == e.id; });
      ASSERT_NE(at, of.end());
      EXPECT_EQ(shown.input, at->input[0].text);
      EXPECT_EQ(shown.a, e.candidate_is_a ? at->candidate : at->baseline);
      EXPECT_EQ(shown.b, e.candidate_is_a ? at->baseline : at->candidate);
      EXPECT_EQ(e.baseline_length, at->baseline.size());
      EXPECT_EQ(e.candidate_length, at->candidate.size());
      ids.insert(e.id);
      codes.insert(e.code);
    }
    EXPECT_EQ(ids.size(), 9u);
  }
  EXPECT_EQ(codes.size(), 27u);  // the sheets cannot be told from each other by the codes
}

TEST(blind_review, each_sheet_is_balanced) {
  for (const std::size_t n : {2u, 7u, 10u, 31u}) {
    const judge::blind_review review = make(pairs(n), {.seed = "seed", .sheets = 4});
    for (std::size_t s = 0; s < 4; ++s) {
      const auto as_a = static_cast<std::size_t>(
          std::count_if(review.key.entries.begin(), review.key.entries.end(),
                        [&](const auto& e) { return e.sheet == s && e.candidate_is_a; }));
      EXPECT_TRUE(as_a == n / 2 || as_a == (n + 1) / 2) << as_a << " of " << n;
    }
  }
}

TEST(blind_review, seed_decides_and_larger_samples_hold_smaller_ones) {
  const auto of = pairs(40);
  const auto ids = [&](const judge::blind_options& options) {
    std::set<std::string> out;
    for (const auto& e : make(of, options).key.entries) out.insert(e.id);
    return out;
  };
  const auto five = ids({.seed = "s", .items = 5}), ten = ids({.seed = "s", .items = 10});
  EXPECT_EQ(five.size(), 5u);
  EXPECT_EQ(ten.size(), 10u);
  EXPECT_TRUE(std::includes(ten.begin(), ten.end(), five.begin(), five.end()));
  EXPECT_NE(ten, ids({.seed = "other", .items = 10}));
  EXPECT_EQ(make(of, {.seed = "s"}).key, make(of, {.seed = "s"}).key);
  EXPECT_NE(make(of, {.seed = "s"}).key.review, make(of, {.seed = "t"}).key.review);
}

TEST(blind_review, identical_answers_are_ties_that_nobody_rates) {
  const judge::blind_review all = make(pairs(10, 4), {.seed = "s"});
  EXPECT_EQ(all.sheets[0].items.size(), 6u);
  EXPECT_EQ(all.key.identical.size(), 4u);
  // Of a sample only those that were drawn: 30 of 60 alike, so about as many as there are items.
  const judge::blind_review some = make(pairs(60, 30), {.seed = "s", .items = 10});
  EXPECT_EQ(some.sheets[0].items.size(), 10u);
  EXPECT_LT(some.key.identical.size(), 25u);
}

TEST(blind_review, nothing_to_rate_and_repeated_ids_are_errors) {
  EXPECT_FALSE(judge::make_blind_review(pairs(3, 3), {.seed = "s"}));
  EXPECT_FALSE(judge::make_blind_review({}, {.seed = "s"}));
  auto twice = pairs(2);
  twice[1].id = twice[0].id;
  const auto refused = judge::make_blind_review(twice, {.seed = "s"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, evalpp::error_code::duplicate);
}

TEST(blind_review, sheets_reveal_neither_ids_nor_systems_nor_seed) {
  const judge::blind_review review =
      make(pairs(5), {.seed = "secretseed", .baseline = "sysbase", .candidate = "syscand"});
  for (const std::string& file :
       {to_csv(review.sheets[0]), to_jsonl(review.sheets[0]), to_html(review.sheets[0])})
    for (const char* hidden : {"question-", "sysbase", "syscand", "secretseed", "candidate", "baseline"})
      EXPECT_EQ(file.find(hidden), std::string::npos) << hidden;
}

TEST(blind_review, repeats_come_later_with_the_sides_the_other_way) {
  for (const std::size_t n : {1u, 2u, 9u, 20u}) {
    const judge::blind_review review = make(pairs(n), {.seed = "s", .sheets = 3, .repeats = 4});
    std::size_t row = 0;
    for (std::size_t s = 0; s < 3; ++s) {
      std::map<std::string, std::size_t> first;  // id to row
      std::size_t again = 0;
      ASSERT_EQ(review.sheets[s].items.size(), n + (std::min)(n / 2, std::size_t{4}));
      for (std::size_t place = 0; place < review.sheets[s].items.size(); ++place, ++row) {
        const judge::blind_key_entry& e = review.key.entries[row];
        const judge::blind_item& shown = review.sheets[s].items[place];
        EXPECT_EQ(shown.code, e.code);
        const auto [before, is_new] = first.try_emplace(e.id, row);
        EXPECT_EQ(e.again, !is_new);
        if (is_new) continue;
        ++again;
        EXPECT_GE(place, n / 2);
        const judge::blind_key_entry& once = review.key.entries[before->second];
        EXPECT_LT(before->second - (row - place), n / 2);
        EXPECT_NE(once.candidate_is_a, e.candidate_is_a);
        EXPECT_NE(once.code, e.code);
        const judge::blind_item& earlier = review.sheets[s].items[before->second - (row - place)];
        EXPECT_EQ(shown.a, earlier.b);
        EXPECT_EQ(shown.b, earlier.a);
      }
      EXPECT_EQ(first.size(), n);
      EXPECT_EQ(again, (std::min)(n / 2, std::size_t{4}));
    }
    const auto read = judge::read_blind_key(to_json(review.key), "key.json");
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(*read, review.key);
  }
}

TEST(blind_review, phrases_that_tell_the_author_are_stripped_and_counted) {
  std::vector<judge::answer_pair> of = pairs(2);
  of[0].baseline = "As ACME's model, acme's, I say yes. \r\n\t";
  of[0].candidate = "-- Zeta";
  of[1].candidate = " ACM";
  const judge::blind_review review = make(of, {.seed = "s", .strip = {"Acme's", "-- zeta", "yes"}});
  EXPECT_EQ(review.stripped, (std::vector<std::size_t>{1, 1, 1}));
  std::vector<std::string> shown;
  for (const judge::blind_item& i : review.sheets[0].items) shown.insert(shown.end(), {i.a, i.b});
  std::sort(shown.begin(), shown.end());
  EXPECT_EQ(shown, (std::vector<std::string>{" ACM", "As [...] model, [...], I say [...].", "[...]",
                                             "old answer 1"}));
}

TEST(blind_key, comes_back_as_it_was_written) {
  const judge::blind_key key =
      make(pairs(7, 2), {.seed = "s", .sheets = 2, .baseline = "b \"q\"", .candidate = "c"}).key;
  const auto read = judge::read_blind_key(to_json(key), "key.json");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, key);
}

TEST(blind_key, key_that_was_changed_is_refused) {
  const std::string text = to_json(make(pairs(4), {.seed = "s"}).key);
  std::string swapped = text;
  swapped.replace(swapped.find(R"("candidate":"A")"), 15, R"("candidate":"B")");
  for (const std::string& bad :
       {swapped, std::string("{}"), std::string("[1"),
        std::string(R"({"format":"evalpp-blind-key","format_version":2})"),
        std::string(R"({"format":"evalpp-blind-key","format_version":1,"items":[1]})"),
        std::string(R"({"format":"evalpp-blind-key","format_version":1,"items":[{"code":1}]})"),
        std::string(R"({"format":"evalpp-blind-key","format_version":1,"identical":[1]})")}) {
    const auto read = judge::read_blind_key(bad, "key.json");
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().file, "key.json");
    EXPECT_FALSE(read.error().fix.empty()) << to_string(read.error());
  }
  EXPECT_NE(to_string(judge::read_blind_key(swapped, "k").error()).find("was changed"), std::string::npos);
}

const std::vector<std::string> hostile = {
    "=1+1", "+1",   "-1", "@x",     "\tx",       "\rx",  "'=x",          "'",           "a,\"b\"", "",
    "x",    "a\nb", "\"", "a\r\nb", "</script>", "\n=1", "<!--<script>", "\xE2\x80\xA8"};

judge::blind_sheet hostile_sheet() {
  judge::blind_sheet out{"blind-0", {}};
  for (std::size_t i = 0; i < hostile.size(); ++i)
    out.items.push_back({"r" + std::to_string(i), hostile[i], hostile[i], "b" + hostile[i]});
  return out;
}

TEST(blind_sheet, no_cell_of_the_csv_is_a_formula_and_all_come_back) {
  const std::string csv = to_csv(hostile_sheet());
  EXPECT_TRUE(
      csv.starts_with("\xEF\xBB\xBF"
                      "item,input,answer_a,answer_b,preference,comment,rater,review\r\n"));
  evalpp::data::delimited_reader reader(std::string_view(csv).substr(3), evalpp::data::input_kind::csv);
  std::vector<std::string> cells;
  ASSERT_TRUE(reader.next(cells));
  for (std::size_t i = 0; i < hostile.size(); ++i) {
    const auto more = reader.next(cells);
    ASSERT_TRUE(more && *more);
    ASSERT_EQ(cells.size(), 8u);
    for (const std::string& cell : cells)
      EXPECT_TRUE(cell.empty() || std::string_view("=+-@\t\r\n").find(cell[0]) == std::string_view::npos)
          << cell;
    EXPECT_EQ(judge::from_spreadsheet(cells[1]), hostile[i]);
    EXPECT_EQ(judge::from_spreadsheet(cells[2]), hostile[i]);
    EXPECT_EQ(judge::from_spreadsheet(cells[3]), "b" + hostile[i]);
  }
}

TEST(blind_sheet, no_text_breaks_out_of_the_page) {
  const std::string page = to_html(hostile_sheet());
  const std::string opening = R"(<script type="application/json" id="sheet">)";
  const std::size_t begin = page.find(opening) + opening.size(), end = page.find("</script>", begin);
  const std::string_view data = std::string_view(page).substr(begin, end - begin);
  EXPECT_EQ(data.find('<'), std::string_view::npos);
  const auto parsed = evalpp::json::parse(data);
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->root()["items"].size(), hostile.size());
  for (std::size_t i = 0; i < hostile.size(); ++i)
    EXPECT_EQ(parsed->root()["items"][i]["a"].as_string(), hostile[i]);
  // Nothing is asked of anywhere: the page names no address, and its policy forbids what it does not hold.
  for (const char* outside : {"http:", "https:", "//cdn", "src=", "@import", "url("})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
}

}  // namespace blind_review_test
