// SPDX-License-Identifier: MIT
// `evalpp compare`: numbers, joins, gates and exit codes, formats, what is refused.
#include "cli.hpp"
#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_compare_test {

namespace json = evalpp::json;
using cli_test::folder;
using cli_test::number;
using cli_test::outcome;
using cli_test::text;

outcome compare(std::vector<std::string> words, std::string_view input = {}) {
  words.insert(words.begin(), "compare");
  return cli_test::run(EVALPP_CLI, std::move(words), input);
}

json::document compared(std::vector<std::string> words, int code = 0) {
  words.insert(words.end(), {"--format", "json", "-q"});
  const outcome done = compare(std::move(words));
  EXPECT_EQ(done.code, code) << done.err;
  return cli_test::parsed(done.out);
}

// A member of the first comparison.
std::string first(std::vector<std::string> words, std::string_view key) {
  const json::document printed = compared(std::move(words));
  return text(printed.root()[0][key]);
}

// Two systems over n rows: right together, then lost, then won by the candidate, then wrong together.
struct systems : folder {
  std::string base, cand;
  systems(int n, int both, int lost, int won) {
    std::string a, b;
    for (int i = 0; i < n; ++i) {
      const std::string gold = "answer " + std::to_string(i);
      const bool first = i < both + lost, second = i < both || (i >= both + lost && i < both + lost + won);
      a += row(i, first ? gold : "nothing", gold);
      b = row(i, second ? gold : "nobody", gold) + b;  // in another order
    }
    base = write("base.jsonl", a);
    cand = write("cand.jsonl", b);
  }
  static std::string row(int id, const std::string& prediction, const std::string& gold) {
    return "{\"id\":\"q" + std::to_string(id) + "\",\"part\":\"" + (id % 2 == 0 ? "even" : "odd") +
           "\",\"doc\":\"d" + std::to_string(id / 4) + "\",\"prediction\":\"" + prediction +
           "\",\"references\":[\"" + gold + "\"]}\n";
  }
};

// The example of the contract: 99 wins and 49 losses among 812 items, a margin of 5 points.
TEST(cli_compare, tells_a_real_gain_whose_size_is_open) {
  const systems s(812, 588, 49, 99);
  const auto printed = compared({s.base, s.cand, "-m", "em", "--margin", "5"});
  ASSERT_EQ(printed.root().size(), 1u);
  const json::value found = printed.root()[0];
  EXPECT_EQ(text(found["metric"]), "em");
  EXPECT_EQ(text(found["system"]), "cand");
  EXPECT_NEAR(number(found["baseline"]), 100 * 637 / 812.0, 1e-9);
  EXPECT_NEAR(number(found["candidate"]), 100 * 687 / 812.0, 1e-9);
  EXPECT_NEAR(number(found["delta"]), 100 * 50 / 812.0, 1e-9);
  EXPECT_NEAR(number(found["ci"]["lo"]), 3.25, 0.05);
  EXPECT_NEAR(number(found["ci"]["hi"]), 9.07, 0.05);
  EXPECT_EQ(number(found["ci"]["level"]), 0.95);
  EXPECT_EQ(number(found["n"]), 812);
  EXPECT_EQ(number(found["wins"]), 99);
  EXPECT_EQ(number(found["ties"]), 664);
  EXPECT_EQ(number(found["losses"]), 49);
  EXPECT_EQ(number(found["margin"]), 5);
  EXPECT_EQ(text(found["verdict"]), "real_size_open");
  EXPECT_EQ(number(found["needed"]), 4300);
  EXPECT_LT(number(found["p"]["mcnemar"]), 0.0001);
  EXPECT_LT(number(found["p"]["bootstrap"]), 0.001);
  EXPECT_LT(number(found["p"]["randomization"]), 0.001);
  EXPECT_NE(text(found["sentence"]).find("about 4300 more items"), std::string::npos);
  EXPECT_EQ(text(found["flips"]["newly_wrong"][0]), "q588");
}

TEST(cli_compare, keeps_the_order_of_the_promised_keys) {
  const systems s(40, 10, 5, 12);
  const auto printed = compared({s.base, s.cand, "-m", "em"});
  const std::vector<std::string> promised{
      "metric", "spec", "unit", "higher_is_better", "system", "baseline", "candidate", "delta",   "ci", "p",
      "n",      "wins", "ties", "losses",           "margin", "verdict",  "needed",    "sentence"};
  std::size_t k = 0;
  for (const json::member entry : printed.root()[0].members()) {
    if (k == promised.size()) break;
    EXPECT_EQ(entry.key, promised[k++]);
  }
  EXPECT_EQ(k, promised.size());
}

