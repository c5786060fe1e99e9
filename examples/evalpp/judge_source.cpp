// SPDX-License-Identifier: MIT
#include "judge_source.hpp"

#include "suggest.hpp"

#include <evalpp/data/file.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/judge/clients/anthropic_messages.hpp>
#include <evalpp/judge/clients/openai_chat.hpp>
#include <evalpp/judge/clients/openai_responses.hpp>
#include <evalpp/judge/clients/server_address.hpp>
#if defined(EVALPP_WITH_CURL)
#include <evalpp/judge/curl.hpp>
#endif

#include <array>
#include <string_view>
#include <utility>
#include <variant>

namespace cli {
namespace {

namespace judge = evalpp::judge;
using evalpp::error;
using evalpp::error_code;

bool is_price(double usd) { return usd >= 0 && usd < 1e6; }

// "IN,OUT", USD per million tokens.
evalpp::result<judge::price> parse_price(const std::string& text) {
  judge::price out;
  const std::size_t comma = text.find(',');
  const std::string_view all = text;
  if (comma != std::string::npos && parse_number(all.substr(0, comma), out.prompt) &&
      parse_number(all.substr(comma + 1), out.completion) && is_price(out.prompt) && is_price(out.completion))
    return out;
  return refusal("--price cannot be \"" + text + '"',
                 "give USD per million tokens of prompts and of answers, such as 0.15,0.6");
}

// {"MODEL": {"prompt": IN, "completion": OUT, "cached": CACHED}} or {"MODEL": [IN, OUT]}; the model's price,
// or nothing when it is not there.
evalpp::result<std::optional<judge::price>> price_in_file(const std::string& path, const std::string& model) {
  const auto bytes = evalpp::data::read_bytes(path);
  if (!bytes) return bytes.error();
  const auto parsed = evalpp::json::parse(*bytes);
  if (!parsed) {
    error e = parsed.error();
    e.file = path;
    return e;
  }
  const auto refuse = [&](const std::string& message) {
    error e = refusal(message,
                      R"(write {"MODEL": {"prompt": 0.15, "completion": 0.6}}, in USD per million tokens)");
    e.file = path;
    return e;
  };
  if (!parsed->root().is_object()) return refuse("the prices are no object of models");
  const evalpp::json::value found = parsed->root()[model];
  if (!found.exists()) return std::optional<judge::price>{};
  const bool pair = found.is_array();
  const auto in = (pair ? found[0] : found["prompt"]).as_double();
  const auto out = (pair ? found[1] : found["completion"]).as_double();
  judge::price price;
  if (!in || !out || !is_price(*in) || !is_price(*out) || (pair && found.size() != 2))
    return refuse("the price of \"" + model + "\" is not two numbers of USD");
  price.prompt = *in;
  price.completion = *out;
  if (const evalpp::json::value cached = found["cached"]; !pair && cached.exists()) {
    if (!cached.is_number() || !is_price(*cached.as_double()))
      return refuse("the price of cached tokens of \"" + model + "\" is no number of USD");
    price.cached = *cached.as_double();
  }
  return std::optional(price);
}

evalpp::result<std::optional<judge::price>> price_from(const arguments& args, const std::string& model,
                                                       bool free) {
  if (args.given("--price")) {
    auto price = parse_price(args.value("--price"));
    if (!price) return price.error();
    return std::optional(*price);
  }
  if (args.given("--prices")) {
    auto price = price_in_file(args.value("--prices"), model);
    if (!price || *price) return price;
  }
  return free ? std::optional(judge::price{}) : std::nullopt;
}

// Of each model.
evalpp::result<std::vector<std::optional<judge::price>>> prices_from(const arguments& args,
                                                                     const std::vector<std::string>& models,
                                                                     bool free) {
  std::vector<std::optional<judge::price>> out;
  for (const std::string& model : models) {
    auto price = price_from(args, model, free);
    if (!price) return price.error();
    out.push_back(*price);
  }
  return out;
}

evalpp::result<judge_source> recorded(const arguments& args, const std::vector<std::string>& models) {
  auto prices = prices_from(args, models, true);  // what is replayed costs nothing
  if (!prices) return prices.error();
  auto client = judge::replay_client::load(args.value("--replay"));
  if (!client) return client.error();
  judge_source out;
  out.prices = std::move(*prices);
  out.place = client->base_url();
  out.notes = client->notes();
  auto owned = std::make_unique<judge::replay_client>(std::move(*client));
  out.recording = owned.get();
  out.client = owned.get();
  out.owned.push_back(std::move(owned));
  return out;
}

struct named_form {
  const char* name;
  judge::schema_form form;
};
constexpr std::array<named_form, 4> forms = {{{"json_schema", judge::schema_form::json_schema},
                                              {"json_object", judge::schema_form::json_object},
                                              {"tgi", judge::schema_form::tgi},
                                              {"none", judge::schema_form::none}}};

evalpp::result<judge::schema_form> schema_form_from(const std::string& name) {
  std::vector<std::string> names;
  for (const named_form& known : forms) {
    if (name == known.name) return known.form;
    names.emplace_back(known.name);
  }
  return error{error_code::unknown_name, "--schema-form cannot be \"" + name + '"', suggestion(name, names)};
}

evalpp::result<std::shared_ptr<const judge::dialect>> dialect_from(const std::string& api,
                                                                   const std::string& form,
                                                                   std::string_view url) {
  auto chosen = schema_form_from(form);
  if (!chosen) return chosen.error();
  if (api == "openai") {
    const std::string_view host = judge::host_of(url);
    const bool theirs = host == "api.openai.com" || host.ends_with(".openai.azure.com");
    return std::shared_ptr<const judge::dialect>(
        std::make_shared<judge::openai_chat>(judge::openai_chat_options{*chosen, theirs}));
  }
  if (*chosen != judge::schema_form::json_schema)
    return refusal("--schema-form is for --api openai", "leave it out");
  if (api == "responses")
    return std::shared_ptr<const judge::dialect>(std::make_shared<judge::openai_responses>());
  if (api == "anthropic")
    return std::shared_ptr<const judge::dialect>(std::make_shared<judge::anthropic_messages>());
  return error{error_code::unknown_name, "there is no api \"" + api + '"',
               suggestion(api, {"openai", "responses", "anthropic"})};
}

#if defined(EVALPP_WITH_CURL)
evalpp::status connect(judge_source& out, const arguments& args, const std::string& url,
                       std::shared_ptr<const judge::dialect> by, std::size_t concurrency) {
  auto seconds = number_between(args, "--timeout", 0, 1e6, "give seconds above 0, such as 120");
  if (!seconds) return seconds.error();
  judge::curl_options options{.base_url = url, .api_key = judge::key_from_environment(*by)};
  options.most_in_flight = concurrency;
  options.call_seconds = seconds->value_or(options.call_seconds);
  options.ca_file = args.value("--ca-file");
  if (!options.api_key.empty() && url.starts_with("http:") && !judge::is_loopback(url))
    out.notes.push_back("the key is sent to " + std::string(judge::host_of(url)) +
                        " without encryption (http)");
  auto client = judge::curl_client::make(std::move(options), std::move(by));
  if (!client) return client.error();
  out.client = client->get();
  if (out.client->capacity() < concurrency)
    out.notes.push_back("at most " + std::to_string(out.client->capacity()) +
                        " calls in flight: the system allows no more open files (ulimit -Hn)");
  out.owned.push_back(std::move(*client));
  return std::monostate{};
}
#else
evalpp::status connect(judge_source&, const arguments&, const std::string&,
                       std::shared_ptr<const judge::dialect>, std::size_t) {
  return refusal("this evalpp was built without libcurl and can ask no server",
                 "install libcurl4-openssl-dev (Debian, Ubuntu) and build it again");
}
#endif

evalpp::result<judge_source> served(const arguments& args, const std::vector<std::string>& models,
                                    std::size_t concurrency) {
  std::string url = args.value("--base-url");
  if (auto good = judge::check_base_url(url); !good) return good.error();
  while (url.ends_with('/')) url.pop_back();
  const std::string api = args.value("--api", "openai"), form = args.value("--schema-form", "json_schema");
  auto by = dialect_from(api, form, url);
  if (!by) return by.error();
  auto prices = prices_from(args, models, judge::is_loopback(url));
  if (!prices) return prices.error();
  judge_source out;
  out.prices = std::move(*prices);
  out.place = url;
  if (api != "openai") out.place += " " + api;
  if (form != "json_schema") out.place += " " + form;
  if (!args.given("--dry-run"))
    if (auto good = connect(out, args, url, *by, concurrency); !good) return good.error();
  if (args.given("--record") && out.client != nullptr) {
    auto recorder = judge::recording_client::open(args.value("--record"), out.place, *out.client);
    if (!recorder) return recorder.error();
    auto owned = std::make_unique<judge::recording_client>(std::move(*recorder));
    out.recorder = owned.get();
    out.client = owned.get();
    out.owned.push_back(std::move(owned));
  }
  return out;
}

}  // namespace

std::vector<option> judge_source_options() {
  return {{"--replay", ""},  {"--base-url", ""}, {"--api", ""},   {"--schema-form", ""}, {"--timeout", ""},
          {"--ca-file", ""}, {"--record", ""},   {"--price", ""}, {"--prices", ""}};
}

evalpp::result<judge_source> judge_source_from(const arguments& args, const std::vector<std::string>& models,
                                               std::size_t concurrency) {
  const bool replay = args.given("--replay"), server = args.given("--base-url");
  if (replay == server)
    return refusal(replay ? "--replay and --base-url exclude one another" : "judge run needs a judge to ask",
                   "give --base-url URL for a server, such as http://127.0.0.1:8080/v1, or --replay FILE");
  if (replay) {
    for (const char* name : {"--api", "--schema-form", "--timeout", "--ca-file", "--record"})
      if (args.given(name))
        return refusal(std::string(name) + " is for a server", "leave it out with --replay");
    return recorded(args, models);
  }
  return served(args, models, concurrency);
}

}  // namespace cli
