// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/client.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/completion_json.hpp>
#include <evalpp/judge/detail/append_file.hpp>
#include <evalpp/judge/detail/json_fields.hpp>
#include <evalpp/judge/detail/log_lines.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/request_key.hpp>
#include <evalpp/version.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

// A recording, format version 1. JSONL; the first line says where was asked, then comes one line per call:
//
//   {"format":"evalpp-recording","format_version":1,"library":"0.1.0","base_url":"https://..."}
//   {"key":"a7...","request":{...},"completion":{...}}
//
// "request" and "completion" are what completion_json.hpp writes; the key is `request_key`. Recordings may be
// appended to one another. Members that a reader does not know are passed over; a change that a reader may
// not pass over raises `format_version`. Recordings of every older version load for ever.

namespace evalpp::inline EVALPP_ABI::judge {

/// The version of the recordings that this library writes; it reads them up to this one.
inline constexpr std::int64_t recording_format_version = 1;

/// Answers from a recording: without a network, a key or a cost. Of several answers to the same request the
/// last counts that is no error. A request that was not recorded fails with `call_error::invalid_request`,
/// and is counted: an answer to another request is never given for it.
class replay_client final : public client, public async_client {
 public:
  /// Reads a recording. A last line that is cut is left out and noted; fails for any other line that is none.
  static result<replay_client> load(const std::string& path) {
    auto bytes = data::read_bytes(path);
    if (!bytes) return std::move(bytes.error());
    return parse(path, *bytes);
  }

  /// Reads a recording that is in memory; `file` is its name in messages.
  static result<replay_client> parse(const std::string& file, std::string_view text);

  replay_client(replay_client&& other) noexcept
      : file_(std::move(other.file_)),
        base_url_(std::move(other.base_url_)),
        answers_(std::move(other.answers_)),
        notes_(std::move(other.notes_)),
        done_(std::move(other.done_)),
        missing_(other.missing_),
        end_(other.end_) {}

  completion complete(const request& asked) override {
    const std::string key = request_key(asked, base_url_);
    if (const auto at = answers_.find(key); at != answers_.end()) return at->second;
    ++missing_;
    completion none;
    none.error = call_error::invalid_request;
    none.message = "the recording " + file_ + " has no answer to this request (key " + key +
                   "): the prompt, the model or the sampling has changed; record it again";
    return none;
  }

  void start(const request& asked, call_ticket ticket) override {
    done_.push_back({ticket, complete(asked)});
  }
  void wait(double, std::vector<finished_call>& done) override {
    for (finished_call& call : done_) done.push_back(std::move(call));
    done_.clear();
  }
  void cancel(call_ticket) override {}  // all have finished

  std::size_t size() const { return answers_.size(); }              ///< different requests with an answer
  const std::string& base_url() const { return base_url_; }         ///< where was asked
  std::size_t missing() const { return missing_; }                  ///< requests so far without an answer
  const std::vector<std::string>& notes() const { return notes_; }  ///< what was odd about the file

 private:
  friend class recording_client;
  replay_client() = default;

  std::string file_, base_url_;
  std::unordered_map<std::string, completion> answers_;
  std::vector<std::string> notes_;
  std::vector<finished_call> done_;
  std::size_t missing_ = 0;
  detail::log_end end_;
};

/// Passes calls on to another client and writes what comes of each into a recording, a line at a time. Calls
/// that were canceled have no answer and are not written. To record a `client`, make an `async_client` of it
/// with `one_by_one`. The other client must outlive it.
class recording_client final : public async_client {
 public:
  /// Makes the recording, or adds to it. `base_url` names where is asked and is part of the keys. Fails when
  /// the file cannot be written, another process writes it, or it is something else.
  static result<recording_client> open(const std::string& path, std::string base_url, async_client& answers);

  recording_client(recording_client&& other) noexcept
      : client_(other.client_),
        base_url_(std::move(other.base_url_)),
        file_(std::move(other.file_)),
        flying_(std::move(other.flying_)),
        fault_(std::move(other.fault_)) {}

  void start(const request& asked, call_ticket ticket) override {
    flying_[ticket] = asked;
    client_->start(asked, ticket);
  }

  void wait(double seconds, std::vector<finished_call>& done) override {
    const std::size_t before = done.size();
    client_->wait(seconds, done);
    for (std::size_t i = before; i < done.size(); ++i) {
      const auto call = flying_.extract(done[i].ticket);
      if (!call.empty() && done[i].completion.error != call_error::canceled)
        record(call.mapped(), done[i].completion);
    }
  }

