#pragma once

#include <cstdint>

namespace neurarchy {

/// Write the positions of the non-zero flags of [begin, end) to `ranks`, ascending; return their
/// number.
int64_t list_flags(const int32_t* flags, int64_t begin, int64_t end, int32_t* ranks) noexcept;

}  // namespace neurarchy
