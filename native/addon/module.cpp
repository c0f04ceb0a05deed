#include <napi.h>

#include "errors.hpp"
#include "kernel_abi.h"
#include "network_wrap.hpp"
#include "parallel.hpp"

namespace {

Napi::Value create_network(const Napi::CallbackInfo& info) {
  return info.Env().GetInstanceData<Napi::FunctionReference>()->New({info[0]});
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  auto constructor = std::make_unique<Napi::FunctionReference>();
  *constructor = Napi::Persistent(neurarchy::NetworkWrap::define(env));
  env.SetInstanceData(constructor.release());
  exports.Set("abiVersion", Napi::Number::New(env, NA_ABI_VERSION));
  exports.Set("maxThreads", Napi::Number::New(env, neurarchy::available_threads()));
  exports.Set("createNetwork", Napi::Function::New<create_network>(env, "createNetwork"));
  return exports;
}

}  // namespace

NODE_API_MODULE(neurarchy, initialise)
