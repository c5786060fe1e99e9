// SPDX-License-Identifier: MIT
// A judge's calls, over loopback: 1,000 in flight against a model server (tests/servers) that takes 200 ms
// for an answer, a prompt of 2 kB each.
//
// `judge_transport`: requests to bytes, libcurl, bytes to completions. `x_raw` is the same over libcurl's
// multi interface by hand, bodies made beforehand and responses thrown away; `cpu_us` the processor time of a
// call. `judge_run`: the whole runner with journal and verdicts on top of it. `judge_calls`: runner and
// verdicts without a network, on a scripted client: what a call costs here at all.

#if defined(EVALPP_MISBEHAVING_SERVER)

#include <evalpp/judge/clients/openai_chat.hpp>
#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/curl.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/judge/presets.hpp>
#include <evalpp/judge/run.hpp>

#include <servers/local_server.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace judge = evalpp::judge;

constexpr std::size_t calls = 3000, in_flight = 1000;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

judge::request question(std::size_t k) {
  static const std::string schema = judge::verdict_schema(*judge::find_preset("correctness"));
  return {.model = "m", .messages = {{"user", std::string(2000, 'x') + std::to_string(k)}}, .schema = schema};
}

std::unique_ptr<judge::curl_client> client_of(const model_server::local_server& server) {
  auto made = judge::curl_client::make({.base_url = server.url("latency=200"), .most_in_flight = in_flight},
                                       std::make_shared<judge::openai_chat>());
  return made ? std::move(*made) : nullptr;
}

// Seconds and processor seconds of all calls through our client.
std::pair<double, double> ours(judge::curl_client& client) {
  judge::steady_clock time;
  const double begin = time.now(), cpu = cpu_seconds();
  std::vector<judge::finished_call> done;
  std::size_t sent = 0, ended = 0;
  while (ended < calls) {
    for (; sent < calls && sent - ended < in_flight; ++sent) client.start(question(sent), sent);
    done.clear();
    client.wait(10, done);
    ended += done.size();
  }
  return {time.now() - begin, cpu_seconds() - cpu};
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// The same by hand: libcurl's multi interface, handles used again, nothing made or read.
std::pair<double, double> by_hand(const std::string& url) {
  std::string body;
  judge::openai_chat().write_body(question(0), body);
  curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
  headers = curl_slist_append(headers, "Expect:");
  CURLM* const multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(in_flight));
  std::vector<CURL*> handles;
  for (std::size_t k = 0; k < in_flight; ++k) {
    CURL* const easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &discard);
    handles.push_back(easy);
  }
  judge::steady_clock time;
  const double begin = time.now(), cpu = cpu_seconds();
  std::size_t sent = 0, ended = 0;
  for (CURL* const easy : handles) {
    curl_multi_add_handle(multi, easy);
    ++sent;
  }
  while (ended < calls) {
    int running = 0, left = 0;
    curl_multi_perform(multi, &running);
    while (const CURLMsg* const said = curl_multi_info_read(multi, &left)) {
      CURL* const easy = said->easy_handle;
      curl_multi_remove_handle(multi, easy);
      ++ended;
      if (sent < calls) {
        curl_multi_add_handle(multi, easy);
        ++sent;
      }
    }
    if (ended < calls) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
  const std::pair spent{time.now() - begin, cpu_seconds() - cpu};
  for (CURL* const easy : handles) curl_easy_cleanup(easy);
  curl_multi_cleanup(multi);
  curl_slist_free_all(headers);
  return spent;
}

void judge_transport(benchmark::State& state) {
  const model_server::local_server server;
  if (!server.running()) return state.SkipWithError("the server does not start");
  double wall = 0, cpu = 0, raw_wall = 0, raw_cpu = 0;
  for (auto _ : state) {
    const auto client = client_of(server);
    const auto [seconds, processor] = ours(*client);
    const auto [raw_seconds, raw_processor] = by_hand(server.url("latency=200") + "/chat/completions");
    wall += seconds;
    cpu += processor;
    raw_wall += raw_seconds;
    raw_cpu += raw_processor;
    state.SetIterationTime(seconds);
  }
  const double runs = static_cast<double>(state.iterations());
  state.counters["wall_s"] = wall / runs;
  state.counters["calls_per_s"] = calls * runs / wall;
  state.counters["cpu_us"] = 1e6 * cpu / runs / calls;
  state.counters["raw_cpu_us"] = 1e6 * raw_cpu / runs / calls;
  state.counters["x_raw"] = raw_wall / wall;
}
BENCHMARK(judge_transport)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

// Items that differ, judged by the preset.
std::vector<judge::item> items(std::size_t count) {
  std::vector<judge::item> out;
  for (std::size_t k = 0; k < count; ++k)
    out.push_back({.id = std::to_string(k),
                   .input = {{"user", "q"}},
                   .prediction = std::string(1000, 'x') + std::to_string(k)});
  return out;
}

double run_all(judge::async_client& client, judge::clock& time, std::size_t count) {
  const judge::rubric by = *judge::find_preset("correctness");
  const judge::judge_options who{.model = "m", .base_url = "here"};
  const std::vector<judge::item> all = items(count);
  auto log = judge::journal::in_memory(judge::pointwise_head(by, all, who));
  const auto jobs = judge::pointwise_jobs(by, all, who, log.head().secret);
  const double cpu = cpu_seconds();
  const auto ended = judge::run(client, time, jobs, judge::verdict_judge(by), log,
                                {.concurrency = in_flight, .start_concurrency = in_flight});
  benchmark::DoNotOptimize(ended);
  return cpu_seconds() - cpu;
}

void judge_run(benchmark::State& state) {
  const model_server::local_server server;
  if (!server.running()) return state.SkipWithError("the server does not start");
  judge::steady_clock time;
  double wall = 0, cpu = 0;
  for (auto _ : state) {
    const auto client = client_of(server);
    const double begin = time.now();
    cpu += run_all(*client, time, calls);
    const double seconds = time.now() - begin;
    wall += seconds;
    state.SetIterationTime(seconds);
  }
  const double runs = static_cast<double>(state.iterations());
  state.counters["calls_per_s"] = calls * runs / wall;
  state.counters["cpu_us"] = 1e6 * cpu / runs / calls;
}
BENCHMARK(judge_run)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

void judge_calls(benchmark::State& state) {
  double cpu = 0;
  std::size_t made = 0;
  for (auto _ : state) {
    judge::virtual_clock time;
    judge::scripted_client client(time, [](const judge::request&, std::size_t) {
      return judge::scripted_answer{
          judge::answer_of(R"({"reasoning": "so", "verdicts": {"correctness": 4}})"), 1};
    });
    cpu += run_all(client, time, 10'000);
    made += 10'000;
  }
  state.counters["cpu_us"] = 1e6 * cpu / static_cast<double>(made);
}
BENCHMARK(judge_calls)->Unit(benchmark::kMillisecond);

}  // namespace

#endif
