// SPDX-License-Identifier: MIT
#pragma once

/// Everything that needs no package. What needs one is included by name: parallel/threads.hpp.

#include <evalpp/core/accumulator.hpp>
#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/bundle.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/chrf.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/rouge.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/token_f1.hpp>
#include <evalpp/report/stream.hpp>
#include <evalpp/version.hpp>
