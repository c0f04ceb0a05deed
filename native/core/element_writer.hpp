#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "spec.hpp"

namespace neurarchy {

/// Writes numbers as elements of a field.
class ElementWriter {
 public:
  ElementWriter(FieldType type, size_t bytes, std::byte* to) noexcept
      : type_(type), bytes_(bytes), to_(to) {}

  void operator()(size_t element, double value) const noexcept {
    if (type_ == FieldType::kInt32) {
      write(element, whole(value));
    } else if (bytes_ == sizeof(double)) {
      write(element, value);
    } else {
      write(element, static_cast<float>(value));
    }
  }

 private:
  template <class Element>
  void write(size_t element, Element value) const noexcept {
    std::memcpy(to_ + element * sizeof(Element), &value, sizeof(Element));
  }

  static int32_t whole(double value) noexcept {
    if (std::isnan(value)) return 0;
    constexpr double kLowest = std::numeric_limits<int32_t>::min();
    constexpr double kHighest = std::numeric_limits<int32_t>::max();
    return static_cast<int32_t>(std::clamp(value, kLowest, kHighest));
  }

  FieldType type_;
  size_t bytes_;
  std::byte* to_;
};

}  // namespace neurarchy
