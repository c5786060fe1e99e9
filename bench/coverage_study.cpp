// SPDX-License-Identifier: MIT
// How often the 95 % intervals cover, and how often the paired tests reject what is true, simulated; beside
// what an earlier study of the same intervals found reachable. `low` marks coverage that is more than two
// standard errors of both simulations below it, or below 95 % when that is less; `high` a size as far above
// it, or above 5 % when that is more.
// Of so many cells a few are marked by chance.
//
//   evalpp_coverage_study [--quick | --runs N] [--replicates N]

#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/clustered_mean.hpp>
#include <evalpp/stats/detail/unit_terms.hpp>
#include <evalpp/stats/mcnemar.hpp>
#include <evalpp/stats/mean_interval.hpp>
#include <evalpp/stats/moments.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/stats/proportion.hpp>
#include <evalpp/stats/randomization_test.hpp>
#include <evalpp/stats/saddlepoint.hpp>
#include <evalpp/stats/student_t.hpp>
#include <evalpp/stats/two_proportions.hpp>

#include "coverage_kinds.hpp"
#include "study.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

namespace stats = evalpp::stats;
using evalpp::interval;

struct plan {
  std::size_t runs = 4000;  // of up to 100 examples; half as many above
  std::size_t replicates = 2048;
};

constexpr std::array<std::size_t, 4> sizes{20, 50, 100, 500};
constexpr double none = -1;

enum method {
  by_default,
  bca_plus,
  saddlepoint,
  hall,
  student,
  wilson,
  clopper_pearson,
  wilson_deff,
  methods
};
constexpr const char* method_names[] = {"**default**", "bca+",   "saddlepoint bca+", "Hall's t",
                                        "Student's t", "Wilson", "Clopper-Pearson",  "Wilson, deff, t"};

// What that study found; for the saddlepoint the multinomial bca+, which it is the limit of.
struct reported {
  std::string_view kind;
  method how;
  double coverage[4];
};
constexpr reported study_table[] = {
    {"normal", bca_plus, {.956, .953, .950, .951}},
    {"normal", saddlepoint, {.947, .950, .949, .954}},
    {"normal", hall, {.951, .951, .951, .952}},
    {"normal", student, {.951, .951, .950, .952}},
    {"exp", bca_plus, {.945, .942, .945, .948}},
    {"exp", saddlepoint, {.937, .938, .943, .948}},
    {"exp", hall, {.948, .946, .948, .948}},
    {"exp", student, {.923, .935, .940, .949}},
    {"rouge", bca_plus, {.962, .959, .955, .948}},
    {"rouge", saddlepoint, {.955, .957, .954, .946}},
    {"rouge", hall, {.958, .958, .955, .951}},
    {"rouge", student, {.946, .951, .953, .949}},
    {"tox", bca_plus, {.597, .860, .955, .948}},
    {"tox", saddlepoint, {.580, .859, .955, .948}},
    {"tox", hall, {.674, .869, .967, .955}},
    {"tox", student, {.566, .860, .895, .938}},
    {"f1", bca_plus, {.958, .954, .955, .952}},
    {"f1", saddlepoint, {.952, .952, .954, .956}},
    {"f1", hall, {.950, .952, .953, .955}},
    {"f1", student, {.934, .946, .950, .955}},
    {"f1rare", bca_plus, {.754, .961, .981, .960}},
    {"f1rare", saddlepoint, {.746, .960, .981, .954}},
    {"f1rare", hall, {.560, .945, .989, .959}},
    {"f1rare", student, {.555, .883, .921, .946}},
    {"bleu", bca_plus, {.945, .945, .946, .949}},
    {"bin0.9", bca_plus, {.872, .975, .962, .959}},
    {"bin0.9", wilson, {.957, .970, .936, .956}},
    {"bin0.9", clopper_pearson, {.989, .970, .956, .963}},
    {"bin0.98", bca_plus, {.334, .628, .855, .943}},
    {"bin0.98", wilson, {.940, .922, .949, .964}},
    {"bin0.98", clopper_pearson, {.993, .982, .985, .977}},
    {"clus5", bca_plus, {.855, .974, .968, .951}},
    {"clus5", hall, {.910, .966, .964, .950}},
    {"clus5", wilson_deff, {.992, .961, .950, .946}},
    {"clus0", bca_plus, {.872, .960, .960, .954}},
    {"clus0", hall, {.933, .940, .950, .954}},
    {"clus0", wilson_deff, {.976, .946, .947, .952}},
};

