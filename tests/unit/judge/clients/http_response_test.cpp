// SPDX-License-Identifier: MIT
#include <evalpp/judge/clients/http_response.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace http_response_test {

using evalpp::judge::http_response;
using evalpp::judge::parse_duration;
using evalpp::judge::parse_http_date;
using evalpp::judge::retry_after_of;

TEST(HttpResponse, NamesOfHeadersHaveNoCase) {
  const http_response response{.headers = {{"Content-Type", "text/html"}, {"content-type", "later"}}};
  EXPECT_EQ(response.header("content-type"), "text/html");
  EXPECT_EQ(response.header("content"), "");
}

// 1994-11-06 08:49:37 UTC is 784111777 (RFC 9110, section 5.6.7 has the three spellings of this instant).
TEST(HttpDate, AllThreeForms) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), 784111777);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), 784111777);
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
  EXPECT_EQ(parse_http_date("Tue, 29 Feb 2028 23:59:60 GMT"), 1835481600);  // a leap day, a leap second
}

TEST(HttpDate, WhatIsNone) {
  for (const char* text :
       {"", "soon", "120", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 ovD 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Wed, 29 Feb 2023 08:49:37 GMT", "Thu, 29 Feb 1900 08:49:37 GMT",
        "Sun, 06 Nov 999999 08:49:37 GMT"})
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
}

TEST(Duration, AsGoWritesIt) {
  EXPECT_DOUBLE_EQ(parse_duration("12ms").value_or(-1), 0.012);
  EXPECT_DOUBLE_EQ(parse_duration("6m0s").value_or(-1), 360);
  EXPECT_DOUBLE_EQ(parse_duration("1h2m3.5s").value_or(-1), 3723.5);
  EXPECT_DOUBLE_EQ(parse_duration("7").value_or(-1), 7);
  for (const char* text : {"", "s", "1x", "1.2.3s", "-", "1h2"})
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

std::optional<double> wait_of(std::vector<std::pair<std::string, std::string>> headers) {
  return retry_after_of({.headers = std::move(headers), .received = 784111777});
}

TEST(RetryAfter, EachForm) {
  EXPECT_EQ(wait_of({{"Retry-After", "3"}}), 3.0);
  EXPECT_EQ(wait_of({{"retry-after", "0.5"}}), 0.5);
  EXPECT_EQ(wait_of({{"retry-after-ms", "250"}, {"retry-after", "3"}}), 0.25);
  EXPECT_EQ(wait_of({{"retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"}}), 10.0);
  // The server's clock decides, however wrong ours is.
  EXPECT_EQ(
      wait_of({{"retry-after", "Fri, 01 Jan 2100 00:00:05 GMT"}, {"date", "Fri, 01 Jan 2100 00:00:00 GMT"}}),
      5.0);
}

TEST(RetryAfter, TheLimitsThatAreUsedUp) {
  EXPECT_EQ(wait_of({{"x-ratelimit-reset-requests", "2s"},
                     {"x-ratelimit-remaining-requests", "0"},
                     {"x-ratelimit-reset-tokens", "6m0s"},
                     {"x-ratelimit-remaining-tokens", "100"}}),
            2.0);
  EXPECT_EQ(wait_of({{"x-ratelimit-reset-requests", "2s"}, {"x-ratelimit-reset-tokens", "3s"}}), 3.0);
}

TEST(RetryAfter, WhatSaysNothing) {
  EXPECT_EQ(wait_of({}), std::nullopt);
  for (const char* text : {"-1", "0", "soon", "nan", "inf", "1e300", "Sun, 06 Nov 1994 08:49:30 GMT"})
    EXPECT_EQ(wait_of({{"retry-after", text}}), std::nullopt) << text;
}

}  // namespace http_response_test
