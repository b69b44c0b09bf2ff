/** Style sheets are imported for their effect only; the bundler collects them into app.css. */
declare module "*.css";

/** The part of the test runner that the unit tests use. */
declare namespace Deno {
  function test(name: string, body: () => void | Promise<void>): void;
}

/** The part of the assertion library that the unit tests use. */
declare module "node:assert/strict" {
  export function equal(actual: unknown, expected: unknown, message?: string): void;
  export function deepEqual(actual: unknown, expected: unknown, message?: string): void;
  export function ok(value: unknown, message?: string): asserts value;
  export function match(value: string, pattern: RegExp, message?: string): void;
  export function rejects(
    promise: Promise<unknown>,
    check: (error: Error & Record<string, unknown>) => boolean,
    message?: string,
  ): Promise<void>;
}
