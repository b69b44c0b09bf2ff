/** The admin interface as calls: answers are unwrapped, refusals are told in the server's own words. */

const PATIENCE_MS = 10_000;
const UNAUTHENTICATED = 401;
const GATEWAY_PROBLEMS = new Set([502, 503, 504]);
const FITS_A_HEADER = /^[\x21-\x7e]+$/;

/** The server answered, and said no. */
export class Refusal extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }

  get unauthenticated() {
    return this.status === UNAUTHENTICATED;
  }
}

/** Nobody answered, or only a proxy in front of nobody. */
export class Away extends Error {}

/** Calls with one way of showing who calls: a header and its value. */
export class Api {
  #base;
  #credentials;
  #ended = new AbortController();

  constructor(base, credentials) {
    this.#base = base;
    this.#credentials = credentials;
  }

  get(path) {
    return this.#call("GET", path);
  }

  post(path, body) {
    return this.#call("POST", path, body);
  }

  delete(path) {
    return this.#call("DELETE", path);
  }

  /** Ends the calls that are under way; what they wait for never comes. */
  close() {
    this.#ended.abort();
  }

  async #call(method, path, body) {
    const response = await this.#fetch(method, path, body);
    const answer = await readJson(response);
    if (response.ok && answer !== undefined) {
      return answer.data;
    }
    const says = answer?.data?.message ?? answer?.detail;
    if (response.ok || (says === undefined && GATEWAY_PROBLEMS.has(response.status))) {
      throw new Away(`Something else answers in its place (HTTP ${response.status}).`);
    }
    throw new Refusal(response.status, String(says ?? `The server refused this (HTTP ${response.status}).`));
  }

  /** A redirect is an error: it would take the key elsewhere. */
  async #fetch(method, path, body) {
    const headers = { Accept: "application/json", [this.#credentials.header]: this.#credentials.value };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(PATIENCE_MS)]);
    try {
      return await fetch(new URL(path, this.#base), {
        method, headers, signal, body: body && JSON.stringify(body), cache: "no-store", redirect: "error", referrerPolicy: "no-referrer",
      });
    } catch (error) {
      throw new Away("The server does not answer.", { cause: error });
    }
  }
}

/** Undefined for what is no JSON object, and for an answer that breaks off. */
async function readJson(response) {
  try {
    const answer = await response.json();
    return typeof answer === "object" && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** The ways to present a key: servers take it as an API key, or as a bearer token where administrators log in. */
export function waysToPresent(key) {
  return FITS_A_HEADER.test(key)
    ? [{ header: "X-API-Key", value: key }, { header: "Authorization", value: `Bearer ${key}` }]
    : [];
}

/** Finds the way in which the server takes the key; throws the last refusal when it takes none. */
export async function unlocked(base, key) {
  let refusal = new Refusal(UNAUTHENTICATED, "A key has no spaces and no letters beyond ASCII.");
  for (const credentials of waysToPresent(key)) {
    try {
      await new Api(base, credentials).get("");
      return credentials;
    } catch (error) {
      if (!(error instanceof Refusal) || !error.unauthenticated) {
        throw error;
      }
      refusal = new Refusal(error.status, "The server does not take this key.");
    }
  }
  throw refusal;
}
