#include <algorithm>
#include <tuple>

#include "error.hpp"
#include "projection.hpp"
#include "weights.hpp"

// Synapses that come and go. Every change of a part arranges all of its synapses anew: that costs
// as much as looking at each of them once, which is what a rule does anyway.

namespace neurarchy {

/// The synapses of a part as they are.
NewRows Projection::rows_of(size_t part) const {
  const SynapseIndex& index = index_[part];
  const auto count = static_cast<size_t>(index.count);
  const size_t rows = index.end_row - index.first_row;
  NewRows result;
  result.row_start.assign(rows + 1, 0);
  result.pre_ranks.resize(count);
  result.source.resize(count);
  index.for_each([&](size_t user, size_t, int32_t pre) {
    result.pre_ranks[user] = pre;
    result.source[user] = static_cast<int64_t>(user);
  });
  std::vector<int64_t> lengths(static_cast<size_t>(index.rows), 0);
  if (const int64_t* const start = index.row_start(); start != nullptr) {
    for (size_t row = 0; row < lengths.size(); row++) lengths[row] = start[row + 1] - start[row];
  } else {
    for (size_t position = 0; position < count; position++) lengths[index.partner(position)] += 1;
  }
  for (size_t row = 0; row < rows; row++) {
    const auto local = static_cast<size_t>(post_ranks_[index.first_row + row] - index.first_post);
    result.row_start[row + 1] = result.row_start[row] + lengths[local];
  }
  if (!uniform()) {
    result.delays.resize(count);
    copy_delays(part, result.delays);
  }
  return result;
}

void Projection::create(size_t part, const NaStep& step) {
  if (!applies(structure_.creating, step.step) || !index_[part].owns_rows()) return;
  const NewRows rows = rows_of(part);
  std::vector<uint8_t> flags(static_cast<size_t>(pre_.size()));
  std::vector<NewSynapse> added;
  for (size_t row = index_[part].first_row; row < index_[part].end_row; row++) {
    candidates(part, row, flags, step);
    const size_t inner = row - index_[part].first_row;
    for (auto i = static_cast<size_t>(rows.row_start[inner]);
         i < static_cast<size_t>(rows.row_start[inner + 1]); i++)
      flags[static_cast<size_t>(rows.pre_ranks[i])] = 0;
    for (size_t pre = 0; pre < flags.size(); pre++) {
      if (flags[pre] != 0)
        added.push_back({row, static_cast<int32_t>(pre), structure_.weight, structure_.delay});
    }
  }
  if (!added.empty()) grow(part, added, step);
}

void Projection::prune(size_t part, const NaStep& step) {
  if (!applies(structure_.pruning, step.step) || index_[part].count == 0) return;
  std::vector<uint8_t> flags(static_cast<size_t>(index_[part].count));
  doomed(part, flags, step);
  if (std::find(flags.begin(), flags.end(), uint8_t{1}) != flags.end()) shrink(part, flags, step);
}

/// Add synapses, given by row and then by ascending rank: each before the first one of its row with
/// a larger rank, so that rows in ascending order stay so.
void Projection::grow(size_t part, std::span<const NewSynapse> added, const NaStep& step) {
  const NewRows old = rows_of(part);
  const size_t count = old.pre_ranks.size() + added.size();
  NewRows rows;
  rows.row_start.push_back(0);
  rows.pre_ranks.reserve(count);
  rows.source.reserve(count);
  const auto put = [&](int32_t pre, int64_t source, int32_t delay) {
    rows.pre_ranks.push_back(pre);
    rows.source.push_back(source);
    if (!uniform()) rows.delays.push_back(delay);
  };
  size_t next = 0;
  for (size_t row = 0; row + 1 < old.row_start.size(); row++) {
    const size_t outer = index_[part].first_row + row;
    const auto put_new = [&](int32_t before) {
      for (; next < added.size() && added[next].row == outer && added[next].pre < before; next++)
        put(added[next].pre, -1 - static_cast<int64_t>(next), added[next].delay);
    };
    for (auto i = static_cast<size_t>(old.row_start[row]);
         i < static_cast<size_t>(old.row_start[row + 1]); i++) {
      put_new(old.pre_ranks[i]);
      put(old.pre_ranks[i], old.source[i], uniform() ? 0 : old.delays[i]);
    }
    put_new(INT32_MAX);
    rows.row_start.push_back(static_cast<int64_t>(rows.pre_ranks.size()));
  }
  rebuild(part, std::move(rows), added, step);
}

void Projection::shrink(size_t part, std::span<const uint8_t> doomed, const NaStep& step) {
  const NewRows old = rows_of(part);
  NewRows rows;
  rows.row_start.push_back(0);
  for (size_t row = 0; row + 1 < old.row_start.size(); row++) {
    for (auto i = static_cast<size_t>(old.row_start[row]);
         i < static_cast<size_t>(old.row_start[row + 1]); i++) {
      if (doomed[i] != 0) continue;
      rows.pre_ranks.push_back(old.pre_ranks[i]);
      rows.source.push_back(old.source[i]);
      if (!uniform()) rows.delays.push_back(old.delays[i]);
    }
    rows.row_start.push_back(static_cast<int64_t>(rows.pre_ranks.size()));
  }
  rebuild(part, std::move(rows), {}, step);
}

void Projection::rebuild(size_t part, NewRows rows, std::span<const NewSynapse> added,
                         const NaStep& step) {
  const SynapseIndex& old = index_[part];
  Connectivity connectivity;
  connectivity.post_ranks.assign(post_ranks_.begin() + static_cast<ptrdiff_t>(old.first_row),
                                 post_ranks_.begin() + static_cast<ptrdiff_t>(old.end_row));
  connectivity.row_start = rows.row_start;
  connectivity.pre_ranks.resize(rows.pre_ranks.size());
  std::copy(rows.pre_ranks.begin(), rows.pre_ranks.end(), connectivity.pre_ranks.data());
  connectivity.ascending = ascending_;
  SynapseIndex fresh = make_index(connectivity, rows.delays, pre_.size(), post_.size(),
                                  post_.range(part), form_, name_);
  fresh.first_row = old.first_row;
  fresh.end_row = old.end_row;
  replace(part, std::move(fresh), rows, added, step);
  fresh_starts_[part] = std::move(rows.row_start);
}

void Projection::join() noexcept {
  int64_t before = 0;
  for (size_t part = 0; part < parts_; part++) {
    const std::vector<int64_t>& fresh = fresh_starts_[part];
    const size_t first = index_[part].first_row;
    for (size_t row = first; row < index_[part].end_row; row++) {
      const int64_t end = row_start_[row + 1];
      const int64_t length =
          fresh.empty() ? end - before : fresh[row - first + 1] - fresh[row - first];
      before = end;
      row_start_[row + 1] = row_start_[row] + length;
    }
    fresh_starts_[part].clear();
  }
  synapses_ = row_start_.back();
}

size_t Projection::row_of(int32_t post_rank) const {
  const auto found = std::lower_bound(post_ranks_.begin(), post_ranks_.end(), post_rank);
  if (found == post_ranks_.end() || *found != post_rank)
    throw Error("BAD_RANKS", "neuron " + std::to_string(post_rank) + " has no row", name_);
  return static_cast<size_t>(found - post_ranks_.begin());
}

void Projection::require_changeable() const {
  if (!changeable()) throw Error("BAD_SPEC", "the synapses cannot come and go", name_);
}

void Projection::set_structure(Structure structure) {
  require_changeable();
  const auto check = [&](const std::optional<RuleTiming>& rule, bool creating) {
    if (!rule) return;
    if (!has_rule(creating)) throw Error("BAD_SPEC", "the synapse type has no such rule", name_);
    if (rule->period < 1) throw Error("BAD_SPEC", "no such period of a rule", name_);
  };
  check(structure.creating, true);
  check(structure.pruning, false);
  if (structure.delay < 1 || structure.delay > longest_delay_)
    throw Error("BAD_SPEC", "delay of new synapses out of range", name_);
  for (const FirstValue& first : structure.first_values) {
    if (!local(static_cast<size_t>(first.slot)))
      throw Error("BAD_SPEC", "a first value of a field that is not local", name_);
    if (!first.values) continue;
    check_values(*first.values, name_);
    if (first.values->kind == ValueKind::kExplicit &&
        first.values->parameters.size() != post_ranks_.size())
      throw Error("BAD_VALUES", "first values do not fit the rows", name_);
  }
  structure_ = std::move(structure);
}

/// Change parts one by one, and count.
template <class Change>
void Projection::change_parts(Change change) {
  try {
    for (size_t part = 0; part < parts_; part++) change(part);
  } catch (const std::bad_alloc&) {
    join();
    throw out_of_memory(name_);
  }
  join();
}

void Projection::create_synapses(const Pairs& pairs, std::span<const double> weights,
                                 std::span<const int32_t> delays, const NaStep& step) {
  require_changeable();
  const size_t count = pairs.post.size();
  if (pairs.pre.size() != count || weights.size() != count ||
      delays.size() != (uniform() ? 0 : count))
    throw Error("BAD_VALUES", "new synapses of which not all is given", name_);
  std::vector<NewSynapse> added;
  int32_t longest = 1;
  for (size_t i = 0; i < count; i++) {
    if (pairs.pre[i] < 0 || pairs.pre[i] >= pre_.size())
      throw Error("BAD_RANKS", "presynaptic rank outside the population", name_);
    const int32_t delay = uniform() ? uniform_delay_ : delays[i];
    if (delay < 1 || delay > kLongestDelay) throw Error("BAD_VALUES", "delay out of range", name_);
    added.push_back({row_of(pairs.post[i]), pairs.pre[i], weights[i], delay});
    longest = std::max(longest, delay);
  }
  const auto key = [](const NewSynapse& one) { return std::tuple(one.row, one.pre); };
  std::sort(added.begin(), added.end(),
            [&](const NewSynapse& a, const NewSynapse& b) { return key(a) < key(b); });
  const SynapseTable table = synapses();
  for (size_t i = 0; i < count; i++) {
    const int32_t* const pre = table.pre_ranks.data();
    const int32_t* const end = pre + row_start_[added[i].row + 1];
    const bool twice = i > 0 && key(added[i]) == key(added[i - 1]);
    if (twice || std::find(pre + row_start_[added[i].row], end, added[i].pre) != end) {
      throw Error("BAD_RANKS",
                  "two synapses from neuron " + std::to_string(added[i].pre) + " to neuron " +
                      std::to_string(post_ranks_[added[i].row]),
                  name_);
    }
  }
  try {
    reach(longest);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name_);
  }
  change_parts([&](size_t part) {
    const SynapseIndex& index = index_[part];
    const auto row_before = [](const NewSynapse& one, size_t row) { return one.row < row; };
    const auto first = std::lower_bound(added.begin(), added.end(), index.first_row, row_before);
    const auto last = std::lower_bound(first, added.end(), index.end_row, row_before);
    if (first != last) grow(part, {first, last}, step);
  });
}

