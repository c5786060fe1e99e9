// SPDX-License-Identifier: MIT
// The parser's loop, compiled once for each instruction set: one_pass_reader.hpp includes this file again and
// again, with EVALPP_JSON_TARGET and the kernels of scan.hpp of that instruction set. No include guard,
// no includes.

/// The first byte from `at` on that is no whitespace, where there may be none.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* skip(char* at) {
  return static_cast<unsigned char>(*at) > ' ' ? at : skip_space(at);
}

/// A string with escapes or with bytes beyond ASCII, the first of them at `at`.
EVALPP_JSON_TARGET EVALPP_NOINLINE inline char* read_long_string(reading& in, char* from, char* at,
                                                                 node& out) {
  char* run = from;  // from here on nothing has been moved
  char* to = from;   // where it belongs
  for (;;) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '"') break;
    if (byte >= 0x80) {
      do {
        const text::utf8_step character = text::decode_utf8(at, in.last);
        if (!character.well_formed) {
          return in.refuse(fault::bad_utf8, at, "well-formed UTF-8", "convert the text to UTF-8");
        }
        at += character.length;
      } while (static_cast<unsigned char>(*at) >= 0x80);
    } else if (byte == '\\') {
      const std::size_t plain = static_cast<std::size_t>(at - run);
      if (to != run) std::memmove(to, run, plain);
      to += plain;
      at = in.escape(at, to);
      if (at == nullptr) return nullptr;
      run = at;
    } else if (byte < 0x20) {
      return in.refuse_character(at);
    }
    for (;; at += step) {
      const mask stops = string_stops(at);
      if (stops == 0) continue;
      at += place(stops);
      break;
    }
  }
  const std::size_t plain = static_cast<std::size_t>(at - run);
  if (to != run) std::memmove(to, run, plain);
  to += plain;
  out = node::of(kind::string, static_cast<std::size_t>(to - from), in.offset(from));
  return at + 1;
}

/// The string whose opening quote is at `at`; returns what follows it.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* read_string(reading& in, char* at, node& out) {
  char* const from = ++at;
  for (;; at += step) {
    const mask stops = string_stops(at);
    if (stops == 0) continue;
    at += place(stops);
    if (*at != '"') return read_long_string(in, from, at, out);
    out = node::of(kind::string, static_cast<std::size_t>(at - from), in.offset(from));
    return at + 1;
  }
}

/// The key at `at`, or behind whitespace there, and the colon behind it; returns where the value begins,
/// or a blank before it. `place` is that of the member in its object.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* read_key(reading& in, char* at, node& out, known_keys& known,
                                                       std::size_t place, std::size_t depth) {
  if (*at != '"') {
    at = skip_space(at, in.indent(depth));
    if (*at != '"') return in.refuse_key(at);
  }
  char* const from = at + 1;
  if (known.has(place) && begins_with(from, known[place].text, known[place].size + 1)) {
    const std::size_t size = known[place].size;
    out = node::of(kind::string, size, in.offset(from));
    at = from + size + 1;
  } else {
    at = read_string(in, at, out);
    if (at == nullptr) return nullptr;
    if (!known.rests())
      known.miss(place, from, out.size(), static_cast<std::size_t>(at - from) == out.size() + 1);
  }
  if (*at != ':') {
    at = skip(at);
    if (*at != ':') return in.refuse_here(fault::expected_colon, at, "':' after the key");
  }
  ++at;
  return *at == ' ' ? at + 1 : at;
}

EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* read_number(reading& in, char* at, node& out) {
  number_token token = number_end(at);
  if (token.end == nullptr) token = in.number(at);
  if (token.end == nullptr) return nullptr;
  out = node::of(kind::number, static_cast<std::size_t>(token.end - at), in.offset(at),
                 token.whole ? node::whole : 0);
  return token.end;
}

/// Moves the children of `container`, which end at `top`, to the document, and makes the
/// container the node that it is there. False when it has a key twice and may not.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE bool close(reading& in, buffer<node>& nodes, node* container,
                                                   const node* top, bool object, known_keys& known) {
  std::size_t count = static_cast<std::size_t>(top - container) - 1;
  if (object && (!known.surely_distinct(count / 2) || &known == &in.known.back())) {
    const bool distinct = in.keys.surely_distinct({container + 1, count / 2, in.first});
    known.end_object(count / 2, distinct);
    if (!distinct) {
      count = 2 * in.merge_members(container + 1, count / 2);
      if (count == 0) return false;
    }
  }
  // Four at a time, whatever is behind them: how many there are is hard to predict.
  if (nodes.size() - in.done < count + 4) nodes.resize((std::max)(2 * nodes.size(), in.done + count + 4));
  node* const to = nodes.data() + in.done;
  for (std::size_t i = 0; i < count; i += 4) std::memcpy(to + i, container + 1 + i, 4 * sizeof(node));
  *container = object ? node::of(kind::object, count / 2, in.done) : node::of(kind::array, count, in.done);
  in.done += count;
  return true;
}