TEST(cli_compare, of_text_files_gives_every_candidate_and_metric) {
  const folder f;
  std::string ref, a, b, c;
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    ref += "the quick fox number " + n + " jumps over a dog\n";
    a += "a slow fox number " + n + " sleeps under a dog\n";
    b += "the quick fox number " + n + " jumps over the dog\n";
    c += i % 2 == 0 ? "the quick fox\n" : "a slow fox number " + n + " sleeps under a dog\n";
  }
  const std::string r = f.write("ref.txt", ref), base = f.write("base.txt", a), up = f.write("up.txt", b),
                    down = f.write("down.txt", c);
  const auto printed = compared({r, base, up, down, "-m", "bleu,chrf,rougeL,ter"});
  ASSERT_EQ(printed.root().size(), 8u);
  const json::value bleu = printed.root()[0], ter = printed.root()[3], worse = printed.root()[4];
  EXPECT_EQ(text(bleu["system"]), "up");
  EXPECT_EQ(text(bleu["verdict"]), "better");
  EXPECT_TRUE(bleu["p"]["mcnemar"].is_null());
  EXPECT_EQ(text(ter["metric"]), "ter");
  EXPECT_LT(number(ter["delta"]), 0);  // never flipped
  EXPECT_EQ(text(ter["verdict"]), "better");
  EXPECT_EQ(text(worse["system"]), "down");
  EXPECT_EQ(text(worse["verdict"]), "worse");
  EXPECT_EQ(text(bleu["p_adjusted"]["method"]), "holm");
  // The values are those of score.
  const auto scored = cli_test::scores({r, base, up, "-m", "bleu"});
  EXPECT_EQ(number(scored.root()[0]["value"]), number(bleu["baseline"]));
  EXPECT_EQ(number(scored.root()[1]["value"]), number(bleu["candidate"]));
}

TEST(cli_compare, margins_are_points_whatever_the_scale_of_the_metric) {
  const systems s(200, 80, 10, 30);
  const auto printed = compared({s.base, s.cand, "-m", "em,rougeL", "--margin", "5"});
  EXPECT_EQ(number(printed.root()[0]["margin"]), 5);
  EXPECT_EQ(number(printed.root()[1]["margin"]), 0.05);
}

TEST(cli_compare, of_identical_outputs_finds_no_difference_and_no_margin_of_error) {
  const systems s(50, 20, 0, 0);
  const std::string copy = s.write("copy.jsonl", cli_test::read_file(s.base));
  const auto printed = compared({s.base, copy, "-m", "em,bleu", "--max-regression", "0"});
  for (std::size_t m = 0; m < 2; ++m) {
    const json::value found = printed.root()[m];
    EXPECT_EQ(text(found["verdict"]), "no_difference") << m;
    EXPECT_EQ(number(found["delta"]), 0);
    EXPECT_EQ(number(found["p"]["bootstrap"]), 1);
    EXPECT_EQ(number(found["p"]["randomization"]), 1);
    EXPECT_EQ(number(found["ties"]), 50);
    EXPECT_TRUE(found["needed"].is_null());
    EXPECT_TRUE(found["ci"].is_null());
    EXPECT_EQ(text(found["ci_status"]), "degenerate");
  }
}

TEST(cli_compare, is_equivalent_when_nothing_that_matters_differs) {
  const systems s(2000, 1500, 5, 5);
  EXPECT_EQ(first({s.base, s.cand, "-m", "em", "--equivalence", "1"}, "verdict"), "equivalent");
  EXPECT_EQ(first({s.base, s.cand, "-m", "em", "--equivalence", "0.1"}, "verdict"), "undecided");
}

