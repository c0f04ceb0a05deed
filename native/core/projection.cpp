#include "projection.hpp"

#include <algorithm>

#include "error.hpp"
#include "submatrix.hpp"
#include "weights.hpp"

namespace neurarchy {

namespace {

template <class Real>
class ProjectionOf final : public Projection {
 public:
  ProjectionOf(const ProjectionSpec& spec, const Population& pre, const Population& post)
      : pre_(pre), post_(post), delay_(spec.longest_delay), single_(spec.single_weight) {
    for (const int32_t slot : spec.target_slots) {
      const Field& field = post.fields()[static_cast<size_t>(slot)];
      targets_.push_back(static_cast<Real*>(field.memory->data()));
    }
  }

  void build(const ProjectionSpec& spec, uint32_t seed, uint32_t object, size_t parts) {
    const ProjectionEnds ends{pre_.size(), post_.size(), &pre_ == &post_};
    const Connectivity connectivity = connect(spec.connector, ends, seed, object, spec.name);
    synapses_ = connectivity.synapses();
    Array<double> weights(single_ ? 0 : static_cast<size_t>(synapses_));
    if (single_) {
      weight_ = static_cast<Real>(
          std::clamp(spec.weights.parameters[0], spec.weights.min, spec.weights.max));
    } else {
      draw_weights(spec.weights, connectivity, seed, object, {weights.data(), weights.size()});
    }
    for (size_t part = 0; part < parts; part++) {
      matrices_.push_back(make_submatrix<Real>(connectivity, {weights.data(), weights.size()},
                                               pre_.size(), post_.range(part)));
    }
  }

  int64_t deliver(size_t part, int64_t now) const override {
    const SubMatrix<Real>& matrix = matrices_[part];
    if (matrix.rows == 0) return 0;
    const int64_t begin = post_.range(part).begin;
    int64_t events = 0;
    for (size_t source = 0; source < pre_.parts(); source++) {
      const std::span<const int32_t> spikes = pre_.spikes(now, delay_, source);
      if (spikes.empty()) continue;
      for (Real* target : targets_) events += matrix.deliver(spikes, weight_, target + begin);
    }
    return events;
  }

  SynapseTable synapses() const override {
    SynapseTable table;
    std::vector<int64_t> count(static_cast<size_t>(post_.size()) + 1, 0);
    for_each([&](int32_t, int64_t post, size_t, size_t) { count[static_cast<size_t>(post)] += 1; });
    std::vector<int64_t> cursor(count.size(), 0);
    table.row_start.push_back(0);
    for (size_t post = 0; post < static_cast<size_t>(post_.size()); post++) {
      if (count[post] == 0) continue;
      cursor[post] = table.row_start.back();
      table.post_ranks.push_back(static_cast<int32_t>(post));
      table.row_start.push_back(cursor[post] + count[post]);
    }
    table.pre_ranks.resize(static_cast<size_t>(synapses_));
    for_each([&](int32_t pre, int64_t post, size_t, size_t) {
      table.pre_ranks[static_cast<size_t>(cursor[static_cast<size_t>(post)]++)] = pre;
    });
    return table;
  }

  void copy_weights(std::span<double> weights) const override {
    if (single_) {
      weights[0] = static_cast<double>(weight_);
      return;
    }
    for_each_by_row([&](size_t part, size_t position, size_t row_position) {
      weights[row_position] = static_cast<double>(matrices_[part].weights[position]);
    });
  }

  void set_weights(std::span<const double> weights) override {
    if (single_) {
      weight_ = static_cast<Real>(weights[0]);
      return;
    }
    for_each_by_row([&](size_t part, size_t position, size_t row_position) {
      matrices_[part].weights[position] = static_cast<Real>(weights[row_position]);
    });
  }

  int64_t rows(size_t part) const noexcept override { return matrices_[part].rows; }
  int64_t synapse_count() const noexcept override { return synapses_; }
  bool single_weight() const noexcept override { return single_; }

  size_t bytes() const noexcept override {
    size_t total = 0;
    for (const SubMatrix<Real>& matrix : matrices_) total += matrix.bytes();
    return total;
  }

 private:
  /// Visit (pre, post, part, position in the part), presynaptic ranks ascending for every
  /// postsynaptic neuron.
  template <class Visit>
  void for_each(Visit visit) const {
    for (size_t part = 0; part < matrices_.size(); part++) {
      const int64_t begin = post_.range(part).begin;
      matrices_[part].for_each([&](int32_t pre, uint32_t local, size_t position) {
        visit(pre, begin + static_cast<int64_t>(local), part, position);
      });
    }
  }

  /// Visit (part, position in the part, position in `synapses()`). Presynaptic ranks ascend in both
  /// orders, so a cursor in each row finds the place: no index is stored.
  template <class Visit>
  void for_each_by_row(Visit visit) const {
    std::vector<int64_t> cursor(static_cast<size_t>(post_.size()) + 1, 0);
    for_each(
        [&](int32_t, int64_t post, size_t, size_t) { cursor[static_cast<size_t>(post) + 1] += 1; });
    for (size_t post = 1; post < cursor.size(); post++) cursor[post] += cursor[post - 1];
    for_each([&](int32_t, int64_t post, size_t part, size_t position) {
      visit(part, position, static_cast<size_t>(cursor[static_cast<size_t>(post)]++));
    });
  }

  const Population& pre_;
  const Population& post_;
  int64_t delay_;
  bool single_;
  Real weight_ = 0;
  std::vector<Real*> targets_;
  int64_t synapses_ = 0;
  std::vector<SubMatrix<Real>> matrices_;
};

template <class Real>
std::unique_ptr<Projection> make(const ProjectionSpec& spec, uint32_t seed, uint32_t object,
                                 const Population& pre, const Population& post, size_t parts) {
  auto projection = std::make_unique<ProjectionOf<Real>>(spec, pre, post);
  projection->build(spec, seed, object, parts);
  return projection;
}

void check(const ProjectionSpec& spec, const Population& pre, const Population& post) {
  if (spec.synapse || std::holds_alternative<ValueSpec>(spec.delay) ||
      spec.connector.kind == ConnectorKind::kExplicit) {
    throw Error("UNSUPPORTED", "this kind of projection is not built yet", spec.name);
  }
  if (!pre.spiking())
    throw Error("BAD_SPEC", "the presynaptic population does not spike", spec.name);
  for (const int32_t slot : spec.target_slots) {
    if (slot < 0 || static_cast<size_t>(slot) >= post.fields().size()) {
      throw Error("BAD_SPEC", "no such target slot", spec.name);
    }
    const Field& field = post.fields()[static_cast<size_t>(slot)];
    if (field.type != FieldType::kReal || field.scope != FieldScope::kLocal) {
      throw Error("BAD_SPEC", "the target " + field.name + " is not a local real field", spec.name);
    }
  }
  if (spec.single_weight && spec.weights.kind != ValueKind::kConstant) {
    throw Error("BAD_SPEC", "a single weight must be a constant", spec.name);
  }
  check_values(spec.weights, spec.name);
}

}  // namespace

std::unique_ptr<Projection> make_projection(const ProjectionSpec& spec, Precision precision,
                                            uint32_t seed, uint32_t object, const Population& pre,
                                            const Population& post, size_t parts) {
  check(spec, pre, post);
  try {
    return precision == Precision::kDouble ? make<double>(spec, seed, object, pre, post, parts)
                                           : make<float>(spec, seed, object, pre, post, parts);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(spec.name);
  }
}

}  // namespace neurarchy
