#include "arguments.hpp"
#include "errors.hpp"
#include "network_wrap.hpp"

// Synapses that come and go.

namespace neurarchy {

namespace {

Pairs read_pairs(const Napi::CallbackInfo& info) {
  return {Place{info[1], "postRanks"}.int32_array(), Place{info[2], "preRanks"}.int32_array()};
}

}  // namespace

void NetworkWrap::set_structure(const Napi::CallbackInfo& info) {
  const size_t target = projection_index(info[0]);
  guarded(info.Env(),
          [&] { network_->set_structure(target, read_structure({info[1], "structure"})); });
}

void NetworkWrap::create_synapses(const Napi::CallbackInfo& info) {
  const size_t target = projection_index(info[0]);
  guarded(info.Env(), [&] {
    network_->create_synapses(target, read_pairs(info), Place{info[3], "weights"}.float64_array(),
                              Place{info[4], "delays"}.int32_array());
  });
}

void NetworkWrap::prune_synapses(const Napi::CallbackInfo& info) {
  const size_t target = projection_index(info[0]);
  guarded(info.Env(), [&] { network_->prune_synapses(target, read_pairs(info)); });
}

}  // namespace neurarchy
