#pragma once

#include <vector>

#include "support.hpp"

// Reading synapses in tests.

namespace neurarchy::testing {

/// Values of a field of synapses, as the user gets them.
template <class T = double>
std::vector<T> synaptic_values(const Projection& projection, size_t slot = 0) {
  std::vector<T> values(static_cast<size_t>(projection.field(slot).count));
  EXPECT_EQ(projection.field(slot).element_bytes, sizeof(T));
  projection.copy_values(slot, reinterpret_cast<std::byte*>(values.data()));
  return values;
}

}  // namespace neurarchy::testing
