// SPDX-License-Identifier: MIT
#include "console.hpp"
#include "schema.hpp"
#include "score.hpp"
#include "suggest.hpp"

#include <evalpp/version.hpp>

#include <string>
#include <vector>

namespace {

constexpr std::string_view usage = R"(evalpp: evaluation of language-model output

  evalpp score REF HYP...       score text files against a reference, line by line
  evalpp score RUN.jsonl...     score JSONL files that carry their references
  evalpp schema SCHEMA FILE...  how often JSON, or model output, fits a schema, and how it fails
  evalpp score --help           all options and metrics, with examples; likewise for schema
  evalpp --version

Results go to stdout, notes to stderr. Exit codes: 0 done, 1 a gate failed, 2 usage or bad input.
)";

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    cli::write_stderr(usage);
    return cli::exit_usage;
  }
  const bool help = words[0] == "--help" || words[0] == "-h" || words[0] == "help";
  if (help && words.size() > 1 && words[1] == "score") return cli::score({"--help"});
  if (help && words.size() > 1 && words[1] == "schema") return cli::schema({"--help"});
  if (help) return cli::print(usage) ? cli::exit_ok : cli::exit_usage;
  if (words[0] == "--version")
    return cli::print("evalpp " EVALPP_VERSION_STRING "\n") ? cli::exit_ok : cli::exit_usage;
  if (words[0] == "score") return cli::score({words.begin() + 1, words.end()});
  if (words[0] == "schema") return cli::schema({words.begin() + 1, words.end()});
  return cli::fail({evalpp::error_code::unknown_name, "there is no command \"" + words[0] + "\"",
                    cli::suggestion(words[0], {"score", "schema", "help", "--help", "--version"})});
}
