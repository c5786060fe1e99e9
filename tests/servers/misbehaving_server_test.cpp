// SPDX-License-Identifier: MIT
// What the misbehaving server sends and when, byte for byte: it is the oracle of the transport.
#include "servers/server_test.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace model_server {
namespace {

using clock = std::chrono::steady_clock;

struct refusal {
  std::string_view mode;
  int status;
  std::string_view type, code;  ///< of the error object; "" is a null
};

TEST_F(misbehaving_server, refuses_with_a_status_and_an_error_object) {
  for (const refusal& each :
       {refusal{"400", 400, "invalid_request_error", ""},
        {"400=context_length_exceeded", 400, "invalid_request_error", "context_length_exceeded"},
        {"401", 401, "authentication_error", "invalid_api_key"},
        {"403", 403, "permission_error", ""},
        {"404", 404, "not_found_error", ""},
        {"422", 422, "invalid_request_error", ""},
        {"429", 429, "rate_limit_error", "rate_limit_exceeded"},
        {"quota", 429, "insufficient_quota", "insufficient_quota"},
        {"500", 500, "server_error", ""},
        {"502", 502, "server_error", ""},
        {"503", 503, "server_error", ""},
        {"529", 529, "overloaded_error", ""},
        {"error-200", 200, "invalid_request_error", ""},
        {"error-200=500", 200, "server_error", ""},
        {"error-200=429", 200, "rate_limit_error", "rate_limit_exceeded"}}) {
    const response got = ask(each.mode);
    EXPECT_EQ(got.status, each.status) << each.mode;
    EXPECT_EQ(got.header("content-type"), "application/json");
    const json::value error = got.root()["error"];
    EXPECT_EQ(error.size(), 4U) << got.body;
    EXPECT_TRUE(error["message"].is_string() && error["param"].is_null()) << got.body;
    EXPECT_EQ(error["type"].as_string(), each.type) << each.mode;
    EXPECT_EQ(error["code"].as_string().value_or(""), each.code) << each.mode;
    EXPECT_EQ(error["code"].is_null(), each.code.empty()) << each.mode;
  }
}

TEST_F(misbehaving_server, refuses_in_the_form_of_other_servers) {
  const response plain = ask("503,error=plain"), html = ask("502,error=html"), empty = ask("500,error=empty");
  EXPECT_EQ(plain.header("content-type"), "text/plain");
  EXPECT_FALSE(plain.root().exists());
  EXPECT_NE(plain.body, "");
  EXPECT_EQ(html.header("content-type"), "text/html");
  EXPECT_TRUE(html.body.starts_with("<html>"));
  EXPECT_EQ(empty.header("content-length"), "0");

  const response ollama = ask("404,error=ollama"), tgi = ask("422,error=tgi"), full = ask("429,error=tgi");
  EXPECT_TRUE(ollama.root()["error"].is_string());
  EXPECT_TRUE(tgi.root()["error"].is_string());
  EXPECT_EQ(tgi.root()["error_type"].as_string(), "validation");
  EXPECT_EQ(full.root()["error_type"].as_string(), "overloaded");

  const response messages = ask("529", chat(), "messages");
  EXPECT_EQ(messages.root()["type"].as_string(), "error");
  EXPECT_EQ(messages.root()["error"]["type"].as_string(), "overloaded_error");
}

TEST_F(misbehaving_server, says_when_to_come_back) {
  EXPECT_EQ(ask("429").header("retry-after"), "(none)");
  EXPECT_EQ(ask("429,retry-after=7").header("retry-after"), "7");
  EXPECT_EQ(ask("429,retry-after=-1").header("retry-after"), "-1");
  EXPECT_EQ(ask("503,retry-after-ms=250").header("retry-after-ms"), "250");
  EXPECT_EQ(ask("429,reset=6m0s").header("x-ratelimit-reset-requests"), "6m0s");
  EXPECT_EQ(ask("500,should-retry=false").header("x-should-retry"), "false");
}

TEST_F(misbehaving_server, gives_a_date_to_come_back_at) {
  const std::time_t before = std::time(nullptr);
  const std::string date = ask("429,retry-after-date=90").header("retry-after");
  const std::time_t after = std::time(nullptr);
  std::tm parts{};
  const char* const end =
      strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);  // the C library's reading
  ASSERT_TRUE(end != nullptr && *end == '\0') << date;
  const std::time_t when = timegm(&parts);
  EXPECT_GE(when, before + 90);
  EXPECT_LE(when, after + 90);
}

