// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/sha256.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/completion_json.hpp>
#include <evalpp/judge/fence.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/request_key.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/rubric_json.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_options.hpp>
#include <evalpp/judge/unscored.hpp>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What judging items one by one and judging them in pairs have in common.
namespace evalpp::inline EVALPP_ABI::judge::detail {

/// All of an item that may change a verdict.
inline void hash_item(evalpp::detail::sha256_hasher& hasher, std::string_view id,
                      const std::vector<turn>& input, std::initializer_list<std::string_view> answers,
                      const std::vector<std::string>& references) {
  hasher.update_text(id);
  for (const turn& t : input) {
    hasher.update_text(t.role);
    hasher.update_text(t.text);
  }
  for (const std::string_view answer : answers) hasher.update_text(answer);
  hasher.update_text(std::to_string(input.size()) + ' ' + std::to_string(references.size()));
  for (const std::string& reference : references) hasher.update_text(reference);
}

/// The head of a journal of that kind of judging; `data` has hashed the items.
inline journal_head head_of(std::string_view kind, const rubric& by, std::string digest,
                            const judge_options& options, std::size_t items,
                            evalpp::detail::sha256_hasher& data) {
  std::string sampled;
  json::writer out(sampled);
  write_sampling(out, options.sampling);
  journal_head head;
  head.about = {{"kind", std::string(kind)},      {"rubric", to_json(by)},
                {"digest", std::move(digest)},    {"model", options.model},
                {"base_url", options.base_url},   {"sampling", std::move(sampled)},
                {"items", std::to_string(items)}, {"data", evalpp::detail::to_hex(data.finish())}};
  if (options.reask) head.about.emplace_back("reask", "once");
  if (!options.panel.empty()) {
    std::string judges;
    json::writer list(judges);
    list.begin_array();
    for (const std::string& name : options.panel) list.value(name);
    list.end_array();
    head.about.emplace_back("panel", std::move(judges));
  }
  if (options.samples != 1) head.about.emplace_back("samples", std::to_string(options.samples));
  return head;
}

/// Adds the calls that ask this of this item, one for each sample; `prompt(fence)` makes the messages,
/// `place(out)` writes more members of what the calls are for.
template <class Prompt, class Place>
void add_jobs(std::vector<job>& to, std::size_t row, const std::string& id, const judge_options& options,
              std::string_view secret, std::string_view schema, const Prompt& prompt, const Place& place) {
  request asked;
  asked.model = options.model;
  asked.fence = fence_of(secret, id);
  asked.messages = prompt(std::string_view(asked.fence));
  asked.schema = schema;
  asked.sampling = options.sampling;
  for (; asked.sample < options.samples; ++asked.sample) {
    std::string about;
    json::writer out(about);
    out.begin_object().member("row", row);
    write_text(out, "item", id);
    place(out);
    if (asked.sample != 0) out.member("sample", asked.sample);
    if (!options.panel.empty()) out.member("judge", options.model);
    out.end_object();
    std::string key = request_key(asked, options.base_url);
    to.push_back({std::move(key), std::move(about), asked});
    if (asked.sampling.seed) ++*asked.sampling.seed;
  }
}

/// Reads answers with that reader, and writes the members of a verdict with `write(out, verdict)`. Of several
/// choices the first counts.
template <class Reader, class Write>
judge_function judge_that_reads(Reader reader, Write write) {
  return [reader = std::make_shared<Reader>(std::move(reader)), write = std::move(write)](
             std::size_t, const completion& answer) {
    judgement out;
    auto found = decltype(reader->read(choice{})){std::nullopt, unscored::empty, "the model gave no answer"};
    if (!answer.choices.empty()) found = reader->read(answer.choices.front());
    if (found) {
      json::writer writer(out.outcome);
      writer.begin_object();
      write(writer, *found.value);
      writer.end_object();
    } else {
      out.reason = found.reason;
      out.detail = std::move(found.detail);
    }
    return out;
  };
}

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