// The method by which `score` makes the interval of such data.
method default_of(std::string_view kind) {
  const auto has = [&](method how) {
    return std::any_of(std::begin(study_table), std::end(study_table),
                       [&](const reported& r) { return r.kind == kind && r.how == how; });
  };
  for (const method how : {wilson_deff, wilson, saddlepoint})
    if (has(how)) return how;
  return bca_plus;
}

double reported_coverage(std::string_view kind, method how, std::size_t at) {
  if (how == by_default) how = default_of(kind);
  for (const reported& r : study_table)
    if (r.kind == kind && r.how == how) return r.coverage[at];
  return none;
}

// The intervals of one data set; those that were not asked for stay undefined.
std::array<interval, methods> intervals_of(const study::sample& s, method chosen,
                                           const std::array<bool, methods>& wanted, std::uint64_t seed,
                                           const plan& p) {
  std::array<interval, methods> out;
  const auto value = [](std::span<const std::int64_t> lanes) { return study::value_of(lanes); };
  out[bca_plus] = stats::bootstrap_interval(
      stats::bootstrap(evalpp::seq, s.units, value, {.seed = seed, .replicates = p.replicates}));
  const std::size_t n = s.u.size();
  if (wanted[saddlepoint]) out[saddlepoint] = stats::saddlepoint_ratio_interval(s.u, s.v);
  if (wanted[hall] || wanted[student]) {
    double u = 0, v = 0;
    for (std::size_t i = 0; i < n; ++i) u += s.u[i], v += s.v[i];
    const double estimate = v > 0 ? u / v : 0;
    std::vector<double> influence(n);
    for (std::size_t i = 0; i < n; ++i)
      influence[i] = v > 0 ? (s.u[i] - estimate * s.v[i]) / (v / static_cast<double>(n)) : 0;
    out[hall] = stats::hall_interval(estimate, influence);
    out[student] = stats::t_interval(estimate, stats::moments_of(influence).se, static_cast<double>(n) - 1);
  }
  const auto examples = static_cast<std::int64_t>(s.x.empty() ? n : s.x.size());
  if (wanted[wilson]) out[wilson] = stats::wilson_interval(s.right, examples);
  if (wanted[clopper_pearson]) out[clopper_pearson] = stats::clopper_pearson_interval(s.right, examples);
  if (wanted[wilson_deff]) {
    const auto c = stats::clustered_mean_of(s.x, s.cluster);
    const double deff = s.right == 0 || s.right == examples ? 1 : c.design_effect;
    out[wilson_deff] =
        stats::clustered_wilson_interval(s.right, examples, deff, static_cast<std::int64_t>(c.clusters));
  }
  const bool resampled = chosen == saddlepoint && stats::detail::rests_on_few(s.v);
  out[by_default] = out[resampled ? bca_plus : chosen];
  return out;
}

// How many of `runs` are true of each bit.
template <std::size_t Bits, class Run>
std::array<double, Bits> shares(std::size_t runs, const Run& run) {
  std::vector<std::array<bool, Bits>> found(runs);
  const evalpp::threads pool;
  pool.for_chunks(runs * evalpp::chunk_size, [&](std::size_t begin, std::size_t, std::size_t) {
    const std::size_t at = begin / evalpp::chunk_size;
    found[at] = run(at);
  });
  std::array<double, Bits> out{};
  for (std::size_t b = 0; b < Bits; ++b) {
    const auto hits = std::count_if(found.begin(), found.end(), [&](const auto& one) { return one[b]; });
    out[b] = static_cast<double>(hits) / static_cast<double>(runs);
  }
  return out;
}

std::size_t runs_of(const plan& p, std::size_t n) { return n > 100 ? p.runs / 2 : p.runs; }

double error_of(double share, std::size_t runs) {
  return std::sqrt(share * (1 - share) / static_cast<double>(runs));
}

