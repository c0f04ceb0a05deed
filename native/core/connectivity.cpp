#include "connectivity.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "error.hpp"
#include "profile_rule.hpp"
#include "row_numbers.hpp"

namespace neurarchy {

namespace {

/// Rows that a rule makes.
Connectivity ruled(std::unique_ptr<RowRule> rule, const std::vector<int32_t>& post) {
  Connectivity result;
  result.row_start.push_back(0);
  for (const int32_t post_rank : post) {
    const auto count = static_cast<int64_t>(rule->count(post_rank));
    if (count == 0) continue;
    result.post_ranks.push_back(post_rank);
    result.row_start.push_back(result.row_start.back() + count);
  }
  result.rule = std::move(rule);
  return result;
}

/// The i-th neuron of one end with the i-th of the other.
Connectivity one_to_one(const ConnectorSpec& connector, const ProjectionEnds& ends,
                        const std::string& name) {
  const auto listed = [&](const Ranks& ranks, int64_t size) {
    sorted_ranks(ranks, size, name);
    if (ranks) return *ranks;
    std::vector<int32_t> all(static_cast<size_t>(size));
    std::iota(all.begin(), all.end(), 0);
    return all;
  };
  const std::vector<int32_t> pre = listed(connector.pre_ranks, ends.pre_size);
  const std::vector<int32_t> post = listed(connector.post_ranks, ends.post_size);
  if (pre.size() != post.size()) {
    throw Error("BAD_RANKS",
                "one-to-one connections need as many presynaptic neurons (" +
                    std::to_string(pre.size()) + ") as postsynaptic ones (" +
                    std::to_string(post.size()) + ")",
                name);
  }
  std::vector<size_t> order(post.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return post[a] < post[b]; });
  const bool no_self = ends.same_population && !connector.self_connections;
  Connectivity result;
  result.row_start.push_back(0);
  result.pre_ranks.resize(post.size());
  for (const size_t i : order) {
    if (no_self && pre[i] == post[i]) continue;
    result.pre_ranks[result.post_ranks.size()] = pre[i];
    result.post_ranks.push_back(post[i]);
    result.row_start.push_back(static_cast<int64_t>(result.post_ranks.size()));
  }
  result.pre_ranks.resize(result.post_ranks.size());
  return result;
}

/// The partners of each presynaptic neuron, drawn twice: to count those of each row, and to write
/// them where they belong.
Connectivity fixed_number_post(const std::vector<int32_t>& pre, const std::vector<int32_t>& post,
                               bool no_self, int64_t number, uint32_t seed, uint32_t object,
                               const std::string& name) {
  const auto size = static_cast<int64_t>(post.size());
  if (number > size) throw Error("BAD_SPEC", "more postsynaptic partners than there are", name);
  SubsetSampler sampler(post.size());
  std::vector<int32_t> drawn(static_cast<size_t>(number));
  const auto for_each = [&](auto visit) {
    for (const int32_t pre_rank : pre) {
      // As in the reference, a neuron that is connected to all is connected to itself too.
      const int64_t self = self_position(post, pre_rank, no_self && number < size);
      RowNumbers numbers(seed, object, pre_rank);
      sampler.draw(numbers, size - (self >= 0 ? 1 : 0), number, drawn.data());
      for (const int32_t position : drawn)
        visit(static_cast<size_t>(self >= 0 && position >= self ? position + 1 : position),
              pre_rank);
    }
  };
  std::vector<int64_t> next(post.size() + 1, 0);
  for_each([&](size_t position, int32_t) { next[position + 1] += 1; });
  Connectivity result;
  result.row_start.push_back(0);
  for (size_t i = 0; i < post.size(); i++) {
    next[i + 1] += next[i];
    if (next[i + 1] == next[i]) continue;
    result.post_ranks.push_back(post[i]);
    result.row_start.push_back(next[i + 1]);
  }
  result.pre_ranks.resize(static_cast<size_t>(next.back()));
  for_each([&](size_t position, int32_t pre_rank) {
    result.pre_ranks[static_cast<size_t>(next[position]++)] = pre_rank;
  });
  return result;
}

/// Synapses that are given one by one.
Connectivity given(const ConnectorSpec& connector, const ProjectionEnds& ends,
                   const std::string& name) {
  const auto fail = [&](const std::string& what) { throw Error("BAD_RANKS", what, name); };
  const std::vector<int32_t> none;
  const std::vector<int32_t>& pre = connector.pre_ranks ? *connector.pre_ranks : none;
  const std::vector<int32_t>& post = connector.post_ranks ? *connector.post_ranks : none;
  const std::vector<int64_t>& start = connector.row_start;
  if (start.size() != post.size() + 1 || start.front() != 0 ||
      start.back() != static_cast<int64_t>(pre.size()) ||
      !std::is_sorted(start.begin(), start.end())) {
    fail("rows do not fit their synapses");
  }
  if (std::adjacent_find(post.begin(), post.end(), std::greater_equal<>()) != post.end())
    fail("postsynaptic ranks do not ascend");
  if (!post.empty() && (post.front() < 0 || post.back() >= ends.post_size))
    fail("postsynaptic rank outside the population");

  Connectivity result;
  result.post_ranks = post;
  result.row_start = start;
  result.pre_ranks.resize(pre.size());
  std::copy(pre.begin(), pre.end(), result.pre_ranks.data());
  std::vector<size_t> seen(static_cast<size_t>(ends.pre_size), 0);  // row + 1 of the last synapse
  for (size_t row = 0; row < post.size(); row++) {
    const auto end = static_cast<size_t>(start[row + 1]);
    for (auto i = static_cast<size_t>(start[row]); i < end; i++) {
      if (pre[i] < 0 || pre[i] >= ends.pre_size) fail("presynaptic rank outside the population");
      size_t& last = seen[static_cast<size_t>(pre[i])];
      if (last == row + 1) {
        fail("two synapses from neuron " + std::to_string(pre[i]) + " to neuron " +
             std::to_string(post[row]));
      }
      last = row + 1;
      if (i > static_cast<size_t>(start[row]) && pre[i] < pre[i - 1]) result.ascending = false;
    }
  }
  return result;
}

}  // namespace

