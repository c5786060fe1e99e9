// SPDX-License-Identifier: MIT
#pragma once

#include "arguments.hpp"
#include "metric_list.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// What the commands that measure systems share: which files are read and how, which metrics, which intervals.
namespace cli {

/// The options that the functions below read, followed by a command's own.
std::vector<option> with_run_options(std::vector<option> own);

/// The metrics of every `-m`, in order; none when none was given.
evalpp::result<std::vector<chosen_metric>> chosen_metrics(const arguments& args);

/// What is measured when the user names no metric.
std::string default_metrics(const arguments& args, const evalpp::data::read_options& options,
                            const std::vector<evalpp::data::dataset>& systems);

/// How the files are read for these metrics.
evalpp::result<evalpp::data::read_options> read_options_from(const arguments& args,
                                                             const std::vector<chosen_metric>& metrics);

/// `--threads`; 0 for every core.
evalpp::result<std::size_t> thread_count(const arguments& args);

/// The intervals that were asked for; none for `--ci none`.
evalpp::result<std::optional<evalpp::stats::score_interval_options>> intervals_from(const arguments& args);

/// Whether `--format` asks for JSON rather than a table; an error for any other format.
evalpp::result<bool> json_asked(const arguments& args);

/// Reads the files, with notes on stderr unless `--quiet`. A file without an example is an error.
evalpp::result<std::vector<evalpp::data::dataset>> read_systems(const arguments& args,
                                                                const evalpp::data::read_options& options);
/// The same for other files than those on the command line.
evalpp::result<std::vector<evalpp::data::dataset>> read_systems(const arguments& args,
                                                                const evalpp::data::read_options& options,
                                                                const std::vector<std::string>& files);

}  // namespace cli
