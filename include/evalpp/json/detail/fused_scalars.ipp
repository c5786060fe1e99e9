// SPDX-License-Identifier: MIT
// What the reader of fused_reader.ipp, which includes this file, does with literals, numbers and strings.

/// Without branches on what it is: half of all booleans would take them.
EVALPP_FUSED_HOT spot fused_reader::literal(spot p, const fused_node& n) const {
  const char* const at = text_.at(p);
  const auto is = [at](const char(&word)[5]) { return std::memcmp(at, word, 4) == 0 ? 1U : 0U; };
  const std::uint32_t yes = is("true");
  const std::uint32_t no = is("fals") & (at[4] == 'e' ? 1U : 0U);
  const std::uint32_t found = is("null") * literal_bit::null | no * literal_bit::no | yes * literal_bit::yes;
  return (found & n.literals) != 0 ? text_.behind_scalar(p, at + 4 + no) : nullptr;
}

EVALPP_FUSED_HOT spot fused_reader::number(spot p, const fused_node& n) const {
  const char* const at = text_.at(p);
  const number_extent shape = find_number(at);
  if (shape.end == nullptr) return nullptr;
  if ((*shape.end | 0x20) == 'e') return long_number(p, shape.end, n);
  if (shape.fraction != 0 && (n.types & type_bit::fraction) == 0) return long_number(p, shape.end, n);
  if (n.numbers != 0 && !number_fits(numbers_[n.numbers], at, shape)) return nullptr;
  return text_.behind_scalar(p, shape.end);
}

/// A number with a fraction or an exponent, where it matters what it is; `end` is where the exponent may be.
EVALPP_FUSED_COLD spot fused_reader::long_number(spot p, const char* end, const fused_node& n) const {
  if ((*end | 0x20) == 'e') {
    ++end;
    if (*end == '+' || *end == '-') ++end;
    const std::uint32_t digits = baseline::count_digits_from(end);
    if (digits == 0) return nullptr;
    end += digits;
  }
  const std::string_view text(text_.at(p), static_cast<std::size_t>(end - text_.at(p)));
  const bool whole = !n.textual_integers && is_integral(text);
  if ((n.types & (whole ? type_bit::integer : type_bit::fraction)) == 0) return nullptr;
  if (n.numbers != 0 && !number_fits_slowly(numbers_[n.numbers], text)) return nullptr;
  return text_.behind_scalar(p, end);
}

/// The items of an array of nothing but numbers: the place where it ends.
EVALPP_FUSED_HOT spot fused_reader::numbers(spot p, const fused_node& n, fused_frame& array) const {
  for (;; ++array.count) {
    p = number(p, n);
    if (p == nullptr) return nullptr;
    if (text_[p] != ',') {
      p = text_.next_line(p, (&array)[-1].indent);
      if (text_[p] != ',') return p;
    }
    p = text_.next_line(p + 1, array.indent);
  }
}

EVALPP_FUSED_HOT bool fused_reader::number_fits(const fused_number& rule, const char* p,
                                                const number_extent& shape) const {
  if (rule.slow || shape.whole + shape.fraction > 18 || shape.fraction >= scales ||
      (rule.divisor != 0 && shape.fraction != 0)) {
    return number_fits_slowly(rule, {p, static_cast<std::size_t>(shape.end - p)});
  }
  const bool negative = *p == '-';
  const char* const first = p + (negative ? 1 : 0);
  std::uint64_t digits = read_digits(first, shape.whole);
  if (shape.fraction != 0) {
    constexpr std::uint64_t powers[scales] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000};
    digits = digits * powers[shape.fraction] + read_digits8(first + shape.whole + 1, shape.fraction);
  }
  const auto number = negative ? -static_cast<std::int64_t>(digits) : static_cast<std::int64_t>(digits);
  return number >= rule.least[shape.fraction] && number <= rule.most[shape.fraction] &&
         (rule.divisor == 0 || number % rule.divisor == 0);
}

EVALPP_FUSED_COLD bool fused_reader::number_fits_slowly(const fused_number& rule,
                                                        std::string_view text) const {
  for (index i = 0; i < rule.rules.count; ++i) {
    if (!number_text_fits(p_.numbers[lists_[rule.rules.first + i]], text)) return false;
  }
  if (rule.sets.count == 0) return true;
  const decimal number = take_apart(text);
  const std::uint64_t hash = detail::hash(number);
  for (index i = 0; i < rule.sets.count; ++i) {
    if (!is_number_in(p_, p_.sets[lists_[rule.sets.first + i]], number, hash)) return false;
  }
  return true;
}

EVALPP_FUSED_HOT spot fused_reader::string(spot p, const fused_node& n) {
  if (text_[p] != '"') return nullptr;
  const char* const end = text_.string_end(p);
  if (*end != '"') return odd_string(p, n);
  const fused_string& rule = strings_[n.strings];
  const char* const data = text_.at(p) + 1;
  const auto size = static_cast<std::size_t>(end - data);
  const std::uint64_t length = text_.code_points(data, size);
  if (length < rule.min_length || length > rule.max_length) return nullptr;
  if (rule.closer) {
    const string_text text{data, size, length, false};
    if (rule.enumerated && find(rule.values, text) == nullptr) return nullptr;
    if (rule.tested && !passes(rule, text)) return nullptr;
  }
  return text_.behind_string(p, end);
}

