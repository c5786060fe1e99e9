// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/detail/tracer.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// The output forms of the specifications: 2019-09 and 2020-12 have flag, basic, detailed and verbose; v1 has
/// flag, list and hierarchical. Any dialect can be written in any of them.
enum class output_form : std::uint8_t {
  flag,          ///< {"valid": ...}
  basic,         ///< the errors, or the annotations of a valid value, one after another
  detailed,      ///< the same as a tree; what has one child only is left out
  verbose,       ///< the tree of all that was evaluated
  list,          ///< every schema that was evaluated, with its errors and annotations by keyword
  hierarchical,  ///< the same as a tree
};

namespace detail {

class output_writer {
 public:
  output_writer(std::string& text, bool overall) : out_(text), overall_(overall) {}

  void flag() { out_.begin_object().member("valid", overall_).end_object(); }

  void basic(const schema_trace& root) {
    open(overall_, root.evaluation_path, root.absolute, root.instance);
    out_.key(overall_ ? "annotations" : "errors").begin_array();
    flat(root);
    out_.end_array().end_object();
  }

  void verbose(const schema_trace& at) {
    open(at.valid, at.evaluation_path, at.absolute, at.instance);
    if (at.keywords.size() == 1 && at.keywords[0].name.empty()) {
      out_.member("error", at.keywords[0].error);
    } else {
      out_.key(at.valid ? "annotations" : "errors").begin_array();
      for (const keyword_trace& each : at.keywords) {
        open_keyword(at, each);
        if (!each.children.empty()) {
          out_.key(each.valid ? "annotations" : "errors").begin_array();
          for (const schema_trace& child : each.children) verbose(child);
          out_.end_array();
        }
        out_.end_object();
      }
      out_.end_array();
    }
    out_.end_object();
  }

  void detailed(const schema_trace& at) {
    if (tell_schema(at, true)) return;
    open(at.valid, at.evaluation_path, at.absolute, at.instance);
    out_.end_object();
  }

  void list(const schema_trace& root) {
    out_.begin_object().member("valid", overall_).key("details").begin_array();
    list_units(root, true);
    out_.end_array().end_object();
  }

  void hierarchical(const schema_trace& at, bool kept) {
    unit(at, kept);
    bool any = false;
    for (const keyword_trace& each : at.keywords) {
      for (const schema_trace& child : each.children) {
        if (!any) out_.key("details").begin_array();
        any = true;
        hierarchical(child, kept && at.valid && each.valid && child.valid);
      }
    }
    if (any) out_.end_array();
    out_.end_object();
  }

 private:
  void open(bool valid, const std::string& path, const std::string& absolute, const std::string& instance) {
    out_.begin_object()
        .member("valid", valid)
        .member("keywordLocation", path)
        .member("absoluteKeywordLocation", absolute)
        .member("instanceLocation", instance);
  }
  void open_keyword(const schema_trace& at, const keyword_trace& each) {
    std::string path = at.evaluation_path;
    append_pointer(path, each.name);
    std::string pointer;
    append_pointer(pointer, each.name);
    open(each.valid, path, at.absolute + percent_encode_fragment(pointer), at.instance);
    if (!each.valid) out_.member("error", each.error);
    if (each.valid && !each.annotation.empty()) out_.key("annotation").raw(each.annotation);
  }

  /// Failures below failures, or annotations that stand.
  void flat(const schema_trace& at) {
    if (at.valid != overall_) return;
    for (const keyword_trace& each : at.keywords) {
      if (each.valid != overall_) continue;
      if (each.name.empty()) {
        open(false, at.evaluation_path, at.absolute, at.instance);
        out_.member("error", each.error).end_object();
      } else if (!overall_ || !each.annotation.empty()) {
        open_keyword(at, each);
        out_.end_object();
      }
      for (const schema_trace& child : each.children) flat(child);
    }
  }

  bool tells(const schema_trace& at) const {
    if (at.valid != overall_) return false;
    for (const keyword_trace& each : at.keywords) {
      if (tells(each)) return true;
    }
    return false;
  }
  bool tells(const keyword_trace& each) const {
    if (each.valid != overall_) return false;
    if (!overall_ || !each.annotation.empty()) return true;
    for (const schema_trace& child : each.children) {
      if (tells(child)) return true;
    }
    return false;
  }

