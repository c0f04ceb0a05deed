#include "convert.hpp"

#include <cstdlib>
#include <cstring>

namespace neurarchy {

Napi::TypedArray typed_array(Napi::Env env, const Element& element, Napi::ArrayBuffer buffer,
                             size_t length) {
  if (element.type == FieldType::kInt32) return Napi::Int32Array::New(env, length, buffer, 0);
  if (element.bytes == sizeof(double)) return Napi::Float64Array::New(env, length, buffer, 0);
  return Napi::Float32Array::New(env, length, buffer, 0);
}

Napi::TypedArray view_of_field(Napi::Env env, const Field& field) {
  const auto length = static_cast<size_t>(field.count);
  auto keep = std::make_unique<std::shared_ptr<Memory>>(field.memory);
  const Napi::ArrayBuffer buffer = Napi::ArrayBuffer::New(
      env, field.memory->data(), length * field.element_bytes,
      [](Napi::Env, void*, std::shared_ptr<Memory>* memory) { delete memory; }, keep.get());
  keep.release();
  return typed_array(env, {field.type, field.element_bytes}, buffer, length);
}

Napi::ArrayBuffer adopt(Napi::Env env, void* data, size_t bytes) {
  if (bytes == 0) {
    std::free(data);
    return Napi::ArrayBuffer::New(env, 0);
  }
  std::unique_ptr<void, decltype(&std::free)> owned(data, &std::free);
  Napi::ArrayBuffer buffer =
      Napi::ArrayBuffer::New(env, data, bytes, [](Napi::Env, void* block) { std::free(block); });
  owned.release();
  return buffer;
}

Napi::ArrayBuffer copy(Napi::Env env, std::span<const std::byte> data) {
  Napi::ArrayBuffer buffer = Napi::ArrayBuffer::New(env, data.size());
  if (!data.empty()) std::memcpy(buffer.Data(), data.data(), data.size());
  return buffer;
}

}  // namespace neurarchy
