// SPDX-License-Identifier: MIT
#include "compare_output.hpp"

#include <evalpp/text/utf8.hpp>
#include <evalpp/workflow/comparison_text.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace cli {
namespace {

namespace workflow = evalpp::workflow;
using workflow::gate_outcome;

// Text of XML 1.0: markup escaped, and what no document may hold replaced by U+FFFD.
std::string in_xml(std::string_view text) {
  std::string out;
  evalpp::text::for_each_code_point(text, [&](const evalpp::text::utf8_step& step, std::size_t) {
    const char32_t code = step.code_point;
    if (code == U'<')
      out += "&lt;";
    else if (code == U'>')
      out += "&gt;";
    else if (code == U'&')
      out += "&amp;";
    else if (code == U'"')
      out += "&quot;";
    else if ((code < 0x20 && code != U'\t' && code != U'\n' && code != U'\r') || code == 0xfffe ||
             code == 0xffff)
      evalpp::text::append_utf8(out, evalpp::text::replacement_character);
    else
      evalpp::text::append_utf8(out, code);
  });
  return out;
}

struct test_case {
  std::string classname, name, text;
  gate_outcome outcome;
};

}  // namespace

std::string comparison_junit(const compared_run& run, const std::vector<tried_gate>& gates,
                             bool fail_on_undecided) {
  std::vector<test_case> cases;
  for (const tried_gate& g : gates)
    cases.push_back({g.candidate + "." + g.metric, g.rule, g.sentence, g.outcome});
  if (gates.empty())
    for (const compared_candidate& c : run.candidates)
      for (std::size_t m = 0; m < run.metrics.size(); ++m) {
        const workflow::metric_comparison& found = c.found.metrics[m];
        const auto outcome = found.outcome == workflow::verdict::worse       ? gate_outcome::fail
                             : found.outcome == workflow::verdict::undecided ? gate_outcome::undecided
                                                                             : gate_outcome::pass;
        cases.push_back({c.name + "." + run.metrics[m].spec.text, "not worse than " + run.baseline,
                         workflow::sentence(found), outcome});
      }
  const auto failed = [&](const test_case& t) {
    return t.outcome == gate_outcome::fail || (t.outcome == gate_outcome::undecided && fail_on_undecided);
  };
  const auto failures = std::count_if(cases.begin(), cases.end(), failed);
  const auto skipped = std::count_if(cases.begin(), cases.end(), [&](const test_case& t) {
    return t.outcome == gate_outcome::undecided && !fail_on_undecided;
  });
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"evalpp\">\n<testsuite name=\"" +
      in_xml(run.baseline) + "\" tests=\"" + std::to_string(cases.size()) + "\" failures=\"" +
      std::to_string(failures) + "\" errors=\"0\" skipped=\"" + std::to_string(skipped) + "\">\n";
  for (const test_case& t : cases) {
    text += "<testcase classname=\"" + in_xml(t.classname) + "\" name=\"" + in_xml(t.name) + "\">";
    if (failed(t))
      text += "<failure message=\"" + in_xml(t.text) + "\" type=\"" + std::string(to_string(t.outcome)) +
              "\">" + in_xml(t.text) + "</failure>";
    else if (t.outcome == gate_outcome::undecided)
      text += "<skipped message=\"undecided: " + in_xml(t.text) + "\"/>";
    else
      text += "<system-out>" + in_xml(t.text) + "</system-out>";
    text += "</testcase>\n";
  }
  return text + "</testsuite>\n</testsuites>\n";
}

}  // namespace cli
