// SPDX-License-Identifier: MIT
// Prints the bits of every metric's scores over the examples of the laws, one by one and summed. What it
// prints may not depend on how it was compiled.
#include <laws/all_metrics.hpp>
#include <laws/examples.hpp>

#include <evalpp/json/write.hpp>
#include <evalpp/report/scores_json.hpp>

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

}  // namespace

int main() { print_all(laws::all_metrics{}); }
