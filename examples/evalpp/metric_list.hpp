// SPDX-License-Identifier: MIT
#pragma once

#include "metric_spec.hpp"

#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// A metric of the command line: its name, its options for the help, and how to make it.
struct metric_entry {
  std::string name;
  std::string options;
  std::string summary;
  evalpp::any_metric (*make)(option_reader& options);
  /// For rows that hold sets of labels, in one text as `label_set_encoder` reads it; null: it has none.
  evalpp::any_metric (*make_for_sets)(option_reader& options) = nullptr;
  /// It reads JSON: a value that is no string is its own text, and references may be missing.
  bool reads_json = false;
};

/// Every metric, in the order of the help. A new metric is one line in metric_list.cpp.
const std::vector<metric_entry>& metric_list();

/// A metric as the user asked for it.
struct chosen_metric {
  metric_spec spec;
  evalpp::any_metric metric;
  std::optional<evalpp::any_metric> for_sets;  ///< takes the place of `metric` when rows hold sets of labels
  bool reads_json = false;
  std::vector<std::string> notes = {};  ///< what the user should be told
};

/// The first metric of that name, or that was typed so; nothing when there is none.
std::optional<std::size_t> find_metric(const std::vector<chosen_metric>& metrics, std::string_view name);

/// Makes the metrics of a `-m` list. Unknown names and options are errors that name the nearest
/// known one.
evalpp::result<std::vector<chosen_metric>> make_metrics(std::string_view list);

}  // namespace cli