/// A string with escapes or with characters beyond ASCII; and what is no string.
EVALPP_FUSED_COLD spot fused_reader::odd_string(spot p, const fused_node& n) {
  string_text text;
  const fused_string& rule = strings_[n.strings];
  p = read_string(p, text, rule.closer);
  return p != nullptr && string_fits(rule, text) ? p : nullptr;
}

/// Any string, from its opening quote on. Without `decode` the bytes of a string with escapes stay as they
/// are.
EVALPP_FUSED_COLD spot fused_reader::read_string(spot start, string_text& out, bool decode) {
  const char* p = text_.at(start) + 1;
  const char* const first = p;
  const char* run = p;         // what is not in `decoded` yet
  std::uint64_t trailing = 0;  // bytes that begin no code point
  for (;;) {
    p = find_stop(p);
    if (*p == '"') break;
    if (static_cast<unsigned char>(*p) >= 0x80) {
      do {
        const text::utf8_step character = text::decode_utf8(p, p + text::max_utf8_length);
        if (!character.well_formed) return nullptr;
        trailing += character.length - 1;
        p += character.length;
      } while (static_cast<unsigned char>(*p) >= 0x80);
      continue;
    }
    if (*p != '\\') return nullptr;
    char32_t code = 0;
    const char* const behind = escape(p, code);
    if (behind == nullptr) return nullptr;
    if (decode) {
      if (!out.decoded) m_.decoded.clear();
      out.decoded = true;
      m_.decoded.insert(m_.decoded.end(), run, p);
      char encoded[text::max_utf8_length];
      m_.decoded.insert(m_.decoded.end(), encoded, encoded + text::encode_utf8(code, encoded));
      run = behind;
    }
    trailing += static_cast<std::uint64_t>(behind - p) - 1;
    p = behind;
  }
  out.length = static_cast<std::uint64_t>(p - first) - trailing;
  out.data = first;
  out.size = static_cast<std::size_t>(p - first);
  if (out.decoded) {
    m_.decoded.insert(m_.decoded.end(), run, p);
    out.size = m_.decoded.size();
    m_.decoded.insert(m_.decoded.end(), 8, '\0');
    out.data = m_.decoded.data();
  }
  return text_.behind_odd_string(start, p);
}

/// From the backslash on.
EVALPP_FUSED_COLD const char* fused_reader::escape(const char* p, char32_t& code) const {
  switch (p[1]) {
    case '"':
    case '\\':
    case '/':
      code = static_cast<unsigned char>(p[1]);
      return p + 2;
    case 'b':
      code = '\b';
      return p + 2;
    case 'f':
      code = '\f';
      return p + 2;
    case 'n':
      code = '\n';
      return p + 2;
    case 'r':
      code = '\r';
      return p + 2;
    case 't':
      code = '\t';
      return p + 2;
    case 'u':
      break;
    default:
      return nullptr;
  }
  const std::uint32_t high = hex4_at(p + 2);
  if (high > 0xFFFF || (high >= 0xDC00 && high <= 0xDFFF)) return nullptr;
  code = high;
  if (high < 0xD800 || high > 0xDFFF) return p + 6;
  if (p[6] != '\\' || p[7] != 'u') return nullptr;
  const std::uint32_t low = hex4_at(p + 8);
  if (low < 0xDC00 || low > 0xDFFF) return nullptr;
  code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  return p + 12;
}

EVALPP_FUSED_COLD bool fused_reader::string_fits(const fused_string& rule, const string_text& text) {
  if (text.length < rule.min_length || text.length > rule.max_length) return false;
  if (rule.enumerated && find(rule.values, text) == nullptr) return false;
  return !rule.tested || passes(rule, text);
}

/// Patterns and formats.
EVALPP_FUSED_COLD bool fused_reader::passes(const fused_string& rule, const string_text& text) {
  const std::string_view plain(text.data, text.size);
  for (index i = 0; i < rule.patterns.count; ++i) {
    if (!matches(lists_[rule.patterns.first + i], plain)) return false;
  }
  for (index i = 0; i < rule.formats.count; ++i) {
    const string_rules& from = p_.strings[lists_[rule.formats.first + i]];
    if (!check_format(from.format, plain, from.a_labels).valid) return false;
  }
  return true;
}

EVALPP_FUSED_COLD bool fused_reader::matches(index pattern, std::string_view text) {
  const compiled_pattern& compiled = p_.patterns[pattern];
  const index scratch = compiled.scratch == none ? p_.scratches : compiled.scratch;
  const regex_verdict verdict = compiled.regex.search(text, m_.scratches[scratch]);
  if (verdict == regex_verdict::budget) m_.undecided = true;
  return verdict == regex_verdict::yes;
}

EVALPP_FUSED_HOT const fused_key* fused_reader::find(const fused_names& names,
                                                     const string_text& name) const {
  const std::uint64_t hash = name_hash(name.data, name.size);
  for (index at = static_cast<index>(hash >> names.shift) & names.mask;; at = (at + 1) & names.mask) {
    const index entry = slots_[names.slots + at];
    if (entry == 0) return nullptr;
    const fused_key& key = keys_[names.keys.first + entry - 1];
    if (key.hash != hash || key.size != name.size) continue;
    if (key.plain() && !name.decoded) {
      if (goes_on_with(name.data - 1, key.pattern, key.bits >> 1)) return &key;
    } else if (std::memcmp(f_.names.data() + key.name, name.data, name.size) == 0) {
      return &key;
    }
  }
}
