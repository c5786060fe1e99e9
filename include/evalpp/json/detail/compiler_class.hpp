// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/detail/registry.hpp>
#include <evalpp/json/equal.hpp>
#include <evalpp/json/schema_options.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Turns a schema, and whatever it refers to, into a `program`. What nothing refers to is not compiled, but
/// its patterns and limits are looked at.
class compiler {
 public:
  compiler(program& p, const schema_options& options) : p_(p), options_(options), registry_(p, options) {}

  /// False: see `take_fault()`.
  bool compile(json::document&& text);
  error take_fault() { return registry_.take_fault(); }
  std::vector<schema_warning>& warnings() { return registry_.warnings(); }

 private:
  using fields = std::array<json::value, keyword_count>;
  json::value field(keyword word) const { return fields_[static_cast<std::size_t>(word)]; }

  index node_of(index place);
  index node_for(json::value schema) {
    const index at = registry_.place_of(schema);
    return at == hash_index::nothing ? none : node_of(at);
  }
  bool drain();
  void reach_dynamic_targets();
  bool build(index n);
  bool build_object(index n, json::value schema);
  bool build_types(index n);
  bool build_values(index n);
  bool build_numbers(index n);
  bool build_strings(index n);
  bool build_content(string_rules& rules);
  bool build_arrays(index n);
  bool build_objects(index n);
  void build_dependencies(object_rules& rules, index first);
  bool build_patterns(object_rules& rules);
  void build_slots(object_rules& rules);
  bool build_applicators(index n);
  bool build_reference(std::vector<applicator>& out);
  bool build_dynamic_reference(std::vector<applicator>& out);
  void build_list(std::vector<applicator>& out, keyword word, apply op);
  bool bound(keyword limit, keyword exclusive, int direction, number_bound& out);
  bool limit(keyword word, std::uint64_t& out);
  bool compile_pattern(std::string_view text, std::string_view keyword_name, std::string_view key,
                       index& out);
  index add_set(json::value values, bool single);
  index mention(index first, std::string_view name);
  range mention_all(index first, json::value names);
  index dynamic_name(std::string_view name);
  bool check_unused();
  bool find_loops();
  void forward_references();
  bool is_reference(const program_node& node) const;
  void fill_dynamic_tables();
  template <class Visit>
  void for_each_in_place(const program_node& node, Visit visit) const;

  program& p_;
  const schema_options& options_;
  registry registry_;
  fields fields_;
  index at_ = none;  // the place that is being built
  language rules_;
  std::vector<index> pending_;  // nodes
  std::vector<std::string_view> dynamic_names_;
  bool recursive_ = false;
  std::size_t anchors_seen_ = 0;
  std::size_t resources_seen_ = 0;
  hash_index patterns_by_text_;
  hash_index names_;  // of the object schema that is being built
  equality equality_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
