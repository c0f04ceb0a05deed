#include "row_rule.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "error.hpp"
#include "profile_rule.hpp"
#include "row_numbers.hpp"

namespace neurarchy {

namespace {

/// A rule that chooses among given neurons.
class Choice : public RowRule {
 public:
  Choice(std::vector<int32_t> pre, bool no_self) : pre_(std::move(pre)), no_self_(no_self) {}

  size_t longest() const noexcept override { return pre_.size(); }

 protected:
  int64_t self(int32_t post_rank) const { return self_position(pre_, post_rank, no_self_); }
  int64_t candidates(int64_t self) const noexcept {
    return static_cast<int64_t>(pre_.size()) - (self >= 0 ? 1 : 0);
  }
  /// The neuron at a position among the candidates, of which the neuron itself is none.
  int32_t candidate(int64_t position, int64_t self) const noexcept {
    return pre_[static_cast<size_t>(self >= 0 && position >= self ? position + 1 : position)];
  }

  std::vector<int32_t> pre_;
  bool no_self_;
};

class AllToAll final : public Choice {
 public:
  using Choice::Choice;

  size_t count(int32_t post_rank) override {
    return static_cast<size_t>(candidates(self(post_rank)));
  }

  size_t make(int32_t post_rank, int32_t* row) override {
    const int64_t own = self(post_rank);
    const auto before = own < 0 ? pre_.end() : pre_.begin() + own;
    int32_t* end = std::copy(pre_.begin(), before, row);
    if (own >= 0) end = std::copy(before + 1, pre_.end(), end);
    return static_cast<size_t>(end - row);
  }
};

/// Jumps from synapse to synapse by geometric steps, so that the work is proportional to the number
/// of synapses and not to the number of pairs.
class FixedProbability final : public Choice {
 public:
  FixedProbability(std::vector<int32_t> pre, bool no_self, double probability, uint32_t seed,
                   uint32_t object)
      : Choice(std::move(pre), no_self),
        scale_(1.0 / std::log1p(-probability)),
        seed_(seed),
        object_(object) {}

  size_t count(int32_t post_rank) override {
    size_t synapses = 0;
    walk(post_rank, candidates(self(post_rank)), [&](int64_t) { synapses += 1; });
    return synapses;
  }

  size_t make(int32_t post_rank, int32_t* row) override {
    const int64_t own = self(post_rank);
    int32_t* end = row;
    walk(post_rank, candidates(own), [&](int64_t position) { *end++ = candidate(position, own); });
    return static_cast<size_t>(end - row);
  }

 private:
  template <class Visit>
  void walk(int32_t post_rank, int64_t candidates, Visit visit) const {
    RowNumbers numbers(seed_, object_, post_rank);
    const double scale = scale_;
    const auto end = static_cast<double>(candidates);
    double skipped[RowNumbers::kBatch];
    double next = 0.0;
    for (;;) {
      // The number of failures before the next success is geometric: floor(log u / log(1 - p)).
      numbers.batch(skipped, [scale](double u) { return std::floor(na_log_f64(u) * scale); });
      for (const double skip : skipped) {
        next += skip;
        if (next >= end) return;
        visit(static_cast<int64_t>(next));
        next += 1.0;
      }
    }
  }

  double scale_;
  uint32_t seed_;
  uint32_t object_;
};

class FixedNumberPre final : public Choice {
 public:
  FixedNumberPre(std::vector<int32_t> pre, bool no_self, int64_t number, uint32_t seed,
                 uint32_t object)
      : Choice(std::move(pre), no_self),
        number_(number),
        seed_(seed),
        object_(object),
        sampler_(pre_.size()) {}

  size_t longest() const noexcept override { return static_cast<size_t>(number_); }
  size_t count(int32_t post_rank) override {
    return static_cast<size_t>(std::min(number_, candidates(self(post_rank))));
  }

  size_t make(int32_t post_rank, int32_t* row) override {
    const int64_t own = self(post_rank);
    const size_t synapses = count(post_rank);
    RowNumbers numbers(seed_, object_, post_rank);
    sampler_.draw(numbers, candidates(own), static_cast<int64_t>(synapses), row);
    for (size_t i = 0; i < synapses; i++) row[i] = candidate(row[i], own);
    return synapses;
  }

 private:
  int64_t number_;
  uint32_t seed_;
  uint32_t object_;
  SubsetSampler sampler_;
};

}  // namespace

void RowRule::weights(int32_t, std::span<const int32_t> row, double* values) const {
  std::fill_n(values, row.size(), 0.0);
}

std::unique_ptr<RowRule> make_rule(const ConnectorSpec& connector, const ProjectionEnds& ends,
                                   std::vector<int32_t> pre, uint32_t seed, uint32_t object,
                                   const std::string& name) {
  const bool no_self = ends.same_population && !connector.self_connections;
  switch (connector.kind) {
    case ConnectorKind::kAllToAll:
      return std::make_unique<AllToAll>(std::move(pre), no_self);
    case ConnectorKind::kFixedProbability:
      if (connector.probability == 0.0) pre.clear();
      if (connector.probability == 0.0 || connector.probability == 1.0)
        return std::make_unique<AllToAll>(std::move(pre), no_self);
      return std::make_unique<FixedProbability>(std::move(pre), no_self, connector.probability,
                                                seed, object);
    case ConnectorKind::kFixedNumberPre:
      if (connector.number > static_cast<int64_t>(pre.size()))
        throw Error("BAD_SPEC", "more presynaptic partners than there are", name);
      return std::make_unique<FixedNumberPre>(std::move(pre), no_self, connector.number, seed,
                                              object);
    case ConnectorKind::kProfile:
      return make_profile_rule(connector, ends, no_self, name);
    case ConnectorKind::kOneToOne:
    case ConnectorKind::kFixedNumberPost:
    case ConnectorKind::kExplicit:
      break;
  }
  throw Error("BAD_SPEC", "the pattern has no rule by row", name);
}

}  // namespace neurarchy
