#include <algorithm>

#include "error.hpp"
#include "population.hpp"
#include "state.hpp"

// The state of a population: taking it out, and putting it back.

namespace neurarchy {

namespace {

/// As many steps as delays can reach back.
constexpr size_t kMostSteps = 1'000'000;

std::vector<double> numbers(const Field& field, const std::byte* from) {
  std::vector<double> values(static_cast<size_t>(field.count));
  const auto copy = [&](const auto* elements) {
    for (size_t i = 0; i < values.size(); i++) values[i] = static_cast<double>(elements[i]);
  };
  if (!field.real()) {
    copy(reinterpret_cast<const int32_t*>(from));
  } else if (field.element_bytes == sizeof(double)) {
    copy(reinterpret_cast<const double*>(from));
  } else {
    copy(reinterpret_cast<const float*>(from));
  }
  return values;
}

void write(const Field& field, std::byte* to, const std::vector<double>& values) {
  const auto copy = [&]<class Element>(Element* elements) {
    for (size_t i = 0; i < values.size(); i++) elements[i] = static_cast<Element>(values[i]);
  };
  if (!field.real()) {
    copy(reinterpret_cast<int32_t*>(to));
  } else if (field.element_bytes == sizeof(double)) {
    copy(reinterpret_cast<double*>(to));
  } else {
    copy(reinterpret_cast<float*>(to));
  }
}

const Field* named(const std::vector<Field>& fields, const std::string& name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

/// Ranks of all parts, in their order.
template <class Spikes>
std::vector<int32_t> joined(size_t parts, Spikes spikes) {
  std::vector<int32_t> ranks;
  for (size_t part = 0; part < parts; part++) {
    const std::span<const int32_t> some = spikes(part);
    ranks.insert(ranks.end(), some.begin(), some.end());
  }
  return ranks;
}

/// Divide a list of ranks among the parts of a ring.
void put(SpikeRing& ring, int64_t then, const std::vector<Range>& ranges,
         const std::vector<int32_t>& ranks) {
  auto first = ranks.begin();
  for (size_t part = 0; part < ranges.size(); part++) {
    const auto last = std::lower_bound(first, ranks.end(), ranges[part].end);
    std::copy(first, last, ring.segment(then, part));
    ring.set_count(then, part, last - first);
    first = last;
  }
}

}  // namespace

PopulationState Population::state(int64_t step) const {
  PopulationState state;
  state.size = size_;
  state.step = step;
  for (const Field& field : fields_) {
    if (is_kept(field.name)) state.fields.push_back({field.name, numbers(field, field.bytes())});
  }
  const int64_t clock = clock_tick(next_tick_);
  for (int64_t age = 1; spiking() && age <= longest_delay_; age++) {
    state.spikes.push_back(
        joined(parts(), [&](size_t part) { return ring_.spikes(clock - age, part); }));
  }
  if (has_axon_events()) {
    state.axon_spikes =
        joined(parts(), [&](size_t part) { return axon_ring_.spikes(clock - 1, part); });
  }
  for (const History& history : histories_) {
    const Field& field = fields_[history.slot()];
    StoredHistory& stored = state.histories.emplace_back(StoredHistory{field.name, {}});
    for (int64_t age = 0; age < longest_delay_; age++)
      stored.steps.push_back(numbers(field, history.past(age, clock)));
  }
  if (rate_) {
    state.rate_window = rate_->window();
    state.rate_spikes = rate_->spikes(step);
  }
  if (spike_source_) state.source_clock = spike_source_->clock();
  if (block_source_) {
    state.source_clock = block_source_->counter();
    state.source_block = block_source_->block();
  }
  return state;
}

void Population::check(const PopulationState& state) const {
  const auto fail = [&](const std::string& what) { throw Error("BAD_STATE", what, name_); };
  if (state.size != size_) fail("the state is that of " + std::to_string(state.size) + " neurons");
  const auto fits = [&](const std::string& name, const std::vector<double>& values) {
    const Field* field = named(fields_, name);
    if (field == nullptr) return;
    if (values.size() != static_cast<size_t>(field->count))
      fail("the state has " + std::to_string(values.size()) + " values of " + name);
    if (!field->real() && !std::all_of(values.begin(), values.end(), is_int32))
      fail("values of " + name + " are damaged");
  };
  for (const StoredField& field : state.fields) fits(field.name, field.values);
  for (const StoredHistory& history : state.histories) {
    for (const std::vector<double>& values : history.steps) fits(history.name, values);
    if (history.steps.size() > kMostSteps) fail("the state reaches back too far");
  }
  if (state.spikes.size() > kMostSteps) fail("the state reaches back too far");
}

void Population::restore(const PopulationState& state, int64_t step) {
  check(state);
  try {
    settle();
    size_t longest = state.spikes.size();
    for (const StoredHistory& history : state.histories)
      longest = std::max(longest, history.steps.size());
    if (longest > 0) extend_spikes(static_cast<int32_t>(longest));
    for (size_t slot = 0; slot < fields_.size(); slot++) {
      const Field& field = fields_[slot];
      for (const StoredField& stored : state.fields) {
        if (stored.name != field.name || !is_kept(field.name)) continue;
        write(field, field.bytes(), stored.values);
        field_changed(slot);
      }
    }
    if (last_spike_ != nullptr) {
      for (int64_t i = 0; i < padded_size(size_); i++) {
        if (last_spike_[i] != kNeverSpiked)
          last_spike_[i] = static_cast<int32_t>(last_spike_[i] + step - state.step);
      }
    }
    const int64_t clock = clock_tick(next_tick_);
    for (size_t i = 0; spiking() && i < state.spikes.size(); i++)
      put(ring_, clock - 1 - static_cast<int64_t>(i), ranges_, state.spikes[i]);
    if (has_axon_events()) put(axon_ring_, clock - 1, ranges_, state.axon_spikes);
    for (const StoredHistory& stored : state.histories) {
      for (History& history : histories_) {
        const Field& field = fields_[history.slot()];
        if (field.name != stored.name) continue;
        for (size_t age = 0; age < stored.steps.size(); age++)
          write(field, history.kept(static_cast<int64_t>(age), clock), stored.steps[age]);
      }
    }
    if (rate_) rate_->restore(state.rate_window, state.rate_spikes, step);
    if (spike_source_) spike_source_->set_clock(state.source_clock);
    if (block_source_) block_source_->set_clock(state.source_clock, state.source_block);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name_);
  }
}

}  // namespace neurarchy
