// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/common_affixes.hpp>
#include <evalpp/metrics/detail/levenshtein_kernels.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// An alignment of fewest edits, counted: reference length = hits + substitutions + deletions,
/// hypothesis length = hits + substitutions + insertions.
struct edit_counts {
  std::int64_t hits, substitutions, insertions, deletions;
};

namespace detail {

/// Levenshtein distance and the split of its edits, bit-parallel (Myers 1999, Hyyro 2003): 64
/// cells of the matrix per few machine instructions.
///
/// The matrix has a row per hypothesis token and a bit column per reference token; a row is kept as
/// the signs of its vertical steps. A reference of up to 512 tokens is one strip whose match masks
/// come ready made; a longer one is cut into strips of 2,048 columns that hand the horizontal steps
/// at their edge on to the next. Time O(n * ceil(m / 64)).
///
/// The distance needs O(n + m) memory. The split needs the rows again: short pairs keep them, long
/// ones keep the left edge and the upper edge of square tiles and recompute the tiles that the
/// trace crosses, in O((n * m)^(2/3)) bits: 4 MB for 100,000 tokens on either side. Pairs that
/// rapidfuzz cuts in two are cut here too.
///
/// The object is scratch memory: reuse it, and nothing is allocated once it has grown.
class levenshtein {
 public:
  /// The least number of insertions, deletions and substitutions between the two.
  std::int64_t distance(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference,
                        std::uint32_t vocabulary) {
    const problem p = trim(hypothesis, reference, 0, reference.ids.size());
    if (p.rows() == 0 || p.columns() == 0) return p.rows() + p.columns();
    if (reference.masks.has_rows()) return run_short(p, nullptr);
    slots_.resize(std::max<std::size_t>(slots_.size(), std::size_t{vocabulary} + 1), 0);
    return run_long(p, {});
  }

  /// The same edits, split as jiwer 4 does, which is as rapidfuzz aligns: a common prefix and then a
  /// common suffix are hits, the rest is traced from the end, a deletion before an insertion before the
  /// diagonal. A rest that would take rapidfuzz a megabyte is cut in two first, and so on.
  edit_counts split(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference,
                    std::uint32_t vocabulary) {
    whole_ = hypothesis;
    reversed_hypothesis_.clear();
    const problem p = trim(hypothesis, reference, 0, reference.ids.size());
    const alignment found = align(p, vocabulary, (std::max)(p.rows(), p.columns()));
    // The lengths and the number of edits leave one degree of freedom: the insertions.
    const std::int64_t deletions = found.insertions + p.columns() - p.rows();
    const std::int64_t substitutions = found.edits - found.insertions - deletions;
    const auto length = static_cast<std::int64_t>(reference.ids.size());
    return {length - substitutions - deletions, substitutions, found.insertions, deletions};
  }

 private:
  static constexpr std::size_t strip_words = levenshtein_strip::max_words;
  static constexpr std::size_t strip_bits = strip_words * 64;
  static constexpr std::size_t max_kept_words = std::size_t{1} << 18;

  /// What is left without the common prefix and suffix: rows of `hypothesis`, columns begin..end
  /// of the reference.
  struct problem {
    std::span<const std::uint32_t> hypothesis;
    const encoded_reference& reference;
    std::size_t begin, end;
    std::size_t first_word;

    std::int64_t rows() const { return static_cast<std::int64_t>(hypothesis.size()); }
    std::int64_t columns() const { return static_cast<std::int64_t>(end - begin); }
    std::size_t words() const { return (end + 63) / 64 - first_word; }
  };

  /// The grid of tiles: `side` rows by `strips` strips; the last ones are smaller.
  struct tiling {
    std::size_t side = 0;  ///< 0: keep nothing
    std::size_t strips = 0;
  };

  struct place {
    std::size_t column, row;
    std::int64_t insertions;
  };

  struct alignment {
    std::int64_t edits, insertions;
  };

  /// The hypothesis against columns begin..end of the reference.
  static problem trim(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference,
                      std::size_t begin, std::size_t end) {
    const auto r = std::span(reference.ids).subspan(begin, end - begin);
    const common_affixes common(hypothesis, r);
    return {common.inside(hypothesis), reference, begin + common.prefix, end - common.suffix,
            (begin + common.prefix) / 64};
  }

