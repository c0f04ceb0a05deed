#include <algorithm>
#include <cstring>

#include "element_writer.hpp"
#include "model_projection.hpp"
#include "streams.hpp"
#include "weights.hpp"

// Synapses of a compiled type that come and go.

namespace neurarchy {

bool ModelProjection::changeable() const noexcept {
  return fields_[weight_slot_].scope == SynapseScope::kLocal;
}

bool ModelProjection::local(size_t slot) const {
  field(slot);
  return expanded(slot) || fields_[slot].scope == SynapseScope::kLocal;
}

bool ModelProjection::has_rule(bool creating) const noexcept {
  return creating ? kernel().creating != nullptr : kernel().pruning != nullptr;
}

void ModelProjection::candidates(size_t part, size_t row, std::span<uint8_t> flags,
                                 const NaStep& step) const {
  const NaSynapses synapses = view(part, parts_of_[part].now);
  const int64_t local = post_ranks_[row] - index_[part].first_post;
  kernel().creating(&synapses, local, flags.data(), &step);
}

void ModelProjection::doomed(size_t part, std::span<uint8_t> flags, const NaStep& step) const {
  const NaSynapses synapses = view(part, parts_of_[part].now);
  std::vector<uint8_t> stored(flags.size());
  kernel().pruning(&synapses, stored.data(), &step);
  index_[part].for_each(
      [&](size_t user, size_t position, int32_t) { flags[user] = stored[position]; });
}

double ModelProjection::first_value(size_t slot, const NewSynapse& synapse,
                                    const NaStep& step) const {
  if (slot == weight_slot_) return synapse.weight;
  if (delay_slot_ == slot) return synapse.delay;
  const auto is_slot = [&](int32_t other) { return static_cast<size_t>(other) == slot; };
  if (std::any_of(last_event_slots_.begin(), last_event_slots_.end(), is_slot)) return kNoEvent;
  const auto& firsts = structure_.first_values;
  const auto first = std::find_if(firsts.begin(), firsts.end(),
                                  [&](const FirstValue& one) { return is_slot(one.slot); });
  if (first == firsts.end()) return 0.0;
  if (!first->values) return synapse.weight;
  if (first->values->kind == ValueKind::kExplicit) return first->values->parameters[synapse.row];
  return draw_pair(*first->values, step, first->draw, synapse.pre, post_ranks_[synapse.row]);
}

void ModelProjection::replace(size_t part, SynapseIndex fresh, const NewRows& rows,
                              std::span<const NewSynapse> added, const NaStep& step) {
  NaStep drawing = step;
  drawing.object = newcomers_of(object());
  const std::vector<uint32_t> from = index_[part].positions();
  const std::vector<uint32_t> to = fresh.positions();
  Part& mine = parts_of_[part];
  std::vector<std::optional<Memory>> own(fields_.size());
  for (size_t slot = 0; slot < fields_.size(); slot++) {
    if (!mine.own[slot] || fields_[slot].scope != SynapseScope::kLocal) continue;
    const size_t bytes = element_bytes(slot);
    own[slot].emplace(to.size() * bytes, slot + part);
    auto* const target = static_cast<std::byte*>(own[slot]->data());
    const auto* const source = static_cast<const std::byte*>(mine.own[slot]->data());
    const ElementWriter write(fields_[slot].type, bytes, target);
    for (size_t user = 0; user < to.size(); user++) {
      if (const int64_t before = rows.source[user]; before >= 0) {
        std::memcpy(target + to[user] * bytes, source + from[static_cast<size_t>(before)] * bytes,
                    bytes);
      } else {
        const NewSynapse& synapse = added[static_cast<size_t>(-1 - before)];
        write(to[user], first_value(slot, synapse, drawing));
      }
    }
  }
  const size_t widest = mine.expanded.size() == 0 ? 0 : to.size() * real_bytes_;
  if (widest > mine.expanded.size()) mine.expanded.resize(widest);

  // Nothing fails from here on.
  index_[part] = std::move(fresh);
  for (size_t slot = 0; slot < fields_.size(); slot++) {
    if (!own[slot]) continue;
    mine.own[slot] = std::move(own[slot]);
    mine.now[slot] = mine.own[slot]->data();
    mine.delayed[slot] = mine.now[slot];
  }
}

}  // namespace neurarchy
