#include "connectivity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "error.hpp"
#include "kernel_random.h"
#include "streams.hpp"

namespace neurarchy {

namespace {

/// Rows under construction.
class Builder {
 public:
  explicit Builder(size_t expected) {
    result_.row_start.push_back(0);
    result_.pre_ranks.resize(std::max<size_t>(expected, 16));
  }

  void add(int32_t pre_rank) {
    if (count_ == result_.pre_ranks.size()) result_.pre_ranks.resize(count_ + count_ / 2);
    result_.pre_ranks[count_++] = pre_rank;
  }

  void end_row(int32_t post_rank) {
    const auto end = static_cast<int64_t>(count_);
    if (end == result_.row_start.back()) return;
    result_.post_ranks.push_back(post_rank);
    result_.row_start.push_back(end);
  }

  Connectivity finish() {
    result_.pre_ranks.resize(count_);
    return std::move(result_);
  }

 private:
  Connectivity result_;
  size_t count_ = 0;
};

/// Uniform numbers in (0, 1] with 52 bits, for one row.
class RowNumbers {
 public:
  RowNumbers(uint32_t seed, uint32_t object, int32_t post_rank)
      : step_(row_address(seed, object, post_rank)) {}

  double next() {
    if (used_ == NA_BLOCK) {
      na_words(words_, &step_, kConnectionDraw, block_++);
      used_ = 0;
    }
    const uint64_t high = words_[used_];
    const uint64_t low = words_[used_ + 1];
    used_ += 2;
    return na_from_integer((high << 19) + (low >> 13) + 1) * 0x1p-51;
  }

 private:
  NaStep step_;
  uint64_t words_[NA_BLOCK] = {};
  int used_ = NA_BLOCK;
  int64_t block_ = 0;
};

/// Position of the neuron itself among its possible partners, or none.
int64_t self_position(const std::vector<int32_t>& pre, int32_t post_rank, bool excluded) {
  if (!excluded) return -1;
  const auto found = std::lower_bound(pre.begin(), pre.end(), post_rank);
  return found != pre.end() && *found == post_rank ? found - pre.begin() : -1;
}

void all_to_all(Builder& builder, const std::vector<int32_t>& pre, const std::vector<int32_t>& post,
                bool no_self) {
  for (const int32_t post_rank : post) {
    for (const int32_t pre_rank : pre) {
      if (!no_self || pre_rank != post_rank) builder.add(pre_rank);
    }
    builder.end_row(post_rank);
  }
}

void fixed_probability(Builder& builder, const std::vector<int32_t>& pre,
                       const std::vector<int32_t>& post, bool no_self, double probability,
                       uint32_t seed, uint32_t object) {
  if (probability <= 0.0) return;
  const double scale = 1.0 / std::log1p(-probability);
  for (const int32_t post_rank : post) {
    RowNumbers numbers(seed, object, post_rank);
    const int64_t self = self_position(pre, post_rank, no_self);
    const auto candidates = static_cast<double>(pre.size() - (self >= 0 ? 1 : 0));
    // The number of failures before the next success is geometric: floor(log u / log(1 - p)).
    double next = std::floor(na_log_f64(numbers.next()) * scale);
    while (next < candidates) {
      auto position = static_cast<int64_t>(next);
      if (self >= 0 && position >= self) position += 1;
      builder.add(pre[static_cast<size_t>(position)]);
      next += 1.0 + std::floor(na_log_f64(numbers.next()) * scale);
    }
    builder.end_row(post_rank);
  }
}

void one_to_one(Builder& builder, const ConnectorSpec& connector, const ProjectionEnds& ends,
                bool no_self, const std::string& name) {
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
  for (const size_t i : order) {
    if (!no_self || pre[i] != post[i]) builder.add(pre[i]);
    builder.end_row(post[i]);
  }
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
  const double pre = connector.pre_ranks ? static_cast<double>(connector.pre_ranks->size())
                                         : static_cast<double>(ends.pre_size);
  return connector.kind == ConnectorKind::kAllToAll ? pre : pre * connector.probability;
}

Connectivity connect(const ConnectorSpec& connector, const ProjectionEnds& ends, uint32_t seed,
                     uint32_t object, const std::string& name) {
  if (!(connector.probability >= 0.0 && connector.probability <= 1.0)) {
    throw Error("BAD_PROBABILITY", "a probability lies between 0 and 1", name);
  }
  if (connector.kind == ConnectorKind::kExplicit) return given(connector, ends, name);
  const bool no_self = ends.same_population && !connector.self_connections;
  const std::vector<int32_t> pre = sorted_ranks(connector.pre_ranks, ends.pre_size, name);
  const std::vector<int32_t> post = sorted_ranks(connector.post_ranks, ends.post_size, name);
  try {
    const double expected = expected_row(connector, ends) * static_cast<double>(post.size());
    if (expected > 1e15) throw std::bad_alloc();
    Builder builder(static_cast<size_t>(expected * 1.02) + 64);
    switch (connector.kind) {
      case ConnectorKind::kAllToAll:
        all_to_all(builder, pre, post, no_self);
        break;
      case ConnectorKind::kExplicit:
        break;
      case ConnectorKind::kOneToOne:
        one_to_one(builder, connector, ends, no_self, name);
        break;
      case ConnectorKind::kFixedProbability:
        if (connector.probability == 1.0) {
          all_to_all(builder, pre, post, no_self);
        } else {
          fixed_probability(builder, pre, post, no_self, connector.probability, seed, object);
        }
        break;
    }
    return builder.finish();
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name);
  }
}

}  // namespace neurarchy