  /// There are at most `most` edits.
  alignment align(const problem& p, std::uint32_t vocabulary, std::int64_t most) {
    if (p.rows() == 0 || p.columns() == 0) return {p.rows() + p.columns(), p.rows()};
    if (is_cut(p, most)) return align_halves(p, vocabulary);
    const bool has_rows = p.reference.masks.has_rows();
    if (p.columns() <= static_cast<std::int64_t>(strip_bits) &&
        p.hypothesis.size() * p.words() <= max_kept_words) {
      const std::size_t lag = has_rows ? levenshtein_strip::kept_lag() : 0;
      kept_.resize((std::max)(kept_.size(), (p.hypothesis.size() + 1 + lag * p.words()) * 2 * p.words()));
      const std::int64_t edits =
          has_rows ? run_short(p, kept_.data()) : run_strip_alone(p, kept_.data(), vocabulary);
      const std::size_t origin = has_rows ? p.first_word * 64 : p.begin;
      const std::size_t words = has_rows ? p.words() : (p.end - p.begin + 63) / 64;
      place at{p.end - origin, p.hypothesis.size(), 0};
      trace(at, {kept_.data(), words, lag}, p.begin - origin, 0, 0);
      return {edits, at.insertions + static_cast<std::int64_t>(at.row)};
    }
    slots_.resize(std::max<std::size_t>(slots_.size(), std::size_t{vocabulary} + 1), 0);
    const tiling tiles = plan(p);
    const std::int64_t edits = run_long(p, tiles);
    return {edits, trace_long(p, tiles)};
  }

  /// Whether rapidfuzz aligns the halves of the hypothesis by themselves (Hirschberg 1975) rather than
  /// keep the rows, of 2 bits per cell of a band.
  static bool is_cut(const problem& p, std::int64_t most) {
    const std::int64_t band = (std::min)(p.columns(), 2 * most + 1);
    return 2 * band * p.rows() / 8 >= std::int64_t{1} << 20 && p.columns() >= 65 && p.rows() >= 10;
  }

  /// Cuts the reference at the first column where the best alignments of the halves add up to one of
  /// the whole.
  alignment align_halves(const problem& p, std::uint32_t vocabulary) {
    slots_.resize(std::max<std::size_t>(slots_.size(), std::size_t{vocabulary} + 1), 0);
    if (reversed_hypothesis_.empty()) {
      reversed_hypothesis_.assign(whole_.rbegin(), whole_.rend());
      reversed_reference_.ids.assign(p.reference.ids.rbegin(), p.reference.ids.rend());
    }
    const std::size_t half = p.hypothesis.size() / 2, rest = p.hypothesis.size() - half;
    const auto upper = p.hypothesis.first(half), lower = p.hypothesis.last(rest);
    last_row({upper, p.reference, p.begin, p.end, 0}, from_start_);
    const auto below = static_cast<std::size_t>(whole_.data() + whole_.size() - (lower.data() + rest));
    last_row({std::span<const std::uint32_t>(reversed_hypothesis_).subspan(below, rest), reversed_reference_,
              p.reference.ids.size() - p.end, p.reference.ids.size() - p.begin, 0},
             from_end_);
    const std::size_t columns = p.end - p.begin;
    std::size_t cut = 0;
    for (std::size_t i = 1; i <= columns; ++i)
      if (from_start_[i] + from_end_[columns - i] < from_start_[cut] + from_end_[columns - cut]) cut = i;
    const std::int64_t upper_edits = from_start_[cut], lower_edits = from_end_[columns - cut];
    const std::size_t middle = p.begin + cut;
    const alignment first = align(trim(upper, p.reference, p.begin, middle), vocabulary, upper_edits);
    const alignment second = align(trim(lower, p.reference, middle, p.end), vocabulary, lower_edits);
    return {upper_edits + lower_edits, first.insertions + second.insertions};
  }

  /// The distances of the whole hypothesis to the first 0, 1, 2, ... columns.
  void last_row(const problem& p, std::vector<std::int64_t>& row) {
    const std::size_t n = p.hypothesis.size(), m = p.end - p.begin;
    row.resize(m + 1);
    row[0] = p.rows();
    start_edge(n);
    levenshtein_strip::state s;
    for (std::size_t from = 0; from < m; from += strip_bits) {
      const std::size_t width = (std::min)(strip_bits, m - from), words = (width + 63) / 64;
      build(p, from / strip_bits);
      s.start(words);
      run_strip(s, words, p, 0, n, nullptr);
      release(p, from / strip_bits);
      for (std::size_t i = 0; i < width; ++i)
        row[from + i + 1] = row[from + i] + static_cast<std::int64_t>(s.plus[i / 64] >> (i % 64) & 1) -
                            static_cast<std::int64_t>(s.minus[i / 64] >> (i % 64) & 1);
    }
  }

