// SPDX-License-Identifier: MIT
// Prints the bits of every metric's scores over the examples of the laws, one by one and summed, and those of
// a comparison of two systems. What it prints may not depend on how it was compiled.
#include <laws/all_metrics.hpp>
#include <laws/examples.hpp>

#include <evalpp/core/evaluate.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/workflow/compare.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace {

const std::vector<laws::example> examples = laws::examples();

template <class M>
void print(const M& metric) {
  typename M::statistics total{};
  const auto line = [&](const typename M::statistics& statistics) {
    const evalpp::reported_score score = evalpp::reported(metric, statistics);
    std::string parts;
    evalpp::json::writer out(parts);
    evalpp::report::write_parts(out, score.parts);
    std::printf("%s %s %016llx %s\n", score.name.c_str(), score.full_signature().c_str(),
                static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(score.value)), parts.c_str());
  };
  for (const laws::example& e : examples) {
    const auto one = evalpp::measure(metric, e.hypothesis, e.references);
    line(one);
    total += one;
  }
  line(total);
}

template <class... Metrics>
void print_all(laws::metric_list<Metrics...>) {
  const auto with_all_options = [](const auto& metrics) {
    for (const auto& metric : metrics) print(metric);
  };
  (with_all_options(laws::variants(Metrics{})), ...);
}

std::string bits(double value) {
  char text[20];
  std::snprintf(text, sizeof text, " %016llx",
                static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(value)));
  return text;
}

// Two systems of which one drops every third word more often, by metrics of every kind of interval.
void print_comparison() {
  std::vector<std::string> references, first, second;
  for (std::uint64_t i = 0; i < 60; ++i) {
    std::string reference, a, b;
    for (std::uint64_t w = 0; w < 12; ++w) {
      const std::uint64_t random = evalpp::stats::mix64(i * 12 + w);
      const std::string word = "w" + std::to_string(random % 50) + ' ';
      reference += word;
      if (random % 11 != 0) a += word;
      if (random % 7 != 0) b += word;
    }
    references.push_back(reference);
    first.push_back(i % 5 == 0 ? reference : a);
    second.push_back(b);
  }
  const auto run = [&](const std::vector<std::string>& hypotheses) {
    return evalpp::evaluate(hypotheses, references, evalpp::bleu{}, evalpp::rouge_l{}, evalpp::ter{},
                            evalpp::exact_match{});
  };
  for (const evalpp::workflow::metric_comparison& m : evalpp::compare(run(first), run(second)).metrics) {
    std::string line = m.baseline.name;
    for (const evalpp::interval& ci : {*m.baseline.ci, *m.candidate.ci, m.ci})
      line += bits(ci.lo) + bits(ci.hi);
    line += bits(m.delta) + bits(m.standard_error) + bits(m.effect_size) + bits(m.p_bootstrap) + bits(m.p());
    std::printf("%s %s\n", line.c_str(), std::string(to_string(m.outcome)).c_str());
  }
}

}  // namespace

int main() {
  print_all(laws::all_metrics{});
  print_comparison();
}