TEST(cli_compare, gates_set_the_exit_code) {
  const systems up(400, 200, 10, 60), open(40, 20, 4, 6), down(400, 200, 60, 10);
  const auto code = [](const systems& s, std::vector<std::string> more) {
    std::vector<std::string> words{s.base, s.cand, "-m", "em", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return compare(words).code;
  };
  EXPECT_EQ(code(up, {}), 0);
  EXPECT_EQ(code(down, {}), 0);  // no gate
  EXPECT_EQ(code(up, {"--margin", "5"}), 0);
  EXPECT_EQ(code(up, {"--margin", "30"}), 1);  // ruled out
  EXPECT_EQ(code(down, {"--margin", "5"}), 1);
  EXPECT_EQ(code(open, {"--margin", "5"}), 0);
  EXPECT_EQ(code(open, {"--margin", "5", "--fail-on-undecided"}), 4);
  EXPECT_EQ(code(open, {"--fail-on-undecided"}), 4);
  EXPECT_EQ(code(up, {"--fail-on-undecided"}), 0);
  EXPECT_EQ(code(up, {"--max-regression", "0"}), 0);
  EXPECT_EQ(code(down, {"--max-regression", "5"}), 1);
  EXPECT_EQ(code(down, {"--max-regression", "50"}), 0);
  EXPECT_EQ(code(open, {"--max-regression", "0"}), 0);
  EXPECT_EQ(code(open, {"--max-regression", "0", "--fail-on-undecided"}), 4);
  EXPECT_EQ(code(up, {"--min", "50"}), 0);
  EXPECT_EQ(code(up, {"--min", "64", "--fail-on-undecided"}), 4);  // 65, with an error of 2.4
  EXPECT_EQ(code(up, {"--min", "em=90"}), 1);
  EXPECT_EQ(code(up, {"--min", "50", "--margin", "30"}), 1);
}

TEST(cli_compare, joins_by_id_and_is_strict_unless_asked) {
  const systems s(60, 20, 5, 15);
  std::string fewer = cli_test::read_file(s.cand);
  fewer.erase(0, fewer.find('\n') + 1);  // q59, which both have wrong
  const std::string part = s.write("part.jsonl", fewer);
  const auto strict = compare({s.base, part, "-m", "em"});
  EXPECT_EQ(strict.code, 2);
  EXPECT_TRUE(strict.says("q59")) << strict.err;
  EXPECT_TRUE(strict.says("intersect")) << strict.err;
  const auto shared = compare({s.base, part, "-m", "em", "--join", "intersect", "-f", "json"});
  EXPECT_EQ(shared.code, 0);
  EXPECT_TRUE(shared.says("1 id is only in the baseline (q59)")) << shared.err;
  const json::document kept = cli_test::parsed(shared.out);
  EXPECT_EQ(number(kept.root()[0]["n"]), 59);
  // Where the crash hit an easy question, it costs.
  fewer = cli_test::read_file(s.cand);
  fewer.erase(fewer.find("{\"id\":\"q0\""));
  const std::string crashed = s.write("crashed.jsonl", fewer);
  const auto worst = compared({s.base, crashed, "-m", "em", "--join", "worst"});
  const auto whole = compared({s.base, s.cand, "-m", "em"});
  EXPECT_EQ(number(worst.root()[0]["n"]), 60);
  EXPECT_NEAR(number(worst.root()[0]["candidate"]), number(whole.root()[0]["candidate"]) - 100 / 60.0, 1e-9);
}

TEST(cli_compare, leaves_out_or_punishes_missing_predictions_as_asked) {
  const systems s(60, 20, 5, 15);
  std::string rows = cli_test::read_file(s.cand);
  const std::size_t at = rows.find("\"answer 0\"");  // a question that the candidate had right
  rows.replace(at, 10, "null");
  const std::string holes = s.write("holes.jsonl", rows);
  EXPECT_EQ(compare({s.base, holes, "-m", "em"}).code, 2);
  const auto skipped = compared({s.base, holes, "-m", "em", "--missing", "skip"});
  EXPECT_EQ(number(skipped.root()[0]["n"]), 59);
  EXPECT_EQ(number(skipped.root()[0]["n_missing"]), 1);
  const auto worst = compared({s.base, holes, "-m", "em", "--missing", "worst"});
  EXPECT_EQ(number(worst.root()[0]["n"]), 60);
  EXPECT_EQ(number(worst.root()[0]["losses"]), 6);
  const std::string table = compare({s.base, holes, "-m", "em", "--missing", "skip", "-q"}).out;
  EXPECT_NE(table.find("left out: 1 pair without a prediction"), std::string::npos) << table;
}

TEST(cli_compare, of_other_examples_is_refused) {
  const systems s(20, 10, 2, 3);
  std::string other = cli_test::read_file(s.cand);
  other.replace(other.find("[\"answer 3\"]"), 12, "[\"answer X\"]");
  const auto refused = compare({s.base, s.write("other.jsonl", other), "-m", "em"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_TRUE(refused.says("q3")) << refused.err;
  EXPECT_TRUE(refused.says("other references")) << refused.err;
}

TEST(cli_compare, of_slices_shows_each_with_its_adjusted_p) {
  const systems s(120, 40, 10, 30);
  const auto printed = compared({s.base, s.cand, "-m", "em", "--slice", "part"});
  const json::value slices = printed.root()[0]["slices"];
  ASSERT_EQ(slices.size(), 2u);
  EXPECT_EQ(text(slices[0]["key"]), "even");
  EXPECT_EQ(number(slices[0]["n"]), 60);
  EXPECT_EQ(text(slices[0]["p_adjusted"]["method"]), "holm");
  const std::string table = compare({s.base, s.cand, "-m", "em", "--slice", "part", "-q"}).out;
  EXPECT_NE(table.find("part: "), std::string::npos) << table;
}

TEST(cli_compare, of_clusters_draws_them_together) {
  const systems s(120, 40, 10, 30);
  const auto alone = compared({s.base, s.cand, "-m", "em"});
  const auto together = compared({s.base, s.cand, "-m", "em", "--cluster", "doc"});
  EXPECT_TRUE(together.root()[0]["p"]["mcnemar"].is_null());
  EXPECT_EQ(number(together.root()[0]["units"]), 30);
  EXPECT_NE(number(together.root()[0]["ci"]["lo"]), number(alone.root()[0]["ci"]["lo"]));
}

TEST(cli_compare, prints_the_same_whatever_the_number_of_threads) {
  const systems s(300, 100, 30, 60);
  const auto with = [&](const char* threads, const char* seed) {
    return compare(
               {s.base, s.cand, "-m", "bleu,em", "-f", "json", "-q", "--threads", threads, "--seed", seed})
        .out;
  };
  EXPECT_EQ(with("1", "12345"), with("8", "12345"));
  EXPECT_NE(with("1", "12345"), with("1", "1"));
}

TEST(cli_compare, ends_the_table_with_verdict_and_signature) {
  const systems s(812, 588, 49, 99);
  const std::string table = compare({s.base, s.cand, "-m", "em", "--margin", "5", "-q"}).out;
  EXPECT_EQ(table.find("cand against base: 812 pairs, joined by id, margin 5\n"), 0u) << table;
  EXPECT_NE(table.find("78.4 [75.5, 81.1]"), std::string::npos) << table;
  EXPECT_NE(table.find("99 / 664 / 49"), std::string::npos) << table;
  EXPECT_NE(table.find("verdict: REAL, SIZE OPEN: +6.2"), std::string::npos) << table;
  EXPECT_NE(table.find("UNDECIDED  em gains 5\n"), std::string::npos) << table;
  EXPECT_EQ(table.find('\x1b'), std::string::npos) << "colour only on a terminal";
}

TEST(cli_compare, writes_markdown_and_junit) {
  const systems s(200, 100, 5, 40);
  const std::string markdown = compare({s.base, s.cand, "-m", "em", "-f", "markdown", "-q"}).out;
  EXPECT_EQ(markdown.find("**verdict: BETTER"), 0u) << markdown;
  EXPECT_NE(markdown.find("| metric | scale | base | cand |"), std::string::npos) << markdown;
  const outcome failed =
      compare({s.base, s.cand, "-m", "em", "-f", "junit", "-q", "--min", "99", "--max-regression", "1"});
  EXPECT_EQ(failed.code, 1);
  EXPECT_NE(failed.out.find("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\""), std::string::npos)
      << failed.out;
  EXPECT_NE(failed.out.find("name=\"em &gt;= 99\"><failure"), std::string::npos) << failed.out;
}

// What sacreBLEU 2.6.0 printed of 200 segments: `--paired-bs` and `--paired-ar` with its seed.
TEST(cli_compare, shows_sacrebleus_own_figures) {
  const golden::json_file expected("text/mt200.sig.json");
  if (!expected) return;
  const folder f;
  std::string ref, a, b;
  for (const golden::example& row : golden::examples("text/mt200.jsonl")) {
    ref += row.references.at(0) + '\n';
    a += row.hypothesis + '\n';
  }
  for (const golden::example& row : golden::examples("text/mt200.jsonl", "hyp2")) b += row.hypothesis + '\n';
  const auto printed = compared({f.write("ref.txt", ref), f.write("base.txt", a), f.write("cand.txt", b),
                                 "-m", "bleu,chrf,ter", "--preset", "sacrebleu"});
  const char* const names[] = {"BLEU", "chrF2", "TER"};
  for (std::size_t m = 0; m < 3; ++m) {
    const json::value found = printed.root()[m];
    const json::value bs = expected["sig"]["bs"][names[m]];
    cli_test::expect_close(found["baseline"], bs[0]["score"], names[m]);
    cli_test::expect_close(found["candidate"], bs[1]["score"], names[m]);
    cli_test::expect_close(found["sacrebleu"]["bs"]["baseline"]["mean"], bs[0]["mean"], names[m]);
    cli_test::expect_close(found["sacrebleu"]["bs"]["baseline"]["ci"], bs[0]["ci"], names[m]);
    cli_test::expect_close(found["sacrebleu"]["bs"]["candidate"]["mean"], bs[1]["mean"], names[m]);
    cli_test::expect_close(found["sacrebleu"]["bs"]["p_value"], bs[1]["p_value"], names[m]);
  }
}

// What a file is called, and what its ids are, cannot break the output.
TEST(cli_compare, quotes_names_in_every_format) {
  const systems s(40, 10, 2, 12);
  const std::string odd = s.write("a<b>&\"c\x1b[31m.jsonl", cli_test::read_file(s.cand));
  const std::string junit = compare({s.base, odd, "-m", "em", "-f", "junit", "-q"}).out;
  EXPECT_NE(junit.find("a&lt;b&gt;&amp;&quot;c\xEF\xBF\xBD[31m"), std::string::npos) << junit;
  EXPECT_EQ(compare({s.base, odd, "-m", "em", "-q"}).out.find('\x1b'), std::string::npos);
  EXPECT_EQ(first({s.base, odd, "-m", "em"}, "system"), "a<b>&\"c\x1b[31m");
}

TEST(cli_compare, refuses_what_means_nothing) {
  const systems s(20, 10, 2, 3);
  const auto refused = [&](std::vector<std::string> words, std::initializer_list<std::string_view> said) {
    const outcome done = compare(words);
    EXPECT_EQ(done.code, 2) << done.err;
    EXPECT_EQ(done.out, "");
    for (const std::string_view one : said) EXPECT_TRUE(done.says(one)) << one << " is not in: " << done.err;
  };
  refused({}, {"compare needs files", "--help"});
  refused({s.base}, {"baseline and a candidate"});
  refused({s.base, s.cand, "-m", "em", "--margin", "-1"}, {"--margin", "-1"});
  refused({s.base, s.cand, "-m", "em", "--margin", "five"}, {"--margin", "five"});
  refused({s.base, s.cand, "-m", "em", "--margin", "nan"}, {"--margin"});
  refused({s.base, s.cand, "-m", "em", "--min", "bleu=3"}, {"bleu"});
  refused({s.base, s.cand, "-m", "wer", "--min", "3"}, {"lower"});
  refused({s.base, s.cand, "-m", "em", "--primary", "bleu"}, {"bleu", "em"});
  refused({s.base, s.cand, "-m", "em", "--join", "outer"}, {"outer", "intersect"});
  refused({s.base, s.cand, "-m", "em", "--ci", "none"}, {"--ci none"});
  refused({s.base, s.cand, "-m", "em", "--format", "jsn"}, {"json"});
  refused({s.base, s.cand, "-m", "em", "--margn", "5"}, {"--margin"});
  refused({s.base, s.cand, "-m", "em", "--join", "worst", "--missing", "skip"}, {"--missing"});
  refused({s.base, s.path("none.jsonl"), "-m", "em"}, {"none.jsonl"});
  EXPECT_EQ(compare({"--help"}).code, 0);
  EXPECT_NE(compare({"--help"}).out.find("--margin"), std::string::npos);
}

TEST(cli_compare, of_a_handful_does_not_decide) {
  const systems s(5, 0, 0, 5);
  const auto printed = compared({s.base, s.cand, "-m", "bleu"});
  EXPECT_EQ(text(printed.root()[0]["verdict"]), "undecided");
  EXPECT_TRUE(printed.root()[0]["ci"].is_null());
  EXPECT_EQ(text(printed.root()[0]["ci_status"]), "too_few");
}

}  // namespace cli_compare_test
