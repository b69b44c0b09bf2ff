/** What the server takes as the key, kept in the tab's session storage and nowhere else. */

const PLACE = "room-routing-admin-key";

/** Returns how to present the key; undefined when the page is locked. */
export function readKey() {
  try {
    const { header, value } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
    return typeof header === "string" && typeof value === "string" ? { header, value } : undefined;
  } catch {
    // Not readable, or storage is not allowed here: the key is asked for again.
    return undefined;
  }
}

export function keepKey(credentials) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(credentials));
  } catch {
    // Storage is not allowed here: the key lasts until the page is loaded again.
  }
}

export function forgetKey() {
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // Storage is not allowed here, so nothing was kept.
  }
}
