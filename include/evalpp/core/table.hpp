// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/repeated_name.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/detail/wrap.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// What a column of the table holds: one metric, by name and signature.
struct column_info {
  std::string name;
  std::string signature;
  scale unit = scale::fraction;
  bool higher_is_better = true;
  bool sparse = false;    ///< named counts instead of `lanes` numbers
  std::size_t lanes = 0;  ///< the width of a dense row

  bool operator==(const column_info&) const = default;
};

/// What is known of an example besides its statistics: flags, so that an empty answer to a question
/// without one is both.
enum class row_state : std::uint8_t {
  scored = 0,
  empty_hypothesis = 1,  ///< measured, but the system said nothing
  no_reference = 2,      ///< measured only by metrics to which that means something
  missing = 4,           ///< no prediction: not measured ...
  counted_as_empty = 8,  ///< ... unless the user asked to count it as an empty one
};
constexpr row_state operator|(row_state a, row_state b) noexcept {
  return static_cast<row_state>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr bool has(row_state state, row_state flag) noexcept {
  return (static_cast<std::uint8_t>(state) & static_cast<std::uint8_t>(flag)) != 0;
}

/// Whether a row counts for a metric: it was measured, and it has a reference or the metric needs none.
constexpr bool is_counted(row_state state, bool without_reference) noexcept {
  const bool measured = !has(state, row_state::missing) || has(state, row_state::counted_as_empty);
  return measured && (without_reference || !has(state, row_state::no_reference));
}

/// A key that examples can be grouped by: `domain`, `language`; one value per row.
struct key_column {
  std::string name;
  std::vector<std::string> values;

  bool operator==(const key_column&) const = default;
};

/// The rows: n examples, and for each metric the statistics of every example. The central artefact:
/// every number that evalpp reports is a sum over these rows with some weights, scored.
class table {
 public:
  /// One metric's statistics, row after row.
  struct column {
    column_info info;
    std::vector<std::int64_t> dense;   ///< rows * info.lanes numbers
    std::vector<sparse_counts> named;  ///< one per row when info.sparse
    bool operator==(const column&) const = default;
  };

  table() = default;
  explicit table(std::vector<column_info> columns) {
    for (column_info& info : columns) columns_.push_back({std::move(info), {}, {}});
  }

  std::size_t rows() const noexcept { return states_.size(); }
  std::span<const column> columns() const noexcept { return columns_; }
  /// Makes room for n rows in all; new ones are all zero and `missing`, with their number as id.
  void resize(std::size_t n) {
    for (std::size_t i = ids_.size(); i < n; ++i) ids_.push_back(std::to_string(i));
    ids_.resize(n);
    states_.resize(n, row_state::missing);
    if (!clusters_.empty()) clusters_.resize(n);
    for (key_column& k : keys_) k.values.resize(n);
    if (!weights_.empty()) weights_.resize(n, 1);
    for (column& c : columns_) c.info.sparse ? c.named.resize(n) : c.dense.resize(n * c.info.lanes);
  }

  std::span<const std::int64_t> row(std::size_t c, std::size_t i) const noexcept {
    const column& of = columns_[c];
    return {of.dense.data() + i * of.info.lanes, of.info.lanes};
  }
  std::span<std::int64_t> row(std::size_t c, std::size_t i) noexcept {
    column& of = columns_[c];
    return {of.dense.data() + i * of.info.lanes, of.info.lanes};
  }
  const sparse_counts& named(std::size_t c, std::size_t i) const noexcept { return columns_[c].named[i]; }
  sparse_counts& named(std::size_t c, std::size_t i) noexcept { return columns_[c].named[i]; }

  std::span<const std::string> ids() const noexcept { return ids_; }
  std::span<std::string> ids() noexcept { return ids_; }
  std::span<const row_state> states() const noexcept { return states_; }
  std::span<row_state> states() noexcept { return states_; }

  /// The clusters of examples that depend on each other (one document, one speaker); empty when none.
  std::span<const std::string> clusters() const noexcept { return clusters_; }
  void set_clusters(std::vector<std::string> names) { clusters_ = std::move(names); }
  /// How many times each row counts; empty means once.
  std::span<const std::int64_t> weights() const noexcept { return weights_; }
  void set_weights(std::vector<std::int64_t> weights) { weights_ = std::move(weights); }
  std::span<const key_column> keys() const noexcept { return keys_; }
  void add_key(key_column key) { keys_.push_back(std::move(key)); }
  const key_column* find_key(std::string_view name) const noexcept {
    const auto at =
        std::find_if(keys_.begin(), keys_.end(), [&](const key_column& k) { return k.name == name; });
    return at == keys_.end() ? nullptr : &*at;
  }

  /// Forgets what was measured of row i, for an example that turns out not to count.
  void clear_row(std::size_t i) {
    for (column& c : columns_)
      if (c.info.sparse)
        c.named[i].clear();
      else
        std::fill_n(c.dense.begin() + static_cast<std::ptrdiff_t>(i * c.info.lanes), c.info.lanes, 0);
  }

  /// The number of rows with that flag.
  std::size_t count(row_state flag) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(states_.begin(), states_.end(), [flag](row_state s) { return has(s, flag); }));
  }

  /// The sum of a dense column over the rows that `chosen(i)` accepts.
  template <class Chosen>
  std::vector<std::int64_t> sum(std::size_t c, Chosen&& chosen) const {
    std::vector<std::int64_t> total(columns_[c].info.lanes);
    for (std::size_t i = 0; i < rows(); ++i)
      if (chosen(i)) {
        const auto from = row(c, i);
        const std::int64_t times = weights_.empty() ? 1 : weights_[i];
        for (std::size_t k = 0; k < from.size(); ++k)
          total[k] = detail::wrapping_sum(total[k], detail::wrapping_product(times, from[k]));
      }
    return total;
  }
  /// The sum of a sparse column over the rows that `chosen(i)` accepts.
  template <class Chosen>
  sparse_counts sum_named(std::size_t c, Chosen&& chosen) const {
    std::vector<sparse_counts::entry> all;
    for (std::size_t i = 0; i < rows(); ++i)
      if (chosen(i))
        for (std::size_t k = 0; k < named(c, i).size(); ++k) {
          const sparse_counts::entry e = named(c, i)[k];
          all.push_back({e.name, detail::wrapping_product(e.count, weights_.empty() ? 1 : weights_[i])});
        }
    // In the order of names, in which adding one is cheap, however many there are.
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    sparse_counts total;
    for (const sparse_counts::entry& e : all) total.add(e.name, e.count);
    return total;
  }

  /// Appends the rows of another part of the same evaluation: the same metrics and keys, in order, and
  /// other ids. Refuses everything else, and then changes nothing. O(rows of both) expected.
  status append(const table& other) {
    if (auto fits = check_fits(other); !fits) return fits;
    const auto extend = [](auto& into, const auto& from) {
      into.insert(into.end(), from.begin(), from.end());
    };
    extend(ids_, other.ids_);
    extend(states_, other.states_);
    extend(clusters_, other.clusters_);
    extend(weights_, other.weights_);
    for (std::size_t k = 0; k < keys_.size(); ++k) extend(keys_[k].values, other.keys_[k].values);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      extend(columns_[c].dense, other.columns_[c].dense);
      extend(columns_[c].named, other.columns_[c].named);
    }
    return std::monostate{};
  }

  bool operator==(const table&) const = default;

 private:
  status check_fits(const table& other) const {
    const auto mismatch = [](std::string message, std::string fix = {}) {
      return error{error_code::mismatch, std::move(message), std::move(fix)};
    };
    if (columns_.size() != other.columns_.size() || keys_.size() != other.keys_.size())
      return mismatch("the tables hold different numbers of metrics or keys",
                      "evaluate both with the same call");
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const column_info &a = columns_[c].info, &b = other.columns_[c].info;
      if (a == b) continue;
      if (a.name != b.name)
        return mismatch("the tables hold different metrics: '" + a.name + "' and '" + b.name + '\'',
                        "evaluate both with the same call");
      if (a.signature != b.signature)
        return mismatch("the tables hold '" + a.name + "' with different signatures: " + a.signature +
                            " and " + b.signature,
                        "evaluate both with the same options");
      return mismatch(
          "the tables hold different statistics of '" + a.name + "': its unit, direction or lanes differ",
          "evaluate both with the same version");
    }
    for (std::size_t k = 0; k < keys_.size(); ++k)
      if (keys_[k].name != other.keys_[k].name)
        return mismatch("the tables have different keys: " + keys_[k].name + " and " + other.keys_[k].name);
    if (rows() != 0 && other.rows() != 0 &&
        (weights_.empty() != other.weights_.empty() || clusters_.empty() != other.clusters_.empty()))
      return mismatch("one of the tables has weights or clusters and the other has none");
    const auto id = [&](std::size_t i) -> const std::string& {
      return i < rows() ? ids_[i] : other.ids_[i - rows()];
    };
    if (const auto twice = find_repeated_name(rows() + other.rows(), id))
      return error{error_code::duplicate, "the id \"" + id(twice->again) + "\" appears twice",
                   "each example is in one part, under an id of its own: set table::ids() of every part"};
    return std::monostate{};
  }

  std::vector<std::string> ids_;
  std::vector<row_state> states_;
  std::vector<std::string> clusters_;
  std::vector<std::int64_t> weights_;
  std::vector<key_column> keys_;
  std::vector<column> columns_;
};

}  // namespace evalpp::inline EVALPP_ABI
