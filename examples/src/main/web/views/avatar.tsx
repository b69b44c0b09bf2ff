const TONES = 8;

/** A person's first letter on a colour that follows from the name. */
export function Avatar({ name }: { readonly name: string }) {
  return (
    <span className={`avatar tone-${toneOf(name)}`} aria-hidden="true">
      {[...name][0]?.toUpperCase()}
    </span>
  );
}

function toneOf(name: string): number {
  let sum = 0;
  for (const letter of name) {
    sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  }
  return sum % TONES;
}
