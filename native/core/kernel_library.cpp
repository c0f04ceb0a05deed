#include "kernel_library.hpp"

#include <string>

#include "error.hpp"

namespace neurarchy {

namespace {

void check_fields(const NaKernel& kernel, const PopulationSpec& population) {
  const auto fail = [&](const std::string& what) {
    throw Error("FIELD_MISMATCH", "the compiled model does not match its specification: " + what,
                population.name);
  };
  // Behind the fields of the library stand those that only the engine and projections use.
  if (kernel.field_count > population.fields.size()) {
    fail(std::to_string(kernel.field_count) + " fields instead of " +
         std::to_string(population.fields.size()));
  }
  for (size_t slot = 0; slot < kernel.field_count; slot++) {
    const NaField& found = kernel.fields[slot];
    const FieldSpec& wanted = population.fields[slot];
    if (found.name == nullptr || wanted.name != found.name)
      fail("field " + wanted.name + " is missing");
    if ((found.type == NA_INT32) != (wanted.type == FieldType::kInt32))
      fail("type of field " + wanted.name);
    if ((found.scope == NA_GLOBAL) != (wanted.scope == FieldScope::kGlobal))
      fail("scope of field " + wanted.name);
  }
}

}  // namespace

KernelLibrary::KernelLibrary(const PopulationSpec& population, Precision precision)
    : library_(*population.library, population.name),
      kernel_(library_.exported<NaKernel>(NA_KERNEL_SYMBOL)) {
  library_.check_version(kernel_->abi_version);
  library_.check_real_size(kernel_->real_size, precision);
  check_fields(*kernel_, population);
  if (kernel_->update == nullptr)
    throw Error("LIBRARY_NOT_LOADED", "the model has no update hook", population.name);
}

}  // namespace neurarchy