// `.956 +- .003 (.950)`, and a mark when it is more than two errors of both simulations off.
std::string cell(double share, std::size_t runs, double theirs, std::size_t their_runs, bool high_is_bad,
                 int& marked, int& cells) {
  std::string text = study::number(share, 3) + " +- " + study::number(error_of(share, runs), 3);
  ++cells;
  if (theirs >= 0) text += " (" + study::number(theirs, 3) + ")";
  const double goal = high_is_bad ? std::max(theirs, 0.05) : std::min(theirs, 0.95);
  const double error = std::hypot(error_of(goal, runs), theirs < 0 ? 0 : error_of(theirs, their_runs));
  const double off = high_is_bad ? share - goal : goal - share;
  // Theirs are rounded to three places.
  if (off <= 2 * error + 0.0005) return text;
  ++marked;
  return text + (high_is_bad ? " **high**" : " **low**");
}

void print_coverage(const plan& p) {
  std::printf("Coverage of 95 %% intervals, in brackets the study's. bca+: %zu replicates.\n\n",
              p.replicates);
  std::printf("| data | interval | n = 20 | 50 | 100 | 500 |\n|---|---|---|---|---|---|\n");
  int marked = 0, cells = 0;
  const std::vector<study::kind> kinds = study::kinds();
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const study::kind& kind = kinds[k];
    const double truth = study::truth_of(kind);
    std::array<bool, methods> wanted{};
    for (std::size_t m = 0; m < methods; ++m)
      wanted[m] = reported_coverage(kind.name, static_cast<method>(m), 0) >= 0;
    std::array<std::string, methods> rows;
    for (std::size_t at = 0; at < sizes.size(); ++at) {
      const std::size_t runs = runs_of(p, sizes[at]);
      const auto covered = shares<methods>(runs, [&](std::size_t run) {
        study::random random(100 * k + at, run);
        study::sample s;
        s.units.lanes = 2;
        kind.draw(random, sizes[at], s);
        const auto intervals = intervals_of(s, default_of(kind.name), wanted, run, p);
        std::array<bool, methods> hit{};
        for (std::size_t m = 0; m < methods; ++m) hit[m] = intervals[m].contains(truth);
        return hit;
      });
      for (std::size_t m = 0; m < methods; ++m) {
        if (!wanted[m]) continue;
        const double theirs = reported_coverage(kind.name, static_cast<method>(m), at);
        rows[m] += ' ';
        rows[m] += cell(covered[m], runs, theirs, sizes[at] > 100 ? 3000 : 10'000, false, marked, cells);
        rows[m] += " |";
      }
    }
    for (std::size_t m = 0; m < methods; ++m)
      if (wanted[m])
        std::printf("| %.*s | %s |%s\n", static_cast<int>(kind.name.size()), kind.name.data(),
                    method_names[m], rows[m].c_str());
    std::fflush(stdout);
  }
  std::printf("\n%d of %d cells are marked.\n\n", marked, cells);
}

// ---- The size of the paired tests: systems that are equally good. ----

enum test { bootstrap_test, randomization, mid_p, exact, bca_interval, newcombe, tests };

struct size_setting {
  const char* name;
  std::size_t n;
  double discordant;  // 0/1 data; none for the others
  bool bleu;
  double theirs[tests];
};
constexpr size_setting size_settings[] = {
    {"0/1, 10 % differ", 20, .1, false, {.012, .001, .003, .000, .015, none}},
    {"0/1, 10 % differ", 50, .1, false, {.029, .010, .027, .009, .052, none}},
    {"0/1, 10 % differ", 100, .1, false, {.036, .020, .039, .019, .043, none}},
    {"0/1, 10 % differ", 500, .1, false, {.047, .039, .053, .039, .049, none}},
    {"0/1, 30 % differ", 20, .3, false, {.049, .014, .034, .014, .053, none}},
    {"0/1, 30 % differ", 100, .3, false, {.046, .034, .047, .032, .049, none}},
    {"beta", 20, none, false, {.070, .049, none, none, .071, none}},
    {"beta", 50, none, false, {.061, .054, none, none, .063, none}},
    {"beta", 100, none, false, {.054, .052, none, none, .057, none}},
    {"beta", 500, none, false, {.053, .053, none, none, .056, none}},
    {"bleu", 100, none, true, {.055, .049, none, none, .059, none}},
    {"bleu", 400, none, true, {.044, .044, none, none, .046, none}},
};

