/** What the server asks of a name and a password, told before anything is sent. Pure functions. */

const NAME = /^[A-Za-z0-9_.-]{3,32}$/;
const LEAST_BYTES = 8;
const MOST_BYTES = 72;

/** What is wrong with a new name; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  if (name === "") {
    return "Please enter a name.";
  }
  return NAME.test(name) ? undefined : "A name has 3 to 32 letters, digits, or . _ - and no blanks.";
}

/** What is wrong with a new password; undefined when nothing is. */
export function passwordProblem(password: string): string | undefined {
  const bytes = new TextEncoder().encode(password).length;
  if (bytes < LEAST_BYTES) {
    return "A password has at least 8 characters.";
  }
  return bytes > MOST_BYTES ? "That is too long: a password has at most 72 characters, fewer with accents or symbols." : undefined;
}