TEST_F(misbehaving_server, is_silent_closes_or_resets) {
  const response hung = all("hang", 300), closed = all("close"), reset = all("rst");
  EXPECT_EQ(hung.head, "");
  EXPECT_EQ(hung.end, socket_end::open);
  EXPECT_EQ(closed.head, "");
  EXPECT_EQ(closed.end, socket_end::closed);
  EXPECT_EQ(reset.head, "");
  EXPECT_EQ(reset.end, socket_end::reset);
}

TEST_F(misbehaving_server, breaks_off_in_the_head_or_in_the_body) {
  const response whole = ask("ok");
  raw_socket socket = sent(post(path("half-header"), chat()));
  EXPECT_EQ(socket.receive_all(), "HTTP/1.1 200 OK\r\nContent-T");
  EXPECT_EQ(socket.end(), socket_end::closed);

  const response half = all("cut"), four = all("cut=4"), torn = all("cut,rst");
  const std::string half_body = whole.body.substr(0, whole.body.size() / 2);
  for (const response* each : {&half, &four, &torn}) EXPECT_EQ(each->head, whole.head);
  for (const response* each : {&half, &torn}) EXPECT_EQ(each->body, half_body);
  EXPECT_EQ(four.body, whole.body.substr(0, 4));
  EXPECT_EQ(half.end, socket_end::closed);
  EXPECT_EQ(torn.end, socket_end::reset);
}

