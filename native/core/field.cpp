#include "field.hpp"

#include "error.hpp"
#include "kernel_abi.h"

namespace neurarchy {

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

const Field& field_at(const std::vector<Field>& fields, int32_t slot, FieldType type,
                      FieldScope scope, const std::string& name) {
  if (slot < 0 || static_cast<size_t>(slot) >= fields.size())
    throw Error("BAD_SPEC", "no such slot", name);
  const Field& field = fields[static_cast<size_t>(slot)];
  if (field.type != type || field.scope != scope) {
    throw Error("BAD_SPEC",
                "the field " + field.name + " is not a " +
                    (scope == FieldScope::kLocal ? "local " : "global ") +
                    (type == FieldType::kReal ? "real" : "int32"),
                name);
  }
  return field;
}

}  // namespace neurarchy