/// One pass over the text in `in`. Values go onto the stack; when a container closes, its children move
/// to `nodes`, so that they lie side by side; the root comes last. What nests is kept on the stack, so
/// that depth costs memory and no calls: an open container is a node that says what kind the one around
/// it is and where it stands. False when the text was refused.
EVALPP_JSON_TARGET inline bool read_in_one_pass(reading& in, buffer<node>& nodes) {
  node* top = in.stack.data();
  const node* room = top + in.stack.size() - reading::slack;
  node* open = top;    // the innermost open container
  char closer = '\0';  // what ends it; around all there is the end of the text
  std::size_t depth = 0;
  std::size_t objects = 0;  // open ones
  known_keys* known = in.known.data();
  char* at = skip(in.first);
  for (;;) {
    // A value, and room for the key that may come before the next one.
    if (top > room) {
      const std::ptrdiff_t back = top - open;
      top = in.grow_stack(top);
      open = top - back;
      room = in.stack.data() + in.stack.size() - reading::slack;
    }
    if (*at == '"') {
      at = read_string(in, at, *top);
      if (at == nullptr) return false;
      ++top;
    } else if (static_cast<unsigned char>(*at - '-') <= '9' - '-') {
      at = read_number(in, at, *top);
      if (at == nullptr) return false;
      ++top;
    } else {
      switch (*at) {
        case 't':
        case 'f':
        case 'n': {
          const literal& word = literal::of(*at);
          char* const end = at + word.size;
          if (load4(end - 4) != word.last_four) return in.refuse_value(at);
          *top++ = {word.tag, 0};
          at = end;
          break;
        }
        case '{':
        case '[':
          if (depth == in.options.max_depth) {
            return in.refuse(fault::depth, at, "no deeper nesting than the limit allows",
                             "raise max_depth if this is wanted");
          }
          *top = node::of(closer == '}' ? kind::object : kind::array, 0,
                          static_cast<std::size_t>(open - in.stack.data()));
          open = top;
          closer = *at == '{' ? '}' : ']';
          if (closer == '}') {
            known = in.known.data() + (std::min)(objects++, known_keys::depths);
            known->begin_object();
          }
          ++top;
          ++depth;
          ++at;
          if (static_cast<unsigned char>(*at) <= ' ') at = skip_space(at, in.indent(depth));
          if (*at == closer) break;
          if (closer == '}') {
            at = read_key(in, at, *top, *known, static_cast<std::size_t>(top - open) / 2, depth);
            if (at == nullptr) return false;
            ++top;
          }
          continue;
        case ' ':
        case '\n':
        case '\t':
        case '\r':
          at = skip_space(at, in.indent(depth));
          continue;
        default:
          return in.refuse_value(at);
      }
    }
    // What follows it: the ends of containers, then a comma.
    for (;;) {
      if (*at == ',' && depth != 0) {
        ++at;
        if (*at == ' ') ++at;
        if (closer == '}') {
          at = read_key(in, at, *top, *known, static_cast<std::size_t>(top - open) / 2, depth);
          if (at == nullptr) return false;
          ++top;
        }
        break;
      }
      if (*at == closer && depth != 0) {
        ++at;
        --depth;
        const node around = *open;
        if (!close(in, nodes, open, top, closer == '}', *known)) return false;
        if (closer == '}') known = in.known.data() + (std::min)(--objects - 1, known_keys::depths);
        top = open + 1;
        open = in.stack.data() + around.where;
        closer = depth == 0 ? '\0' : around.type() == kind::object ? '}' : ']';
        continue;
      }
      if (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') {
        at = skip_space(at, in.indent(depth - 1));
        continue;
      }
      if (depth != 0) {
        return in.refuse_here(fault::expected_comma_or_close, at,
                              closer == '}' ? "',' or '}' after a member" : "',' or ']' after an element");
      }
      if (at != in.last && !in.prefix) {
        return in.refuse(fault::trailing, at, "the end of the text after the value",
                         *at == '{' || *at == '[' ? "several values, one per line, are JSONL" : "");
      }
      if (nodes.size() == in.done) nodes.resize(in.done + 1);
      nodes[in.done++] = in.stack[0];
      in.value_end = at;
      return true;
    }
  }
}