TEST_F(misbehaving_server, falls_silent_in_the_body) {
  const response half = all("cut");
  raw_socket socket = sent(post(path("cut,hang"), chat()));
  const auto is_half = [&](std::string_view got) { return got.ends_with(half.body); };
  EXPECT_EQ(split(socket.receive_until(is_half, 10'000), socket.end()).head, half.head);
  EXPECT_EQ(socket.receive_all(200), "");
  EXPECT_EQ(socket.end(), socket_end::open);
}

TEST_F(misbehaving_server, takes_its_time) {
  clock::time_point begin = clock::now();
  EXPECT_EQ(ask("latency=120").status, 200);
  EXPECT_GE(clock::now() - begin, std::chrono::milliseconds(120));

  begin = clock::now();
  const response slow = ask("slow=2000"), whole = ask("ok");
  EXPECT_EQ(slow.body, whole.body);
  const double seconds = std::chrono::duration<double>(clock::now() - begin).count();
  EXPECT_GE(seconds, static_cast<double>(slow.head.size() + 2 + slow.body.size()) / 2000);

  begin = clock::now();
  raw_socket socket = sent(post(path("slow=100"), chat()));
  const std::string beginning = socket.receive_all(500);
  EXPECT_GE(beginning.size(), 1U);
  EXPECT_LE(static_cast<double>(beginning.size()),
            std::chrono::duration<double>(clock::now() - begin).count() * 100);
  EXPECT_EQ(socket.end(), socket_end::open);
}

TEST_F(misbehaving_server, every_answer_waits_when_the_program_is_told_so) {
  const local_server late({"--latency-ms", "80"});
  ASSERT_TRUE(late.running());
  const clock::time_point begin = clock::now();
  raw_socket socket(late.port());
  EXPECT_TRUE(socket.send_all(post("/latency=40/v1/chat/completions", chat())));
  EXPECT_EQ(receive(std::move(socket)).status, 200);
  EXPECT_GE(clock::now() - begin, std::chrono::milliseconds(120));
}

TEST_F(misbehaving_server, sends_the_same_body_in_chunks) {
  const response whole = ask("ok");
  for (const auto& [mode, size] :
       {std::pair<std::string_view, std::size_t>{"chunked", 100}, {"chunked=7", 7}}) {
    raw_socket socket = sent(post(path(mode), chat()));
    const std::string bytes =
        socket.receive_until([](std::string_view got) { return got.ends_with("\r\n0\r\n\r\n"); }, 10'000);
    const response got = split(bytes, socket.end());
    EXPECT_EQ(got.header("transfer-encoding"), "chunked");
    EXPECT_EQ(got.header("content-length"), "(none)");
    std::string body;
    std::size_t chunks = 0;
    for (std::size_t at = 0; at < got.body.size(); ++chunks) {
      const std::size_t line = got.body.find("\r\n", at);
      const std::size_t length = std::stoul(got.body.substr(at, line - at), nullptr, 16);
      body += got.body.substr(line + 2, length);
      EXPECT_EQ(got.body.substr(line + 2 + length, 2), "\r\n");
      at = line + 2 + length + 2;
    }
    EXPECT_EQ(body, whole.body);
    EXPECT_EQ(chunks, (whole.body.size() + size - 1) / size + 1);
  }
  const response cut = all("cut,chunked");
  EXPECT_EQ(cut.end, socket_end::closed);
  EXPECT_FALSE(cut.body.ends_with("0\r\n\r\n"));
}

TEST_F(misbehaving_server, keeps_a_connection_unless_told_otherwise) {
  raw_socket socket = sent(post(path("ok"), chat()));
  const std::string first = socket.receive_response();
  EXPECT_TRUE(socket.send_all(post(path("429"), chat("b")) + post(path("ok"), chat())));  // two at once
  std::string rest = socket.receive_until(
      [&](std::string_view got) { return got.find("HTTP/1.1 200") != got.npos && got.ends_with(first); },
      10'000);
  EXPECT_EQ(split(rest, socket.end()).status, 429);
  EXPECT_TRUE(rest.ends_with(first));
  EXPECT_EQ(socket.end(), socket_end::open);
  EXPECT_EQ(server.count("connections"), 1);

  const response closed = all("conn-close");
  EXPECT_EQ(closed.status, 200);
  EXPECT_EQ(closed.header("connection"), "close");
  EXPECT_EQ(closed.end, socket_end::closed);
  raw_socket polite = sent(post(path("ok"), chat(), "Connection: close\r\n"));
  EXPECT_EQ(split(polite.receive_all(), polite.end()).header("connection"), "close");
  EXPECT_EQ(polite.end(), socket_end::closed);
}

TEST_F(misbehaving_server, answers_what_no_model_said) {
  const response html = ask("html"), no_json = ask("no-json"), redirect = ask("redirect");
  EXPECT_EQ(html.status, 200);
  EXPECT_EQ(html.header("content-type"), "text/html");
  EXPECT_EQ(no_json.status, 200);
  EXPECT_EQ(no_json.header("content-type"), "application/json");
  EXPECT_FALSE(no_json.root().exists());
  EXPECT_EQ(redirect.status, 302);
  EXPECT_EQ(redirect.header("location"), "/ok/v1/chat/completions");
}

// The statuses of one body after the other.
std::vector<int> statuses(const std::vector<response>& all) {
  std::vector<int> out;
  for (const response& each : all) out.push_back(each.status);
  return out;
}

TEST_F(misbehaving_server, misbehaves_for_the_first_requests_with_the_same_body) {
  const auto three = [&](const std::string& body) {
    return statuses({ask("times=2,503", body), ask("times=2,503", body), ask("times=2,503", body)});
  };
  EXPECT_EQ(three(chat("a")), (std::vector{503, 503, 200}));
  EXPECT_EQ(three(chat("b")), (std::vector{503, 503, 200}));
  EXPECT_EQ(ask("times=2,503", chat("a")).status, 200);
  EXPECT_EQ(ask("times=2,503,conn-close", chat("a")).status, 503);  // another path is another count

  const std::string_view sequence = "retry-after=1,times=1,429,times=2,500,times=3,quota";
  const auto body = chat("c");
  const std::vector all{ask(sequence, body), ask(sequence, body), ask(sequence, body), ask(sequence, body)};
  EXPECT_EQ(statuses(all), (std::vector{429, 500, 429, 200}));
  EXPECT_EQ(all[0].root()["error"]["code"].as_string(), "rate_limit_exceeded");
  EXPECT_EQ(all[2].root()["error"]["code"].as_string(), "insufficient_quota");
  for (const response& each : all) EXPECT_EQ(each.header("retry-after"), "1");  // it stands before the counts
}

TEST_F(misbehaving_server, misbehaves_every_so_often) {
  std::vector<response> all;
  for (int i = 0; i < 7; ++i) all.push_back(ask("every=3,500", chat(std::to_string(i))));
  EXPECT_EQ(statuses(all), (std::vector{200, 200, 500, 200, 200, 500, 200}));
}

TEST_F(misbehaving_server, says_which_word_it_does_not_know) {
  for (const std::string_view mode : {"429,retry-afetr=1", "times", "times=x", "every=0", "999", "204"}) {
    const response got = ask(mode);
    EXPECT_EQ(got.status, 418) << mode;
    EXPECT_NE(mode.find(got.body.substr(got.body.rfind(' ') + 1)), mode.npos) << got.body;
  }
  EXPECT_EQ(server.count("requests"), 0);
  EXPECT_EQ(ask("ok", chat(), "models").status, 404);
  EXPECT_EQ(server.get("/"), "there is nothing here");
}

TEST_F(misbehaving_server, counts_what_it_was_asked) {
  for (const std::string_view message : {"a", "b", "a"}) ask("ok", chat(message));
  EXPECT_EQ(server.count("requests"), 3);
  EXPECT_EQ(server.count("connections"), 3);
  EXPECT_EQ(server.count("bodies"), 2);
  EXPECT_EQ(server.count("repeated"), 1);
  EXPECT_EQ(server.count("max_in_flight"), 1);
  {
    const raw_socket one = sent(post(path("hang"), chat("a"))), two = sent(post(path("hang"), chat("b")));
    EXPECT_TRUE(has_been_asked(5));
    EXPECT_EQ(server.count("max_in_flight"), 2);
  }
  server.reset();
  for (const std::string_view name : {"requests", "connections", "max_in_flight", "bodies", "repeated"})
    EXPECT_EQ(server.count(name), 0) << name;
  EXPECT_EQ(ask("times=1,503", chat("a")).status, 503);
  server.reset();
  EXPECT_EQ(ask("times=1,503", chat("a")).status, 503);  // what was seen is forgotten too
}

TEST_F(misbehaving_server, tells_the_last_request) {
  raw_socket socket =
      sent(post(path("429"), chat("a \\\"quoted\\\" word"), "Authorization: Bearer k\r\nX-Two:  2\r\n"));
  EXPECT_EQ(receive(std::move(socket)).status, 429);
  const auto last = json::parse(server.get("/last"));
  ASSERT_TRUE(last);
  EXPECT_EQ(last->root()["path"].as_string(), "/429/v1/chat/completions");
  EXPECT_EQ(last->root()["headers"]["authorization"].as_string(), "Bearer k");
  EXPECT_EQ(last->root()["headers"]["x-two"].as_string(), "2");
  EXPECT_EQ(last->root()["body"].as_string(), chat("a \\\"quoted\\\" word"));
}

/// The soft limit of descriptors of this process and of what it starts; the hard one when `most` is more.
bool limit_descriptors(std::size_t most) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
  limit.rlim_cur = (std::min<rlim_t>)(most, limit.rlim_max);
  return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

struct few_descriptors {
  const bool limited = limit_descriptors(1024);
};
/// A server that is started with the usual limit.
class misbehaving_server_of_few : public few_descriptors, public misbehaving_server {};

TEST_F(misbehaving_server_of_few, holds_more_requests_than_its_limit_of_descriptors) {
  constexpr std::size_t many = 1500;
  ASSERT_TRUE(limited && limit_descriptors(many + 100));
  std::vector<raw_socket> sockets;
  for (std::size_t i = 0; i < many; ++i)
    sockets.push_back(sent(post(path("times=1,hang"), chat(std::to_string(i)))));
  EXPECT_TRUE(has_been_asked(many));
  EXPECT_EQ(server.count("max_in_flight"), static_cast<std::int64_t>(many));
  sockets.clear();
  EXPECT_EQ(ask("times=1,hang", chat("7")).status, 200);
}

TEST_F(misbehaving_server, survives_what_is_no_request) {
  const auto status_of = [&](std::string_view bytes) {
    raw_socket socket = sent(bytes);
    return split(socket.receive_all(), socket.end()).status;
  };
  EXPECT_EQ(status_of("hello\r\n\r\n"), 400);
  EXPECT_EQ(status_of("POST /ok/v1/chat/completions HTTP/1.1\r\nno colon\r\n\r\n"), 400);
  EXPECT_EQ(status_of("POST /ok/v1/chat/completions HTTP/1.1\r\nContent-Length: -1\r\n\r\n"), 400);
  EXPECT_EQ(status_of("POST / SPDY/3\r\n\r\n"), 505);
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), 411);
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nContent-Length: 67108865\r\n\r\n"), 413);  // 64 MiB and one
  EXPECT_EQ(status_of(std::string(70'000, 'a')), 431);
  EXPECT_EQ(ask("ok", "no JSON").status, 200);
  EXPECT_EQ(ask("ok", R"({"messages":5,"n":"x","response_format":[1]})").status, 200);
}

TEST_F(misbehaving_server, takes_a_large_body_and_says_go_on_before_it) {
  const std::string body = chat(std::string(3'000'000, 'x'));
  const std::string request = post(path("ok"), body, "Expect: 100-continue\r\n");
  const std::size_t head = request.size() - body.size();
  raw_socket socket = sent(std::string_view(request).substr(0, head));
  EXPECT_EQ(socket.receive_until([](std::string_view got) { return got.ends_with("\r\n\r\n"); }, 10'000),
            "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_TRUE(socket.send_all(body));
  EXPECT_EQ(receive(std::move(socket)).status, 200);
}

TEST_F(misbehaving_server, ends_when_nobody_holds_its_input) {
  std::uint16_t port = 0;
  {
    const local_server brief;
    port = brief.port();
    EXPECT_TRUE(raw_socket(port).connected());
  }
  EXPECT_FALSE(raw_socket(port).connected());
  EXPECT_FALSE(local_server({}, "/no/such/program").running());
  EXPECT_FALSE(local_server({"--no-such-option"}).running());
}

}  // namespace
}  // namespace model_server
