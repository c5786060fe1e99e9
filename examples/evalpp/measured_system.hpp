// SPDX-License-Identifier: MIT
#pragma once

#include "metric_list.hpp"

#include <evalpp/core/table.hpp>
#include <evalpp/data/dataset.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cli {

/// How systems are measured.
struct measure_options {
  std::size_t threads = 0;
  bool missing_is_worst = false;  ///< a row without a prediction counts as wrong; otherwise it is left out
  bool quiet = false;             ///< no progress on stderr
  bool clustered = false;         ///< rows of one cluster are drawn together
};

/// A system and its measured rows; column k is metric k.
struct measured_system {
  std::string name;
  bool joined_by_position = false;
  evalpp::table rows;
};

/// Measures every system by every metric. Metrics of labels turn to sets of labels when a row of any system
/// holds a list of them.
std::vector<measured_system> measure_systems(std::vector<chosen_metric>& metrics,
                                             std::vector<evalpp::data::dataset> systems,
                                             const measure_options& options);

}  // namespace cli