  /// The rows of a reference that has masks. Columns before `begin` are frozen: without a match and
  /// without a vertical step they hand on the +1 that the left edge of the matrix gives.
  static std::int64_t run_short(const problem& p, std::uint64_t* keep) {
    const match_masks& masks = p.reference.masks;
    const std::uint64_t live = ~std::uint64_t{0} << (p.begin % 64);
    levenshtein_strip::state s;
    s.start(p.words());
    s.plus[0] = live;
    const levenshtein_strip::rows rows{masks.row(0) + p.first_word, masks.words(), nullptr};
    levenshtein_strip::run_whole(s, p.words(), rows, live, p.hypothesis, keep);
    return p.rows() + s.height(p.words(), p.end - p.first_word * 64);
  }

  /// The same for a reference without masks that fits into one strip.
  std::int64_t run_strip_alone(const problem& p, std::uint64_t* keep, std::uint32_t vocabulary) {
    const std::size_t n = p.hypothesis.size(), m = p.end - p.begin, words = (m + 63) / 64;
    slots_.resize(std::max<std::size_t>(slots_.size(), std::size_t{vocabulary} + 1), 0);
    start_edge(n);
    build(p, 0);
    levenshtein_strip::state s;
    s.start(words);
    run_strip(s, words, p, 0, n, keep);
    release(p, 0);
    return p.rows() + s.height(words, m);
  }

  /// Strip by strip over all rows; with tiles, keeps what `trace_long` needs.
  std::int64_t run_long(const problem& p, tiling tiles) {
    const std::size_t n = p.hypothesis.size(), m = p.end - p.begin;
    const std::size_t strips = (m + strip_bits - 1) / strip_bits;
    start_edge(n);
    if (tiles.side != 0) {
      corners_.resize((std::max)(corners_.size(), (n / tiles.side + 1) * strips));
      edges_.resize((std::max)(edges_.size(), (strips / tiles.strips + 1) * 2 * edge_words(n)));
      save_edge(0, n);
    }
    std::int64_t height = 0;
    levenshtein_strip::state s;
    for (std::size_t k = 0; k < strips; ++k) {
      const std::size_t width = (std::min)(strip_bits, m - k * strip_bits);
      build(p, k);
      s.start((width + 63) / 64);
      for (std::size_t row = 0; row < n;) {
        const std::size_t next = tiles.side == 0 ? n : (std::min)(n, row + tiles.side);
        if (tiles.side != 0) corners_[row / tiles.side * strips + k] = s;
        run_strip(s, (width + 63) / 64, p, row, next, nullptr);
        row = next;
      }
      height += s.height((width + 63) / 64, width);
      release(p, k);
      if (tiles.side != 0 && (k + 1) % tiles.strips == 0) save_edge((k + 1) / tiles.strips, n);
    }
    return p.rows() + height;
  }

  static tiling plan(const problem& p) {
    // Edges and corners together take n * m / (2 * side) bytes, one tile side^2 / 4: balance them.
    const std::size_t cells = p.hypothesis.size() * (p.end - p.begin);
    std::size_t strips = 1;
    while (strips * strip_bits * strips * strip_bits < cells / (strips * strip_bits) * 2) ++strips;
    return {strips * strip_bits, strips};
  }

  /// The number of insertions on jiwer's path.
  std::int64_t trace_long(const problem& p, tiling tiles) {
    const std::size_t n = p.hypothesis.size(), m = p.end - p.begin;
    const std::size_t strips = (m + strip_bits - 1) / strip_bits;
    place at{m, n, 0};
    while (at.column > 0 && at.row > 0) {
      const std::size_t tile_column = (at.column - 1) / tiles.side, tile_row = (at.row - 1) / tiles.side;
      const std::size_t first = tile_column * tiles.strips, last = (at.column - 1) / strip_bits;
      const std::size_t top = tile_row * tiles.side, bottom = at.row;
      const std::size_t kept = (bottom - top + 1) * 2 * strip_words;
      kept_.resize((std::max)(kept_.size(), (last - first + 1) * kept));
      load_edge(tile_column, n);
      for (std::size_t k = first; k <= last; ++k) {
        const std::size_t width = (std::min)(strip_bits, m - k * strip_bits);
        build(p, k);
        levenshtein_strip::state s = corners_[tile_row * strips + k];
        run_strip(s, (width + 63) / 64, p, top, bottom, kept_.data() + (k - first) * kept);
        release(p, k);
      }
      while (at.column > first * strip_bits && at.row > top) {
        const std::size_t k = (at.column - 1) / strip_bits;
        const std::size_t width = (std::min)(strip_bits, m - k * strip_bits);
        place inside{at.column - k * strip_bits, at.row, at.insertions};
        trace(inside, {kept_.data() + (k - first) * kept, (width + 63) / 64, 0}, 0, top, top);
        at = {inside.column + k * strip_bits, inside.row, inside.insertions};
      }
    }
    return at.insertions + static_cast<std::int64_t>(at.row);
  }

