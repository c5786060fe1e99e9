// SPDX-License-Identifier: MIT
// A judge over HTTP needs one header and one target.
#include <evalpp/judge/clients/openai_chat.hpp>
#include <evalpp/judge/curl.hpp>

#include <memory>

int main() {
  const auto client = evalpp::judge::curl_client::make({.base_url = "http://127.0.0.1:8080/v1"},
                                                       std::make_shared<evalpp::judge::openai_chat>());
  return client ? 0 : 1;
}
