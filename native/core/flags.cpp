#include "flags.hpp"

#include <bit>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace neurarchy {

namespace {

constexpr int64_t kGroup = 64;

/// One bit for each of kGroup flags. Written for vectors where there are some: compilers do not
/// find this by themselves.
uint64_t flag_bits(const int32_t* flags) noexcept {
  uint64_t bits = 0;
#if defined(__AVX512F__)
  for (int i = 0; i < kGroup; i += 16) {
    const __m512i group = _mm512_loadu_si512(flags + i);
    bits |= static_cast<uint64_t>(_mm512_test_epi32_mask(group, group)) << i;
  }
#elif defined(__AVX2__)
  const __m256i zero = _mm256_setzero_si256();
  for (int i = 0; i < kGroup; i += 8) {
    const __m256i group = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(flags + i));
    const int silent = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(group, zero)));
    bits |= static_cast<uint64_t>(~silent & 0xff) << i;
  }
#else
  for (int i = 0; i < kGroup; i++) bits |= static_cast<uint64_t>(flags[i] != 0) << i;
#endif
  return bits;
}

}  // namespace

int64_t list_flags(const int32_t* flags, int64_t begin, int64_t end, int32_t* ranks) noexcept {
  // Spikes are rare: groups of neurons become one word of bits, and only its ones are visited.
  int64_t count = 0;
  int64_t first = begin;
  for (; first + kGroup <= end; first += kGroup) {
    for (uint64_t bits = flag_bits(flags + first); bits != 0; bits &= bits - 1) {
      ranks[count++] = static_cast<int32_t>(first + std::countr_zero(bits));
    }
  }
  for (int64_t i = first; i < end; i++) {
    if (flags[i] != 0) ranks[count++] = static_cast<int32_t>(i);
  }
  return count;
}

}  // namespace neurarchy