  void cancel(call_ticket ticket) override { client_->cancel(ticket); }
  std::size_t capacity() const override { return client_->capacity(); }

  /// The first error of writing, if there was one: answers are passed on all the same.
  const std::optional<evalpp::error>& fault() const { return fault_; }

 private:
  recording_client(async_client& answers, std::string base_url, detail::append_file file)
      : client_(&answers), base_url_(std::move(base_url)), file_(std::move(file)) {}

  void record(const request& asked, const completion& answer) {
    std::string line;
    json::writer out(line);
    out.begin_object().member("key", request_key(asked, base_url_));
    write_request(out.key("request"), asked);
    write_completion(out.key("completion"), answer);
    out.end_object().line();
    if (auto written = file_.append(line); !written && !fault_) fault_ = std::move(written.error());
  }

  async_client* client_;
  std::string base_url_;
  detail::append_file file_;
  std::unordered_map<call_ticket, request> flying_;
  std::optional<evalpp::error> fault_;
};

inline result<replay_client> replay_client::parse(const std::string& file, std::string_view text) {
  replay_client made;
  made.file_ = file;
  detail::log_end& end = made.end_;
  const auto read = detail::each_log_line(text, end, [&](const detail::log_line& line) -> status {
    const auto refuse = [&](evalpp::error e) { return detail::at_line(std::move(e), file, line.number); };
    if (line.number == 1 || line.object.contains("format")) {
      auto good =
          detail::require_format(line.object, "evalpp-recording", recording_format_version, "recording");
      if (!good) return refuse(std::move(good.error()));
      detail::field_reader head(line.object);
      std::string base_url;
      head.text("base_url", base_url);
      if (!head.wrong().empty()) return refuse(detail::wrong_field("recording's first line", head.wrong()));
      if (line.number != 1 && base_url != made.base_url_)
        return refuse({.code = error_code::mismatch,
                       .message = "the recordings in this file are of different servers",
                       .fix = "keep them in files of their own"});
      made.base_url_ = std::move(base_url);
      return std::monostate{};
    }
    auto asked = read_request(line.object["request"]);
    if (!asked) return refuse(std::move(asked.error()));
    auto answer = read_completion(line.object["completion"]);
    if (!answer) return refuse(std::move(answer.error()));
    // By the request, not by the key that stands there: a recording may be edited by hand.
    const auto [at, first] = made.answers_.try_emplace(request_key(*asked, made.base_url_));
    if (first || answer->ok() || !at->second.ok()) at->second = std::move(*answer);
    return std::monostate{};
  });
  if (!read) return read.error();
  if (end.lines == 0)
    return detail::at_line({.code = error_code::syntax, .message = "the recording is empty"}, file, 1);
  if (end.torn)
    made.notes_.push_back(file + ":" + std::to_string(end.lines) + ": the last line is cut and was left out");
  if (end.replaced_surrogates != 0)
    made.notes_.push_back(file + ": replaced " + std::to_string(end.replaced_surrogates) +
                          " halves of characters by U+FFFD");
  return made;
}

inline result<recording_client> recording_client::open(const std::string& path, std::string base_url,
                                                       async_client& answers) {
  auto file = detail::append_file::open(path);
  if (!file) return std::move(file.error());
  if (file->size() == 0) {
    std::string line;
    json::writer out(line);
    out.begin_object()
        .member("format", "evalpp-recording")
        .member("format_version", recording_format_version);
    out.member("library", EVALPP_VERSION_STRING);
    detail::write_text(out, "base_url", base_url);
    out.end_object().line();
    if (auto written = file->append(line); !written) return std::move(written.error());
  } else {
    auto bytes = data::read_bytes(path);
    if (!bytes) return std::move(bytes.error());
    const auto held = replay_client::parse(path, *bytes);
    if (!held) return held.error();
    if (held->base_url() != base_url)
      return evalpp::error{
          .code = error_code::mismatch,
          .message = "the recording is of \"" + held->base_url() + "\", this run asks \"" + base_url + '"',
          .fix = "begin a new recording",
          .file = path,
          .line = 1};
    if (auto mended = detail::mend(*file, held->end_); !mended) return std::move(mended.error());
  }
  return recording_client(answers, std::move(base_url), std::move(*file));
}

}  // namespace evalpp::inline EVALPP_ABI::judge
