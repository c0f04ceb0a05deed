#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "spec.hpp"

namespace neurarchy {

/// A compiled model, open as long as this lives. What is common to neuron and synapse types.
class SharedLibrary {
 public:
  /// @throws Error LIBRARY_NOT_LOADED, with the name of the object that needs it.
  SharedLibrary(const std::string& path, std::string object);

  /// What the library's entry point hands out.
  /// @throws Error LIBRARY_NOT_LOADED where there is no such symbol, or nothing behind it.
  template <class Exported>
  const Exported* exported(const char* symbol) const {
    using Entry = const Exported* (*)();
    const auto entry = reinterpret_cast<Entry>(find(symbol));
    const Exported* found = entry();
    if (found == nullptr) fail_empty();
    return found;
  }

  /// The first thing to look at: what follows the version has the layout we know only if it fits.
  /// @throws Error ABI_MISMATCH.
  void check_version(uint32_t version) const;

  /// @throws Error PRECISION_MISMATCH.
  void check_real_size(uint32_t size, Precision precision) const;

 private:
  struct Close {
    void operator()(void* handle) const noexcept;
  };

  void* find(const char* symbol) const;
  [[noreturn]] void fail_empty() const;

  std::string path_;
  std::string object_;
  std::unique_ptr<void, Close> handle_;
};

/// Whether a library with this version of the interface can be used: the same major number and no
/// newer minor one.
bool abi_compatible(uint32_t version) noexcept;

}  // namespace neurarchy
