#include "kernel_library.hpp"

#include <dlfcn.h>

#include "error.hpp"

namespace neurarchy {

namespace {

std::string version_text(uint32_t version) {
  return std::to_string(version / 1'000'000) + "." + std::to_string(version / 1000 % 1000) + "." +
         std::to_string(version % 1000);
}

void check_fields(const NaKernel& kernel, const PopulationSpec& population) {
  const auto fail = [&](const std::string& what) {
    throw Error("FIELD_MISMATCH", "the compiled model does not match its specification: " + what,
                population.name);
  };
  if (kernel.field_count != population.fields.size()) {
    fail(std::to_string(kernel.field_count) + " fields instead of " +
         std::to_string(population.fields.size()));
  }
  for (size_t slot = 0; slot < population.fields.size(); slot++) {
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

bool abi_compatible(uint32_t version) noexcept {
  return version / 1'000'000 == NA_ABI_MAJOR && version / 1000 % 1000 <= NA_ABI_MINOR;
}

void KernelLibrary::Close::operator()(void* handle) const noexcept { dlclose(handle); }

KernelLibrary::KernelLibrary(const PopulationSpec& population, Precision precision)
    : handle_(dlopen(population.library.c_str(), RTLD_NOW | RTLD_LOCAL)), kernel_(nullptr) {
  if (handle_ == nullptr) {
    const char* reason = dlerror();
    throw Error("LIBRARY_NOT_LOADED", reason == nullptr ? "unknown reason" : reason,
                population.name);
  }
  const auto entry = reinterpret_cast<NaKernelEntry>(dlsym(handle_.get(), NA_KERNEL_SYMBOL));
  if (entry == nullptr) {
    throw Error("LIBRARY_NOT_LOADED", population.library + " has no symbol " NA_KERNEL_SYMBOL,
                population.name);
  }
  kernel_ = entry();
  if (kernel_ == nullptr)
    throw Error("LIBRARY_NOT_LOADED", population.library + " is empty", population.name);
  // The version first: what follows it has the layout we know only if the version says so.
  if (!abi_compatible(kernel_->abi_version)) {
    throw Error("ABI_MISMATCH",
                "the compiled model has version " + version_text(kernel_->abi_version) +
                    " of the kernel interface, the engine " + version_text(NA_ABI_VERSION),
                population.name);
  }
  const uint32_t real_size = precision == Precision::kDouble ? sizeof(double) : sizeof(float);
  if (kernel_->real_size != real_size) {
    throw Error("PRECISION_MISMATCH",
                "the compiled model has numbers of " + std::to_string(kernel_->real_size) +
                    " bytes, the network of " + std::to_string(real_size),
                population.name);
  }
  check_fields(*kernel_, population);
  if (kernel_->update == nullptr)
    throw Error("LIBRARY_NOT_LOADED", "the model has no update hook", population.name);
}

}  // namespace neurarchy