  /// Rows that a kernel kept, see levenshtein_kernels.hpp.
  struct kept_rows {
    const std::uint64_t* first;
    std::size_t words;
    std::size_t lag;
  };

  /// Walks back until `column` or `row` reaches its bound. `kept` holds the rows from `first_row` on.
  static void trace(place& at, kept_rows kept, std::size_t column_bound, std::size_t row_bound,
                    std::size_t first_row) {
    std::size_t i = at.column, j = at.row;
    std::int64_t insertions = 0;
    if (i <= column_bound || j <= row_bound) return;
    std::size_t bit = (i - 1) % 64;
    const std::size_t word = (i - 1) / 64, row = 2 * kept.words;
    const std::uint64_t* here = kept.first + (j - first_row + kept.lag * word) * row + word;
    while (i > column_bound && j > row_bound) {
      const std::uint64_t deletion = *here >> bit & 1;
      const std::uint64_t insertion = ~deletion & (*(here - kept.words) >> bit) & 1;
      insertions += static_cast<std::int64_t>(insertion);
      const auto left = static_cast<std::size_t>(insertion ^ 1),
                 back = static_cast<std::size_t>(deletion ^ 1);
      i -= left;
      j -= back;
      here -= row & (0 - back);
      if (bit < left) here -= kept.lag * row + 1;
      bit = (bit - left) % 64;
    }
    at = {i, j, at.insertions + insertions};
  }

  // The masks of one strip: slot 0 is the empty row of every token that the strip lacks.
  void build(const problem& p, std::size_t strip) {
    const auto tokens = strip_tokens(p, strip);
    const std::size_t words = (tokens.size() + 63) / 64;
    std::uint32_t used = 0;
    for (const std::uint32_t token : tokens) {
      std::uint32_t& slot = slots_[token];
      const bool first = slot == 0;
      slot = first ? used + 1 : slot;
      used += first;
    }
    rows_.assign((used + 1) * words, 0);
    std::uint64_t* const rows = rows_.data();
    for (std::size_t i = 0; i < tokens.size(); ++i)
      rows[slots_[tokens[i]] * words + i / 64] |= std::uint64_t{1} << (i % 64);
  }
  void release(const problem& p, std::size_t strip) {
    for (const std::uint32_t token : strip_tokens(p, strip)) slots_[token] = 0;
  }
  static std::span<const std::uint32_t> strip_tokens(const problem& p, std::size_t strip) {
    const std::size_t from = p.begin + strip * strip_bits;
    return std::span(p.reference.ids).subspan(from, (std::min)(strip_bits, p.end - from));
  }
  void run_strip(levenshtein_strip::state& s, std::size_t words, const problem& p, std::size_t from,
                 std::size_t to, std::uint64_t* keep) {
    const levenshtein_strip::rows rows{rows_.data(), words, slots_.data()};
    const levenshtein_strip::edge edge{edge_.data() + from / 64, edge_.data() + edge_.size() / 2 + from / 64};
    levenshtein_strip::run_edged(s, words, rows, edge, p.hypothesis.subspan(from, to - from), keep);
  }

  // The horizontal steps along the edge that the next strip starts from: +1 bits, then -1 bits.
  static std::size_t edge_words(std::size_t n) { return (n + 63) / 64; }
  void start_edge(std::size_t n) {
    edge_.assign(2 * edge_words(n), 0);
    std::fill_n(edge_.begin(), edge_words(n), ~std::uint64_t{0});
  }
  void save_edge(std::size_t index, std::size_t n) {
    std::copy_n(edge_.begin(), 2 * edge_words(n), edges_.begin() + offset(index * 2 * edge_words(n)));
  }
  void load_edge(std::size_t index, std::size_t n) {
    std::copy_n(edges_.begin() + offset(index * 2 * edge_words(n)), 2 * edge_words(n), edge_.begin());
  }
  static std::ptrdiff_t offset(std::size_t k) { return static_cast<std::ptrdiff_t>(k); }

  std::vector<std::uint64_t> kept_, rows_, edge_, edges_;
  std::vector<std::uint32_t> slots_;
  std::vector<levenshtein_strip::state> corners_;

  // Of the pair that is being split, once it is cut in two.
  std::span<const std::uint32_t> whole_;
  std::vector<std::uint32_t> reversed_hypothesis_;
  encoded_reference reversed_reference_;  // its ids alone
  std::vector<std::int64_t> from_start_, from_end_;
};

}  // namespace detail
}  // namespace evalpp::inline EVALPP_ABI