  /// Writes a unit of the detailed form; false when there was nothing to write.
  bool tell_schema(const schema_trace& at, bool root) {
    std::vector<const keyword_trace*> told;
    for (const keyword_trace& each : at.keywords) {
      if (tells(each)) told.push_back(&each);
    }
    if (told.empty() || at.valid != overall_) return false;
    if (told.size() == 1 && !root) {
      tell_keyword(at, *told[0]);
      return true;
    }
    open(at.valid, at.evaluation_path, at.absolute, at.instance);
    if (told.size() == 1 && told[0]->name.empty()) {
      out_.member("error", told[0]->error);
    } else {
      out_.key(overall_ ? "annotations" : "errors").begin_array();
      for (const keyword_trace* each : told) tell_keyword(at, *each);
      out_.end_array();
    }
    out_.end_object();
    return true;
  }
  void tell_keyword(const schema_trace& at, const keyword_trace& each) {
    std::vector<const schema_trace*> told;
    for (const schema_trace& child : each.children) {
      if (tells(child)) told.push_back(&child);
    }
    if (each.name.empty()) {
      open(false, at.evaluation_path, at.absolute, at.instance);
      out_.member("error", each.error).end_object();
      return;
    }
    if (told.size() == 1 && (!overall_ || each.annotation.empty())) {
      tell_schema(*told[0], false);
      return;
    }
    open_keyword(at, each);
    if (!told.empty()) {
      out_.key(overall_ ? "annotations" : "errors").begin_array();
      for (const schema_trace* child : told) tell_schema(*child, false);
      out_.end_array();
    }
    out_.end_object();
  }

  /// A unit of v1 without its end. `kept`: nothing above it failed, so its annotations stand.
  void unit(const schema_trace& at, bool kept) {
    out_.begin_object()
        .member("valid", at.valid)
        .member("evaluationPath", at.evaluation_path)
        .member("schemaLocation", at.absolute)
        .member("instanceLocation", at.instance);
    bool errors = false;
    for (const keyword_trace& each : at.keywords) {
      if (each.valid) continue;
      if (!errors) out_.key("errors").begin_object();
      errors = true;
      out_.member(each.name, each.error);
    }
    if (errors) out_.end_object();
    bool annotations = false;
    for (const keyword_trace& each : at.keywords) {
      // The output schema has dropped annotations in units that failed only.
      if (!each.valid || each.annotation.empty() || (at.valid && !kept)) continue;
      if (!annotations) out_.key(at.valid ? "annotations" : "droppedAnnotations").begin_object();
      annotations = true;
      out_.key(each.name).raw(each.annotation);
    }
    if (annotations) out_.end_object();
  }
  void list_units(const schema_trace& at, bool kept) {
    unit(at, kept && at.valid);
    out_.end_object();
    for (const keyword_trace& each : at.keywords) {
      for (const schema_trace& child : each.children)
        list_units(child, kept && at.valid && each.valid && child.valid);
    }
  }

  writer out_;
  bool overall_;
};

}  // namespace detail

/// What a schema says about a value, as JSON text in one of the output forms. Every branch is followed, so
/// this is for looking into things; for verdicts there is `validator`. Errors: `limit` when more than 100,000
/// schemas would be evaluated, or the check itself gives up.
inline result<std::string> output(const schema& s, json::value v, output_form form,
                                  validation_limits limits = {}) {
  validator check(s, limits);
  const verdict found = check.check(v);
  if (found == verdict::limit)
    return error{.code = error_code::limit, .message = std::string(to_string(check.limit()))};
  std::string text;
  detail::output_writer out(text, found == verdict::valid);
  if (form == output_form::flag) {
    out.flag();
    return text;
  }
  detail::engine engine;
  engine.start(s.program(), limits);
  detail::tracer tracer(s.program(), engine);
  const detail::schema_trace root = tracer.trace(v);
  if (tracer.exhausted()) return error{.code = error_code::limit, .message = "the output would be too large"};
  switch (form) {
    case output_form::flag:
      break;
    case output_form::basic:
      out.basic(root);
      break;
    case output_form::detailed:
      out.detailed(root);
      break;
    case output_form::verbose:
      out.verbose(root);
      break;
    case output_form::list:
      out.list(root);
      break;
    case output_form::hierarchical:
      out.hierarchical(root, root.valid);
      break;
  }
  return text;
}

}  // namespace evalpp::inline EVALPP_ABI::json