void Projection::prune_synapses(const Pairs& pairs, const NaStep& step) {
  require_changeable();
  if (pairs.post.size() != pairs.pre.size())
    throw Error("BAD_VALUES", "as many pre neurons as post neurons", name_);
  const SynapseTable table = synapses();
  std::vector<uint8_t> flags(static_cast<size_t>(synapses_), 0);
  for (size_t i = 0; i < pairs.post.size(); i++) {
    const size_t row = row_of(pairs.post[i]);
    const int32_t* const first = table.pre_ranks.data() + row_start_[row];
    const int32_t* const end = table.pre_ranks.data() + row_start_[row + 1];
    const int32_t* const found = std::find(first, end, pairs.pre[i]);
    if (found == end) {
      throw Error("BAD_RANKS",
                  "no synapse from neuron " + std::to_string(pairs.pre[i]) + " to neuron " +
                      std::to_string(pairs.post[i]),
                  name_);
    }
    flags[static_cast<size_t>(found - table.pre_ranks.data())] = 1;
  }
  change_parts([&](size_t part) {
    const auto own =
        std::span(flags).subspan(first_synapse(part), static_cast<size_t>(index_[part].count));
    if (std::find(own.begin(), own.end(), uint8_t{1}) != own.end()) shrink(part, own, step);
  });
}

}  // namespace neurarchy