std::array<bool, tests> rejects(const size_setting& s, study::random& random, std::uint64_t seed,
                                const plan& p) {
  stats::paired_rows rows;
  stats::paired_table outcomes;
  for (std::size_t i = 0; i < s.n; ++i) {
    rows.units.keys.push_back(stats::mix64(i));
    std::vector<std::int64_t>& values = rows.units.values;
    if (s.bleu) {
      const double length = std::floor(6 + 25 * random.uniform()), quality = random.beta(6, 4);
      study::add_segment(random, length, quality, values);
      study::add_segment(random, length, quality, values);
    } else if (s.discordant >= 0) {
      const double u = random.uniform();
      const bool a = u < 0.6 || (u >= 1 - s.discordant && u < 1 - s.discordant / 2),
                 b = u < 0.6 || u >= 1 - s.discordant / 2;
      (a ? b ? outcomes.both : outcomes.first_only : b ? outcomes.second_only : outcomes.neither) += 1;
      values.insert(values.end(), {a, 1, b, 1});
    } else {
      const double item = random.beta(3, 2);
      for (int side = 0; side < 2; ++side)
        values.insert(values.end(), {std::llround(study::sample::scale * (item + random.beta(3, 2)) / 2),
                                     std::int64_t{1} << 32});
    }
  }
  rows.units.lanes = s.bleu ? 2 * study::bleu_lanes : 4;
  const auto value = [](std::span<const std::int64_t> lanes) { return study::value_of(lanes); };
  const auto difference = [&](std::span<const std::int64_t> lanes) {
    return value(rows.candidate(lanes)) - value(rows.baseline(lanes));
  };
  const stats::resampling_options options{.seed = seed, .replicates = p.replicates};
  std::array<bool, tests> out{};
  const auto distribution = stats::bootstrap(evalpp::seq, rows.units, difference, options);
  out[bootstrap_test] = stats::bootstrap_p(distribution) <= 0.05;
  out[bca_interval] = !stats::bootstrap_interval(distribution).contains(0);
  out[newcombe] = !stats::newcombe_paired_interval(outcomes).contains(0);
  out[randomization] = stats::randomization_test(evalpp::seq, rows, value, options).p <= 0.05;
  const auto m = stats::mcnemar(outcomes);
  out[mid_p] = m.p <= 0.05;
  out[exact] = m.p_exact <= 0.05;
  return out;
}

void print_sizes(const plan& p) {
  std::printf(
      "Size of the paired tests at 5 %%, and how often the intervals of a difference that is 0 leave it out; "
      "in "
      "brackets the study's\n(for bca+: its percentile interval).\n\n| data | n | bootstrap, centred | "
      "randomization | McNemar mid-p | McNemar "
      "exact | bca+ interval | Newcombe's interval |\n|---|---|---|---|---|---|---|---|\n");
  int marked = 0, cells = 0;
  std::uint64_t number = 10'000;
  for (const size_setting& s : size_settings) {
    ++number;
    const std::size_t runs = runs_of(p, s.n);
    const auto found = shares<tests>(runs, [&](std::size_t run) {
      study::random random(number, run);
      return rejects(s, random, run, p);
    });
    std::printf("| %s | %zu |", s.name, s.n);
    for (std::size_t t = 0; t < tests; ++t) {
      const bool applies = s.theirs[t] >= 0 || (t == newcombe && s.discordant >= 0);
      const std::size_t their_runs = s.bleu || s.n > 100 ? 3000 : 10'000;
      std::printf(" %s |",
                  applies ? cell(found[t], runs, s.theirs[t], their_runs, true, marked, cells).c_str() : "");
    }
    std::printf("\n");
    std::fflush(stdout);
  }
  std::printf("\n%d of %d cells are marked.\n", marked, cells);
}

bool read_count(std::string_view text, std::size_t& count) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  return code == std::errc{} && end == text.data() + text.size() && count > 0;
}

}  // namespace

int main(int argc, char** argv) {
  plan p;
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool more = i + 1 < words.size();
    if (words[i] == "--quick") {
      p = {.runs = 20, .replicates = 256};
    } else if (!(more && words[i] == "--runs" && read_count(words[++i], p.runs)) &&
               !(more && words[i] == "--replicates" && read_count(words[++i], p.replicates))) {
      std::fprintf(stderr, "evalpp_coverage_study [--quick | --runs N] [--replicates N]\n");
      return 2;
    }
  }
  print_coverage(p);
  print_sizes(p);
  return 0;
}
