#pragma once

#include <napi.h>

#include <cstddef>
#include <memory>
#include <span>

#include "memory.hpp"
#include "population.hpp"

// Arrays for JavaScript. None of them copies what the engine gives away or keeps.
//
// Views and handed-over memory are external ArrayBuffers, which hold a reference to the memory
// until JavaScript has collected them. Runtimes that forbid external buffers (a V8 with pointer
// sandbox, such as Electron's) make the calls throw; a port to those would let JavaScript allocate
// the buffers and the engine work in them.

namespace neurarchy {

/// A view of a field: changes are seen on both sides.
Napi::TypedArray view_of_field(Napi::Env env, const Field& field);

/// Take over memory that was allocated with std::malloc.
Napi::ArrayBuffer adopt(Napi::Env env, void* data, size_t bytes);
Napi::ArrayBuffer copy(Napi::Env env, std::span<const std::byte> data);

/// Hand an array over.
template <class T>
Napi::TypedArrayOf<T> adopt_array(Napi::Env env, Array<T> array) {
  const size_t size = array.size();
  return Napi::TypedArrayOf<T>::New(env, size, adopt(env, array.release(), size * sizeof(T)), 0);
}

/// A typed array over a buffer.
Napi::TypedArray typed_array(Napi::Env env, const Element& element, Napi::ArrayBuffer buffer,
                             size_t length);

}  // namespace neurarchy
