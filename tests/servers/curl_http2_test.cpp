// SPDX-License-Identifier: MIT
#include "raw_socket.hpp"

#include <evalpp/judge/clients/dialect.hpp>
#include <evalpp/judge/curl.hpp>

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// HTTP/2 without TLS, against nghttpd (Debian's nghttp2-server), which sends back what it is sent.
namespace {

namespace judge = evalpp::judge;

// The body is the question, and so the answer.
class echo_dialect final : public judge::dialect {
 public:
  std::string_view path() const override { return "/echo"; }
  void write_body(const judge::request& asked, std::string& out) const override {
    out += asked.messages.back().content;
  }
  std::vector<std::string> headers(std::string_view) const override { return {}; }
  std::span<const std::string_view> key_variables() const override { return {}; }
  judge::completion read(const judge::http_response& response) const override {
    judge::completion out;
    out.status = response.status;
    out.choices.push_back({.text = response.body});
    return out;
  }
};

// nghttpd on a free port, for as long as this object lives; with TLS when it has a key and a certificate.
class echo_server {
 public:
  explicit echo_server(const std::vector<std::string>& key_and_certificate = {}) {
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    close(probe);
    port_ = ntohs(address.sin_port);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    tls_ = !key_and_certificate.empty();
    std::vector<std::string> words = {"nghttpd", "--echo-upload", "-a", "127.0.0.1"};
    if (!tls_) words.push_back("--no-tls");
    words.push_back(std::to_string(port_));
    words.insert(words.end(), key_and_certificate.begin(), key_and_certificate.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    if (posix_spawnp(&child_, "nghttpd", &actions, nullptr, pointers.data(), environ) != 0) child_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    for (int tries = 0; child_ > 0 && tries < 500 && !model_server::raw_socket(port_).connected(); ++tries)
      usleep(10'000);
  }
  ~echo_server() {
    if (child_ <= 0) return;
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
  }
  echo_server(const echo_server&) = delete;
  echo_server& operator=(const echo_server&) = delete;

  bool running() const { return child_ > 0; }
  std::string url() const {
    return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_);
  }

 private:
  pid_t child_ = -1;
  std::uint16_t port_ = 0;
  bool tls_ = false;
};

// Asks all at once; each must get its own question back.
void expect_echoes(judge::curl_client& client, std::size_t calls) {
  for (std::size_t k = 0; k < calls; ++k)
    client.start({.model = "m", .messages = {{"user", "question " + std::to_string(k)}}}, k);
  std::vector<judge::finished_call> done;
  for (int turns = 0; done.size() < calls && turns < 1000; ++turns) client.wait(10, done);
  ASSERT_EQ(done.size(), calls);
  for (const judge::finished_call& call : done) {
    ASSERT_TRUE(call.completion.ok()) << call.completion.message;
    EXPECT_EQ(call.completion.status, 200);
    EXPECT_EQ(call.completion.choices.at(0).text, "question " + std::to_string(call.ticket));
  }
}

TEST(CurlHttp2, ManyCallsShareFewConnections) {
  const echo_server server;
  if (!server.running()) GTEST_SKIP() << "nghttpd is not installed (Debian: nghttp2-server)";
  auto made = judge::curl_client::make(
      {.base_url = server.url(), .most_in_flight = 300, .http = judge::http_version::http2_without_asking},
      std::make_shared<echo_dialect>());
  ASSERT_TRUE(made) << made.error().message;
  judge::curl_client& client = **made;
  EXPECT_EQ(client.capacity(), 300u);
  expect_echoes(client, 300);
  EXPECT_LE(client.connections(), 3u);  // 100 streams each
}

TEST(CurlHttp2, TlsAgreesOnItAndCertificatesAreChecked) {
  const std::string folder = testing::TempDir() + "evalpp_http2_" + std::to_string(getpid());
  const std::string key = folder + "_key.pem", certificate = folder + "_cert.pem";
  const std::string make =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
      "-addext subjectAltName=IP:127.0.0.1 -keyout " +
      key + " -out " + certificate + " 2>/dev/null";
  if (std::system(make.c_str()) != 0) GTEST_SKIP() << "openssl is not installed";
  const echo_server server({key, certificate});
  if (!server.running()) GTEST_SKIP() << "nghttpd is not installed (Debian: nghttp2-server)";

  auto trusting =
      judge::curl_client::make({.base_url = server.url(), .most_in_flight = 300, .ca_file = certificate},
                               std::make_shared<echo_dialect>());
  ASSERT_TRUE(trusting) << trusting.error().message;
  expect_echoes(**trusting, 8);    // how a run begins
  expect_echoes(**trusting, 300);  // and goes on
  EXPECT_LE((*trusting)->connections(), 8u);

  auto strict = judge::curl_client::make({.base_url = server.url()}, std::make_shared<echo_dialect>());
  ASSERT_TRUE(strict) << strict.error().message;
  (*strict)->start({.model = "m", .messages = {{"user", "question"}}}, 1);
  std::vector<judge::finished_call> done;
  for (int turns = 0; done.empty() && turns < 10; ++turns) (*strict)->wait(10, done);
  ASSERT_EQ(done.size(), 1u);
  EXPECT_EQ(done[0].completion.error, judge::call_error::connection);
  std::remove(key.c_str());
  std::remove(certificate.c_str());
}

TEST(CurlHttp2, AServerOfAnotherVersionIsAnErrorAndNoHang) {
  const echo_server server;
  if (!server.running()) GTEST_SKIP() << "nghttpd is not installed (Debian: nghttp2-server)";
  auto made = judge::curl_client::make(
      {.base_url = server.url(), .call_seconds = 10, .http = judge::http_version::http1},
      std::make_shared<echo_dialect>());
  ASSERT_TRUE(made) << made.error().message;
  (*made)->start({.model = "m", .messages = {{"user", "question"}}}, 1);
  std::vector<judge::finished_call> done;
  for (int turns = 0; done.empty() && turns < 10; ++turns) (*made)->wait(10, done);
  ASSERT_EQ(done.size(), 1u);
  EXPECT_FALSE(done[0].completion.ok());
}

}  // namespace
