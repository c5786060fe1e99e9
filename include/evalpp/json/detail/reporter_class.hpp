// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/describe.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/place_pointer.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/schema_error.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// One step of a way through the value: a member or an item. Lives on the stack of the walk.
struct instance_step {
  const instance_step* outer = nullptr;
  std::size_t position = 0;  ///< among its siblings
  bool keyed = false;
  std::string_view key = {};
};

/// One step of a way through the schema.
struct schema_step {
  const schema_step* outer = nullptr;
  keyword word = keyword::unknown;
  bool keyed = false;
  std::string_view key = {};
  bool indexed = false;
  std::size_t position = 0;
};

/// Walks over a value that does not fit and says why. Not made for speed but bounded: it explains only so
/// much of nested unions and keeps only so many errors.
class reporter {
 public:
  static constexpr std::size_t max_errors = 32;

  reporter(const program& p, engine& e) : p_(p), engine_(e) {}

  /// The errors of a value, sorted; `total` counts those that were not kept too.
  std::vector<schema_error> explain(json::value root, std::size_t& total);

  /// What the keywords of one schema have against a value, without what their subschemas have.
  std::vector<std::pair<keyword, std::string>> own_faults(index n, json::value v, engine::scope where);

 private:
  /// Where the walk is.
  struct context {
    const instance_step* instance = nullptr;
    const schema_step* schema = nullptr;
    engine::scope where = 0;
  };
  struct record {
    schema_error error;
    std::vector<std::size_t> order;  // positions from the root down
  };
  using records = std::vector<record>;
  static constexpr std::size_t max_records = 1024;
  static constexpr std::size_t max_steps = 200'000;
  static constexpr std::size_t max_depth = 1500;
  static constexpr std::size_t max_union_depth = 4;

  /// Notes what is wrong; true when nothing is.
  bool walk(index n, json::value v, const context& at);
  bool walk_node(const program_node& node, json::value v, const context& at);
  bool walk_types(const program_node& node, json::value v, const context& at);
  bool walk_values(const program_node& node, json::value v, const context& at);
  bool walk_number(const program_node& node, json::value v, const context& at);
  bool walk_string(const program_node& node, json::value v, const context& at);
  bool walk_array(const array_rules& rules, const program_node& node, json::value v, const context& at);
  bool walk_contains(const array_rules& rules, json::value v, const context& at);
  bool walk_object(const object_rules& rules, const program_node& node, json::value v, const context& at);
  bool walk_required(const object_rules& rules, json::value v, const context& at);
  bool walk_members(const object_rules& rules, json::value v, const context& at);
  bool walk_dependencies(const object_rules& rules, json::value v, const context& at);
  bool walk_unevaluated(const program_node& node, json::value v, const context& at);
  bool walk_applicator(const applicator& each, json::value v, const context& at);
  bool walk_union(const applicator& each, json::value v, const context& at);
  bool walk_condition(const applicator& each, json::value v, const context& at);
  bool no_branch(const applicator& each, json::value v, const context& at);
  bool forbidden(json::value v, const context& at, index n);
  records explain_branch(const applicator& each, index branch, json::value v, const context& at);
  std::string_view discriminator(const applicator& each, json::value v) const;
  const program_node& behind_references(index n) const;
  std::string condition_text(index n, json::value v) const;

  /// Whether what is found now may still be shown: only then names that are near are looked for.
  bool telling() const { return records_.size() < 2 * max_errors; }
  bool holds(index n, json::value v, engine::scope where) { return engine_.run(n, v, 0, where); }
  json::value field(const program_node& node, keyword word) const {
    const language& rules = p_.resources[node.resource].rules;
    return p_.places[node.place].schema.find(name_of(word, rules.base));
  }
  /// Adds an error at a keyword of the schema at hand; false, for `return`.
  bool add(const context& at, keyword word, schema_error_kind kind, json::value v, std::string message,
           std::string expected, std::vector<schema_error> causes = {});
  bool add_at(const context& at, std::string_view keyword, std::string location, schema_error_kind kind,
              std::string message, std::string expected, std::string got,
              std::vector<schema_error> causes = {});
  void place_error(schema_error& e, const context& at, std::vector<std::size_t>& order) const;
  static std::string schema_pointer(const schema_step* at);

  const program& p_;
  engine& engine_;
  records records_;
  std::size_t total_ = 0;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  std::size_t unions_ = 0;
  bool shallow_ = false;  // subschemas are not looked into
  index node_ = none;     // whose keyword an error is about
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
