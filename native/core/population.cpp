#include "population.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "error.hpp"

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

std::vector<Field> make_fields(const PopulationSpec& spec, Precision precision, uint32_t object) {
  std::vector<Field> fields;
  for (size_t slot = 0; slot < spec.fields.size(); slot++) {
    const FieldSpec& field = spec.fields[slot];
    const bool wide = field.type == FieldType::kReal && precision == Precision::kDouble;
    const size_t element = wide ? 8 : 4;
    const bool local = field.scope == FieldScope::kLocal;
    const int64_t allocated = local ? padded_size(spec.size) : NA_BLOCK;
    fields.push_back(
        {field.name, field.type, field.scope, local ? spec.size : 1, element,
         std::make_shared<Memory>(static_cast<size_t>(allocated) * element, slot + object)});
  }
  return fields;
}

int32_t* int32_field(const std::vector<Field>& fields, std::optional<int32_t> slot,
                     const std::string& name) {
  if (!slot) return nullptr;
  if (*slot < 0 || static_cast<size_t>(*slot) >= fields.size())
    throw Error("BAD_SPEC", "no such slot", name);
  const Field& field = fields[static_cast<size_t>(*slot)];
  if (field.type != FieldType::kInt32 || field.scope != FieldScope::kLocal) {
    throw Error("BAD_SPEC", "the field " + field.name + " is not a local int32", name);
  }
  return static_cast<int32_t*>(field.memory->data());
}

}  // namespace

Population::Population(const PopulationSpec& spec, Precision precision, uint32_t object,
                       const std::vector<Range>& ranges, int32_t longest_delay)
    : name_(spec.name),
      size_(spec.size),
      object_(object),
      ranges_(ranges),
      library_(spec, precision),
      fields_(make_fields(spec, precision, object)),
      ring_(spec.spiked_slot ? padded_size(spec.size) : 0, ranges, longest_delay) {
  for (const Field& field : fields_) table_.push_back(field.memory->data());
  spiked_ = int32_field(fields_, spec.spiked_slot, name_);
  remaining_ = int32_field(fields_, spec.remaining_slot, name_);
}

void Population::update(size_t part, const NaStep& step) const {
  const Range& range = ranges_[part];
  if (range.size() > 0) library_.kernel().update(table_.data(), range.begin, range.end, &step);
}

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

void Population::emit(size_t part, int64_t now, const NaStep& step) {
  if (spiked_ == nullptr) return;
  const Range& range = ranges_[part];
  int32_t* ranks = ring_.segment(now, part);
  // The padding may hold anything, also neurons that spike: it is never listed.
  const int64_t count = list_flags(spiked_, range.begin, std::min(range.end, size_), ranks);
  ring_.set_count(now, part, count);
  if (count > 0 && library_.kernel().reset != nullptr)
    library_.kernel().reset(table_.data(), ranks, count, &step);
}

void Population::clear() noexcept {
  ring_.clear();
  const auto neurons = static_cast<size_t>(padded_size(size_));
  if (remaining_ != nullptr) std::fill_n(remaining_, neurons, 0);
  if (spiked_ != nullptr) std::fill_n(spiked_, neurons, 0);
}

void Population::fill_padding(size_t slot) noexcept {
  const Field& field = fields_[slot];
  if (field.scope == FieldScope::kGlobal) return;
  const auto size = static_cast<size_t>(size_);
  const auto padded = static_cast<size_t>(padded_size(size_));
  const std::byte* last = field.bytes() + (size - 1) * field.element_bytes;
  for (size_t i = size; i < padded; i++) {
    std::memcpy(field.bytes() + i * field.element_bytes, last, field.element_bytes);
  }
}

size_t Population::bytes() const noexcept {
  size_t total = ring_.bytes();
  for (const Field& field : fields_) total += field.memory->bytes();
  return total;
}

}  // namespace neurarchy
