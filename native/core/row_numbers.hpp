#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "kernel_random.h"
#include "streams.hpp"

// Random numbers of connectors.

namespace neurarchy {

/// Uniform numbers with 51 bits for the row of a neuron.
class RowNumbers {
 public:
  static constexpr int kBatch = NA_BLOCK / 2;

  RowNumbers(uint32_t seed, uint32_t object, int32_t rank)
      : step_(row_address(seed, object, rank)) {}

  /// The next kBatch numbers in (0, 1], each changed by `change`.
  template <class Change>
  void batch(double* out, Change change) {
    uint64_t words[NA_BLOCK];
    na_words(words, &step_, kConnectionDraw, block_++);
    for (int i = 0; i < kBatch; i++) {
      const uint64_t bits = (words[2 * i] << 19) + (words[2 * i + 1] >> 13);
      out[i] = change(na_from_integer(bits + 1) * 0x1p-51);
    }
  }

  /// A whole number in [0, end).
  int64_t below(int64_t end) {
    if (used_ == kBatch) {
      batch(held_, [](double u) { return 1.0 - u; });
      used_ = 0;
    }
    return static_cast<int64_t>(held_[used_++] * static_cast<double>(end));
  }

 private:
  NaStep step_;
  int64_t block_ = 0;
  int used_ = kBatch;
  double held_[kBatch];
};

/// Draws subsets of [0, size): all of one number of elements are equally likely.
class SubsetSampler {
 public:
  explicit SubsetSampler(size_t size) : drawn_in_(size, 0) {}

  /// Draw `number` elements of [0, end), ascending, in a time proportional to their number.
  ///
  /// Source: the algorithm of R. Floyd, in J. Bentley (1987) "Programming pearls: a sample of
  /// brilliance", CACM 30(9).
  void draw(RowNumbers& numbers, int64_t end, int64_t number, int32_t* chosen) {
    draw_ += 1;
    int32_t* next = chosen;
    for (int64_t last = end - number; last < end; last++) {
      const int64_t element = numbers.below(last + 1);
      const bool again = drawn_in_[static_cast<size_t>(element)] == draw_;
      const int64_t taken = again ? last : element;
      drawn_in_[static_cast<size_t>(taken)] = draw_;
      *next++ = static_cast<int32_t>(taken);
    }
    if (number < end / kDense) {
      std::sort(chosen, next);
      return;
    }
    for (int32_t element = 0; element < end; element++) {
      *chosen = element;
      chosen += drawn_in_[static_cast<size_t>(element)] == draw_ ? 1 : 0;
      if (chosen == next) return;
    }
  }

 private:
  // Where more than one in so many is drawn, looking at all is faster than sorting.
  static constexpr int64_t kDense = 16;

  std::vector<uint32_t> drawn_in_;  // number of the last draw that has the element
  uint32_t draw_ = 0;
};

/// Position of a neuron itself among its possible partners, which ascend; -1 when it is none of
/// them or may be its own partner.
inline int64_t self_position(const std::vector<int32_t>& partners, int32_t rank, bool excluded) {
  if (!excluded) return -1;
  const auto found = std::lower_bound(partners.begin(), partners.end(), rank);
  return found != partners.end() && *found == rank ? found - partners.begin() : -1;
}

}  // namespace neurarchy
