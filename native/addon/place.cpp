#include "place.hpp"

#include <cmath>

#include "errors.hpp"

namespace neurarchy {

namespace {

/// The typed array of a type, with its memory.
template <class Array>
Array typed(const Place& place, napi_typedarray_type type, const char* wanted) {
  if (!place.value.IsTypedArray() || place.value.As<Napi::TypedArray>().TypedArrayType() != type) {
    place.refuse(wanted);
  }
  return place.value.As<Array>();
}

bool is_whole(double number, double low, double high) {
  return number >= low && number <= high && std::floor(number) == number;
}

}  // namespace

void Place::refuse(const std::string& wanted) const {
  throw js_error(value.Env(), "BAD_ARGUMENT", path + " must be " + wanted);
}

const Place& Place::object() const {
  if (!value.IsObject()) refuse("an object");
  return *this;
}

Place Place::at(const char* key) const {
  return {value.As<Napi::Object>().Get(key), path + "." + key};
}

Place Place::at(uint32_t index) const {
  return {value.As<Napi::Array>().Get(index), path + "[" + std::to_string(index) + "]"};
}

int64_t Place::integer(int64_t low, int64_t high) const {
  if (value.IsNumber()) {
    const double number = value.As<Napi::Number>().DoubleValue();
    // Compared as floating point first: converting what does not fit would be undefined.
    if (is_whole(number, static_cast<double>(low), static_cast<double>(high)))
      return static_cast<int64_t>(number);
  }
  refuse("a whole number from " + std::to_string(low) + " to " + std::to_string(high));
}

int32_t Place::integer32(int32_t low, int32_t high) const {
  return static_cast<int32_t>(integer(low, high));
}

double Place::number() const {
  if (!value.IsNumber()) refuse("a number");
  return value.As<Napi::Number>().DoubleValue();
}

bool Place::boolean() const {
  if (!value.IsBoolean()) refuse("true or false");
  return value.As<Napi::Boolean>().Value();
}

std::string Place::text() const {
  if (!value.IsString()) refuse("a string");
  return value.As<Napi::String>().Utf8Value();
}

std::vector<int32_t> Place::int32_array() const {
  const auto array = typed<Napi::Int32Array>(*this, napi_int32_array, "an Int32Array");
  return {array.Data(), array.Data() + array.ElementLength()};
}

std::vector<double> Place::float64_array() const {
  const auto array = typed<Napi::Float64Array>(*this, napi_float64_array, "a Float64Array");
  return {array.Data(), array.Data() + array.ElementLength()};
}

std::vector<int64_t> Place::whole_numbers() const {
  const auto array = typed<Napi::Float64Array>(*this, napi_float64_array, "a Float64Array");
  constexpr auto kMost = static_cast<double>(kMaxSafeInteger);
  std::vector<int64_t> numbers(array.ElementLength());
  for (size_t i = 0; i < numbers.size(); i++) {
    if (!is_whole(array[i], -kMost, kMost)) refuse("a Float64Array of whole numbers");
    numbers[i] = static_cast<int64_t>(array[i]);
  }
  return numbers;
}

Ranks Place::ranks() const {
  if (is_null()) return std::nullopt;
  if (!value.IsTypedArray()) refuse("an Int32Array or null");
  return int32_array();
}

Slot Place::optional_slot() const {
  if (is_null()) return std::nullopt;
  return integer32(0);
}

}  // namespace neurarchy
