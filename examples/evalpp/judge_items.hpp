// SPDX-License-Identifier: MIT
#pragma once

#include "arguments.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/pairwise.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_options.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// What is judged: the items of a file one by one, or, with `--against`, the answers of two files in pairs.
struct judging {
  std::size_t items = 0;  ///< or pairs
  std::function<evalpp::judge::journal_head(const evalpp::judge::judge_options& who)> head;
  std::function<std::vector<evalpp::judge::job>(const evalpp::judge::judge_options& who,
                                                std::string_view secret)>
      jobs;
  evalpp::judge::judge_function read;  ///< the judge's answers
};

/// The answers of two systems to the same questions.
struct paired_answers {
  std::vector<evalpp::judge::answer_pair> pairs;
  evalpp::judge::system_names names;
};

/// Reads two files of answers and joins them by id, by the rule of `--join`; with notes on stderr unless
/// `--quiet`.
evalpp::result<paired_answers> read_pairs(const arguments& args, const std::string& baseline,
                                          const std::string& candidate);

/// Reads the files, with notes on stderr unless `--quiet`.
evalpp::result<judging> judging_from(const arguments& args, const evalpp::judge::rubric& by);

}  // namespace cli
