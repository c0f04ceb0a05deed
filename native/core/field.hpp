#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "memory.hpp"
#include "partition.hpp"
#include "spec.hpp"

namespace neurarchy {

/// How a value is stored.
struct Element {
  FieldType type;
  size_t bytes;  // 8 or 4
};

/// An attribute of a population.
struct Field {
  std::string name;
  FieldType type;
  FieldScope scope;
  int64_t count;         // values the user sees: size, or 1
  size_t element_bytes;  // 8 or 4
  std::shared_ptr<Memory> memory;

  std::byte* bytes() const noexcept { return static_cast<std::byte*>(memory->data()); }
  bool local() const noexcept { return scope == FieldScope::kLocal; }
  bool real() const noexcept { return type == FieldType::kReal; }
};

/// The fields of a population, filled with 0. @throws std::bad_alloc
std::vector<Field> make_fields(const PopulationSpec& spec, Precision precision, uint32_t object);

/// The field of a slot that the engine works with itself.
/// @throws Error BAD_SPEC, with the population's `name`, where there is none of this kind.
const Field& field_at(const std::vector<Field>& fields, int32_t slot, FieldType type,
                      FieldScope scope, const std::string& name);

/// Elements [begin, end).
struct Elements {
  size_t begin;
  size_t end;

  size_t size() const noexcept { return end - begin; }
};

/// What a range of neurons holds of a field: its neurons without the padding; of a global field the
/// one value, for the range at the beginning (ranges without neurons begin there too).
inline Elements elements(const Field& field, const Range& range) noexcept {
  const bool first = range.begin == 0 && range.end > 0;
  if (!field.local()) return {0, first ? size_t{1} : size_t{0}};
  const int64_t end = std::min(range.end, field.count);
  return {static_cast<size_t>(range.begin), static_cast<size_t>(std::max(range.begin, end))};
}

/// Call `body` with a pointer to the values, of their type.
template <class Body>
auto with_values(const Field& field, Body body) {
  if (!field.real()) return body(static_cast<int32_t*>(field.memory->data()));
  if (field.element_bytes == sizeof(double))
    return body(static_cast<double*>(field.memory->data()));
  return body(static_cast<float*>(field.memory->data()));
}

}  // namespace neurarchy
