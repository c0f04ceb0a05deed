#include "synapse_library.hpp"

#include <cstddef>
#include <cstring>

#include "error.hpp"

namespace neurarchy {

namespace {

int32_t abi_owner(FieldOwner owner) {
  switch (owner) {
    case FieldOwner::kPre:
      return NA_PRE;
    case FieldOwner::kPost:
      return NA_POST;
    case FieldOwner::kSelf:
      break;
  }
  return NA_SELF;
}

int32_t abi_scope(SynapseScope scope) {
  switch (scope) {
    case SynapseScope::kGlobal:
      return NA_GLOBAL;
    case SynapseScope::kRow:
      return NA_ROW;
    case SynapseScope::kColumn:
      return NA_COLUMN;
    case SynapseScope::kLocal:
      break;
  }
  return NA_LOCAL;
}

void check_fields(const NaSynapseKernel& kernel, const SynapseSpec& synapse,
                  const std::string& name) {
  const auto fail = [&](const std::string& what) {
    throw Error("FIELD_MISMATCH",
                "the compiled synapse type does not match its specification: " + what, name);
  };
  if (kernel.field_count != synapse.fields.size()) {
    fail(std::to_string(kernel.field_count) + " fields instead of " +
         std::to_string(synapse.fields.size()));
  }
  for (size_t slot = 0; slot < synapse.fields.size(); slot++) {
    const NaField& found = kernel.fields[slot];
    const SynapseFieldSpec& wanted = synapse.fields[slot];
    if (found.name == nullptr || wanted.name != found.name)
      fail("field " + wanted.name + " is missing");
    if ((found.type == NA_INT32) != (wanted.type == FieldType::kInt32))
      fail("type of field " + wanted.name);
    if (found.scope != abi_scope(wanted.scope)) fail("scope of field " + wanted.name);
    if (found.owner != abi_owner(wanted.owner)) fail("owner of field " + wanted.name);
  }
}

}  // namespace

SynapseLibrary::SynapseLibrary(const SynapseSpec& synapse, Precision precision,
                               const std::string& name)
    : library_(synapse.library, name) {
  const auto* const exported = library_.exported<NaSynapseKernel>(NA_SYNAPSE_SYMBOL);
  library_.check_version(exported->abi_version);
  // Older libraries end before the members that came later.
  const bool has_rules = exported->abi_version / 1000 % 1000 >= 1;
  std::memcpy(&kernel_, exported,
              has_rules ? sizeof(kernel_) : offsetof(NaSynapseKernel, creating));
  library_.check_real_size(kernel_.real_size, precision);
  if (kernel_.index_size != sizeof(uint16_t) && kernel_.index_size != sizeof(uint32_t)) {
    throw Error(
        "LIBRARY_NOT_LOADED",
        "the compiled synapse type has indices of " + std::to_string(kernel_.index_size) + " bytes",
        name);
  }
  check_fields(kernel_, synapse, name);
}

}  // namespace neurarchy
