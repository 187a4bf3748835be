import type { Alternative, Problem } from "./types";

/** What the town answered instead of what was asked for (RFC 9457), or that it did not answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly errors: NonNullable<Problem["errors"]>;
  readonly alternatives: Alternative[];
  /** Of a series: each date that stands in the way. */
  readonly dates: NonNullable<Problem["dates"]>;

  constructor(problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? "");
    this.status = problem.status ?? 0;
    this.code = problem.code ?? "unreachable";
    this.title = problem.title ?? "";
    this.errors = problem.errors ?? [];
    this.alternatives = problem.alternatives ?? [];
    this.dates = problem.dates ?? [];
  }

  /** What is wrong with one field of the form, by its JSON pointer. */
  about(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.detail;
  }

  /** What stands beside no field that the form has. */
  besides(fields: readonly string[]): string[] {
    return this.errors
      .filter((error) => !fields.includes(error.field))
      .map((error) => error.detail);
  }
}
