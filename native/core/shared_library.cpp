#include "shared_library.hpp"

#include <dlfcn.h>

#include <utility>

#include "error.hpp"
#include "kernel_abi.h"

namespace neurarchy {

namespace {

std::string version_text(uint32_t version) {
  return std::to_string(version / 1'000'000) + "." + std::to_string(version / 1000 % 1000) + "." +
         std::to_string(version % 1000);
}

}  // namespace

bool abi_compatible(uint32_t version) noexcept {
  return version / 1'000'000 == NA_ABI_MAJOR && version / 1000 % 1000 <= NA_ABI_MINOR;
}

void SharedLibrary::Close::operator()(void* handle) const noexcept { dlclose(handle); }

SharedLibrary::SharedLibrary(const std::string& path, std::string object)
    : path_(path),
      object_(std::move(object)),
      handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ != nullptr) return;
  const char* reason = dlerror();
  throw Error("LIBRARY_NOT_LOADED", reason == nullptr ? "unknown reason" : reason, object_);
}

void* SharedLibrary::find(const char* symbol) const {
  void* found = dlsym(handle_.get(), symbol);
  if (found == nullptr)
    throw Error("LIBRARY_NOT_LOADED", path_ + " has no symbol " + symbol, object_);
  return found;
}

void SharedLibrary::fail_empty() const {
  throw Error("LIBRARY_NOT_LOADED", path_ + " is empty", object_);
}

void SharedLibrary::check_version(uint32_t version) const {
  if (abi_compatible(version)) return;
  throw Error("ABI_MISMATCH",
              "the compiled model has version " + version_text(version) +
                  " of the kernel interface, the engine " + version_text(NA_ABI_VERSION),
              object_);
}

void SharedLibrary::check_real_size(uint32_t size, Precision precision) const {
  const uint32_t wanted = precision == Precision::kDouble ? sizeof(double) : sizeof(float);
  if (size == wanted) return;
  throw Error("PRECISION_MISMATCH",
              "the compiled model has numbers of " + std::to_string(size) +
                  " bytes, the network of " + std::to_string(wanted),
              object_);
}

}  // namespace neurarchy
