#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace neurarchy {

/// Flush results and operands below the normal range to zero in this thread, while the object
/// lives.
///
/// A trace that decays never reaches zero when rounding to nearest: it sticks at a denormal number,
/// and arithmetic on those is a hundred times slower. Only simulation may do this; JavaScript needs
/// gradual underflow.
class FlushToZero {
 public:
  FlushToZero() noexcept : saved_(read()) { write(saved_ | kFlush); }
  ~FlushToZero() { write(saved_); }
  FlushToZero(const FlushToZero&) = delete;
  FlushToZero& operator=(const FlushToZero&) = delete;

 private:
#if defined(__x86_64__)
  static constexpr uint64_t kFlush = 0x8040;  // MXCSR: flush to zero, denormals are zero
  static uint64_t read() noexcept { return _mm_getcsr(); }
  static void write(uint64_t value) noexcept { _mm_setcsr(static_cast<unsigned>(value)); }
#elif defined(__aarch64__)
  static constexpr uint64_t kFlush = uint64_t{1} << 24;  // FPCR.FZ
  static uint64_t read() noexcept {
    uint64_t value;
    asm volatile("mrs %0, fpcr" : "=r"(value));
    return value;
  }
  static void write(uint64_t value) noexcept { asm volatile("msr fpcr, %0" ::"r"(value)); }
#else
  static constexpr uint64_t kFlush = 0;
  static uint64_t read() noexcept { return 0; }
  static void write(uint64_t) noexcept {}
#endif

  uint64_t saved_;
};

}  // namespace neurarchy
