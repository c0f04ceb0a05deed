import type { Generated, Operation } from "../../golden-runner/schema.js";
import type { Choice } from "./choice.js";
import { delayOf, spikeTimes, valueOf, valuesOf, type Link, type Part } from "./network.js";

/** Runs of some steps, with changes and reads between them. */
export function scheduleOf(
  choice: Choice,
  dt: number,
  parts: readonly Part[],
  links: readonly Link[],
  constants: readonly string[],
): Operation[] {
  const runs = choice.integer(1, 4);
  const operations: Operation[] = [];
  const disabled = new Set<string>();
  for (let i = 0; i < runs; i++) {
    if (i > 0) {
      const changes = choice.integer(0, 3);
      for (let k = 0; k < changes; k++) {
        operations.push(...change(choice, dt, parts, links, constants, disabled));
      }
    }
    const steps = choice.integer(8, 20);
    if (choice.chance(0.15)) operations.push({ step: steps });
    else
      operations.push({
        simulate: Number((steps * dt).toFixed(6)),
        ...callbacks(choice, dt, parts),
      });
  }
  return [...operations, ...reads(parts, links)];
}

function callbacks(choice: Choice, dt: number, parts: readonly Part[]): object {
  const settable = parts.filter((part) => part.model.parameters.length > 0);
  if (settable.length === 0 || !choice.chance(0.15)) return {};
  const { entry, model, size } = choice.pick(settable);
  const attribute = choice.pick(model.parameters);
  const value = valuesOf(choice, attribute, size);
  const set = { object: entry.name, attribute, value };
  const period = choice.integer(2, 6) * dt;
  return { every: [{ id: "f", period, offset: choice.integer(-2, 3) * dt, set }] };
}

/** Values of everything at the end, parameters included. */
function reads(parts: readonly Part[], links: readonly Link[]): Operation[] {
  const ofParts = parts.flatMap(({ entry: { name }, model, kind }) => {
    const names = [...model.local, ...model.shared, ...model.parameters, ...model.sharedParameters];
    return kind === "neurons" ? names.map((attribute) => ({ object: name, attribute })) : [];
  });
  const ofLinks = links.flatMap(({ entry: { name }, model, rows }) => {
    if (rows.length === 0) return [];
    const own =
      model === null ? [] : [...model.local, ...model.row, ...model.shared, "kappa", "eta"];
    return [...new Set(["w", "delay", ...own])].map((attribute) => ({ object: name, attribute }));
  });
  return [...ofParts, ...ofLinks].map((what) => ({
    read: `${what.object}.${what.attribute}`,
    ...what,
  }));
}

function change(
  choice: Choice,
  dt: number,
  parts: readonly Part[],
  links: readonly Link[],
  constants: readonly string[],
  disabled: Set<string>,
): Operation[] {
  const part = choice.pick(parts);
  const link = choice.pick(links);
  const name = part.entry.name;
  const set = (object: string, attribute: string, value: Generated): Operation[] => [
    { set: { object, attribute, value } },
  ];
  return choice.pick<() => Operation[]>([
    () => {
      const { parameters, sharedParameters } = part.model;
      if (parameters.length > 0 && choice.chance(0.7)) {
        const attribute = choice.pick(parameters);
        return set(name, attribute, valuesOf(choice, attribute, part.size));
      }
      if (sharedParameters.length === 0) return [];
      const attribute = choice.pick(sharedParameters);
      return set(name, attribute, valueOf(choice, attribute));
    },
    () => {
      if (part.kind === "spikes") {
        const times = Array.from({ length: part.size }, () => spikeTimes(choice, dt));
        return set(name, "spike_times", times);
      }
      if (part.kind === "timed") return [];
      const variables = part.kind === "input" ? ["r"] : part.model.local.filter((v) => v !== "r");
      if (variables.length === 0) return [];
      const values = Array.from({ length: part.size }, () => choice.real(0, 0.9));
      return set(name, choice.pick(variables), values);
    },
    () => {
      if (disabled.has(name)) {
        disabled.delete(name);
        return [{ enable: name }];
      }
      const sends = ({ entry, spiking, delays: kind }: Link): boolean =>
        entry.pre === name && spiking && kind === "several";
      if (links.some(sends)) return [];
      disabled.add(name);
      return [{ disable: name }];
    },
    () =>
      constants.map((constant) => ({
        constant: { name: constant, value: choice.real(-0.9, 0.9) },
      })),
    () =>
      set(
        link.entry.name,
        choice.pick(["transmission", "update", "plasticity"]),
        choice.chance(0.5),
      ),
    () => weights(choice, link),
    () => {
      const { model } = link;
      if (model === null) return [];
      const attribute = choice.pick(["kappa", "eta", "tau", ...model.local]);
      if (attribute === "w") return weights(choice, link);
      return set(link.entry.name, attribute, valueOf(choice, attribute));
    },
    () => delays(choice, dt, link),
    () => learning(choice, dt, link),
    () => {
      const projections = choice.chance(0.5);
      return [{ reset: { populations: true, projections } }];
    },
    () => [{ monitor: { record: 0, op: choice.pick(["pause", "resume"]) } }],
  ])();
}

function weights(choice: Choice, { entry, rows, sharedWeight }: Link): Operation[] {
  const object = entry.name;
  if (rows.length === 0) return [];
  const weight = (): number => choice.real(0, 1);
  const value = sharedWeight
    ? weight()
    : choice.pick<Generated>([
        weight(),
        rows.map(weight),
        rows.map((count) => Array.from({ length: count }, weight)),
      ]);
  return [{ set: { object, attribute: "w", value } }];
}

function delays(
  choice: Choice,
  dt: number,
  { entry, delays: kind, rows, spiking }: Link,
): Operation[] {
  // What is under way to synapses of a spiking projection with several delays is another matter.
  if (kind === "none" || (kind === "several" && spiking)) return [];
  const value =
    kind === "uniform"
      ? choice.pick([dt, delayOf(choice, dt), Number((8 * dt).toFixed(6))])
      : rows.map((count) =>
          Array.from({ length: count }, () => Number((choice.integer(1, 6) * dt).toFixed(6))),
        );
  return [{ set: { object: entry.name, attribute: "delay", value } }];
}

function learning(choice: Choice, dt: number, { entry }: Link): Operation[] {
  const projections = [entry.name];
  if (choice.chance(0.4)) return [{ disable_learning: { projections } }];
  const period = choice.integer(1, 5);
  const when = choice.pick([
    {},
    { period: Number((period * dt).toFixed(6)) },
    {
      period: Number((period * dt).toFixed(6)),
      offset: Number((choice.integer(0, period - 1) * dt).toFixed(6)),
    },
  ]);
  return [{ enable_learning: { projections, ...when } }];
}
