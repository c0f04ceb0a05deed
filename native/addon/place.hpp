#pragma once

#include <napi.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "spec.hpp"

// Reading what JavaScript passes, value by value.

namespace neurarchy {

/// Largest whole number JavaScript holds exactly.
constexpr int64_t kMaxSafeInteger = (int64_t{1} << 53) - 1;

/// A value and where it was found, for messages: `spec.populations[1].size`.
///
/// All members throw the error BAD_ARGUMENT with the place in its message when the value is not
/// what they read.
struct Place {
  Napi::Value value;
  std::string path;

  [[noreturn]] void refuse(const std::string& wanted) const;

  /// Check that it is an object whose members can be looked at.
  const Place& object() const;
  Place at(const char* key) const;
  Place at(uint32_t index) const;
  bool is_null() const { return value.IsNull(); }

  /// A whole number within [low, high].
  int64_t integer(int64_t low, int64_t high) const;
  int32_t integer32(int32_t low, int32_t high = INT32_MAX) const;
  double number() const;
  bool boolean() const;
  std::string text() const;

  std::vector<int32_t> int32_array() const;
  std::vector<double> float64_array() const;
  /// A Float64Array of whole numbers that JavaScript holds exactly.
  std::vector<int64_t> whole_numbers() const;

  /// An Int32Array, or null for all.
  Ranks ranks() const;
  Slot optional_slot() const;

  template <class Read>
  auto list(Read read) const {
    if (!value.IsArray()) refuse("an array");
    std::vector<decltype(read(*this))> items;
    const uint32_t length = value.As<Napi::Array>().Length();
    for (uint32_t i = 0; i < length; i++) items.push_back(read(at(i)));
    return items;
  }

  template <class Choice>
  Choice choice(std::initializer_list<std::pair<const char*, Choice>> choices) const {
    const std::string word = text();
    std::string words;
    for (const auto& [name, chosen] : choices) {
      if (word == name) return chosen;
      words += words.empty() ? name : std::string(" or ") + name;
    }
    refuse(words);
  }
};

inline int32_t read_slot(const Place& place) { return place.integer32(0); }

}  // namespace neurarchy
