// SPDX-License-Identifier: MIT
#include "compare.hpp"
#include "console.hpp"
#include "judge.hpp"
#include "plan.hpp"
#include "schema.hpp"
#include "score.hpp"
#include "suggest.hpp"

#include <evalpp/version.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view usage = R"(evalpp: evaluation of language-model output

  evalpp score REF HYP...       score text files against a reference, line by line
  evalpp score RUN.jsonl...     score JSONL files that carry their references
  evalpp compare REF BASE CAND  is the candidate better than the baseline? with a verdict
  evalpp compare BASE.jsonl CAND.jsonl --margin 5
  evalpp plan --margin POINTS   how many items that takes, and what those at hand show
  evalpp schema SCHEMA FILE...  how often JSON, or model output, fits a schema, and how it fails
  evalpp judge run --rubric R   a language model as the judge, by a rubric; judge report reads its journal
  evalpp score --help           all options and metrics, with examples; likewise for the others
  evalpp --version

Results go to stdout, notes to stderr. Exit codes: 0 done, 1 a gate failed, 2 usage or bad input, 4 undecided where asked,
5 stopped and resumable.
)";

struct command {
  std::string_view name;
  int (*run)(const std::vector<std::string>& words);
};
constexpr command commands[] = {{"score", cli::score},
                                {"compare", cli::compare},
                                {"plan", cli::plan},
                                {"schema", cli::schema},
                                {"judge", cli::judge_command}};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    cli::write_stderr(usage);
    return cli::exit_usage;
  }
  const bool help = words[0] == "--help" || words[0] == "-h" || words[0] == "help";
  for (const command& c : commands) {
    if (help && words.size() > 1 && words[1] == c.name) return c.run({"--help"});
    if (words[0] == c.name) return c.run({words.begin() + 1, words.end()});
  }
  if (help) return cli::print(usage) ? cli::exit_ok : cli::exit_usage;
  if (words[0] == "--version")
    return cli::print("evalpp " EVALPP_VERSION_STRING "\n") ? cli::exit_ok : cli::exit_usage;
  return cli::fail({evalpp::error_code::unknown_name, "there is no command \"" + words[0] + "\"",
                    cli::suggestion(words[0], {"score", "compare", "plan", "schema", "judge", "help",
                                               "--help", "--version"})});
}
