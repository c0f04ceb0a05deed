import { describe, expect, it } from "vitest";

import { emitUnit } from "../../../lib/codegen/unit.js";
import type { NeuronOptions } from "../../../lib/model/definition.js";
import { lowered } from "../../support/compiled.js";

function text(definition: NeuronOptions, precision: "double" | "float" = "double"): string {
  return emitUnit(lowered(definition), { precision }).text;
}

/** Lines of generated text that contain this. */
function lines(whole: string, part: string): string[] {
  return whole
    .split("\n")
    .filter((line) => line.includes(part))
    .map((line) => line.trim());
}

describe("emitUnit", () => {
  it("gives the same text for the same equations, however they are laid out", () => {
    const one = text({
      name: "A",
      parameters: "tau = 10 : population",
      equations: "tau*dr/dt = -r",
    });
    const other = text({
      name: "B",
      parameters: ["tau=20:population # [ms]"],
      equations: "\n tau * dr / dt = - (r) ;",
    });
    expect(other).toBe(one);
  });

  it("says which equation its statements come from", () => {
    const generated = text({ equations: "tau = 2 : population\ntau*dr/dt = -(r + 1)" });
    expect(lines(generated, "//")).toEqual(["// tau = 2", "// tau * dr/dt = -(r + 1)"]);
  });

  it("keeps values of parameters out of the text", () => {
    const generated = text({ parameters: { tau: 12345 }, equations: "tau*dr/dt = -r" });
    expect(generated).not.toContain("12345");
  });

  it("works out once what a shared time constant decides", () => {
    const generated = text({
      parameters: { tau: 10 },
      equations: "tau*dr/dt = 1 - r : exponential",
    });
    const [factor] = lines(generated, "na_exp");
    expect(factor).toBe("const na_real t0 = 1.0 - na_exp(-dt / u_tau);");
    expect(generated.indexOf("na_exp")).toBeLessThan(generated.indexOf("for (int64_t block"));
  });

  it("leaves a time constant of each neuron in the loop", () => {
    const generated = text({
      parameters: "tau = 10",
      equations: "tau*dr/dt = 1 - r : exponential",
    });
    expect(generated.indexOf("na_exp")).toBeGreaterThan(generated.indexOf("for (int i"));
  });

  it("divides once per call by what all neurons share, in equations only", () => {
    const parameters = { tau: 10, width: 2 };
    const generated = text({
      parameters,
      equations: "x = r / width\ntau*dr/dt = -r/width + floor(x/width)",
    });
    expect(lines(generated, "t0 =")).toEqual(["const na_real t0 = u_r / u_width;"]);
    expect(lines(generated, "t1 =")).toEqual([
      "const na_real t1 = u_r + dt / u_tau * (-u_r * (1.0 / u_width) + na_floor(t0 / u_width));",
    ]);
  });

  it("multiplies out small whole powers", () => {
    expect(
      lines(
        text({ parameters: "a = 1", equations: "r = a^2 + a^3 + a^4 + a^-1 + a^0.5" }),
        " = ",
      ).join("\n"),
    ).toContain("u_a * u_a + u_a * u_a * u_a");
  });

  it("writes literals that read back as the same number", () => {
    const equations = "r = 0.1 + 1e21 + 3 + 1e-7 + 4.9e-324";
    expect(text({ equations })).toContain("0.1 + 1e+21 + 3.0 + 1e-7 + 5e-324");
    const single = text({ equations: "r = 0.1 + t*2" }, "float");
    expect(single).toContain("#define NA_FLOAT32");
    expect(single).toContain("0.10000000149011612f + t * 2.0f");
  });

  it("gives no name of a user to C as it is", () => {
    const generated = text({
      parameters: "int_ = 1; größe = 2",
      equations: "static_ = int_ + größe\nr = static_",
    });
    expect(generated).toContain("u_int_ + u1");
    expect(generated).toContain('{"größe", NA_REAL, NA_LOCAL, NA_SELF, 0}');
  });

  it("draws before the loop over elements, once per term", () => {
    const generated = text({
      parameters: { mu: 1 },
      equations: "r = Normal(mu, 2) + Uniform(-1, 1)",
    });
    expect(lines(generated, "na_draw")).toEqual([
      "na_draw_normal(d0, u_mu, 2.0, step, 0, block / NA_BLOCK);",
      "na_draw_uniform(d1, -1.0, 1.0, step, 1, block / NA_BLOCK);",
    ]);
  });
});