std::vector<int32_t> sorted_ranks(const Ranks& ranks, int64_t size, const std::string& name) {
  if (!ranks) {
    std::vector<int32_t> all(static_cast<size_t>(size));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  std::vector<int32_t> sorted = *ranks;
  std::sort(sorted.begin(), sorted.end());
  if (!sorted.empty() && (sorted.front() < 0 || sorted.back() >= size)) {
    throw Error("BAD_RANKS", "rank outside the population of " + std::to_string(size) + " neurons",
                name);
  }
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    throw Error("BAD_RANKS", "a rank is given twice", name);
  }
  return sorted;
}

double expected_row(const ConnectorSpec& connector, const ProjectionEnds& ends) {
  if (connector.kind == ConnectorKind::kOneToOne) return 1.0;
  if (connector.kind == ConnectorKind::kExplicit) {
    const double synapses =
        connector.pre_ranks ? static_cast<double>(connector.pre_ranks->size()) : 0.0;
    const double rows =
        connector.post_ranks ? static_cast<double>(connector.post_ranks->size()) : 0.0;
    return rows > 0.0 ? synapses / rows : 0.0;
  }
  const auto length = [](const Ranks& ranks, int64_t size) {
    return ranks ? static_cast<double>(ranks->size()) : static_cast<double>(size);
  };
  const double pre = length(connector.pre_ranks, ends.pre_size);
  switch (connector.kind) {
    case ConnectorKind::kFixedProbability:
      return pre * connector.probability;
    case ConnectorKind::kFixedNumberPre:
      return static_cast<double>(connector.number);
    case ConnectorKind::kFixedNumberPost:
      return static_cast<double>(connector.number) * pre /
             std::max(1.0, length(connector.post_ranks, ends.post_size));
    case ConnectorKind::kProfile:
      return connector.profile ? profile_row(*connector.profile) : 0.0;
    default:
      return pre;
  }
}

Connectivity connect(const ConnectorSpec& connector, const ProjectionEnds& ends, uint32_t seed,
                     uint32_t object, const std::string& name) {
  if (!(connector.probability >= 0.0 && connector.probability <= 1.0)) {
    throw Error("BAD_PROBABILITY", "a probability lies between 0 and 1", name);
  }
  if (connector.number < 0) throw Error("BAD_SPEC", "a negative number of partners", name);
  if (connector.kind == ConnectorKind::kExplicit) return given(connector, ends, name);
  std::vector<int32_t> pre = sorted_ranks(connector.pre_ranks, ends.pre_size, name);
  const std::vector<int32_t> post = sorted_ranks(connector.post_ranks, ends.post_size, name);
  try {
    const double expected = expected_row(connector, ends) * static_cast<double>(post.size());
    if (expected > 1e15) throw std::bad_alloc();
    // A synapse takes two bytes at least: what cannot be had should be known before the work
    // begins.
    Array<int16_t>(static_cast<size_t>(expected));
    if (connector.kind == ConnectorKind::kOneToOne) return one_to_one(connector, ends, name);
    if (connector.kind == ConnectorKind::kFixedNumberPost) {
      return fixed_number_post(pre, post, ends.same_population && !connector.self_connections,
                               connector.number, seed, object, name);
    }
    return ruled(make_rule(connector, ends, std::move(pre), seed, object, name), post);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name);
  }
}

}  // namespace neurarchy
