package io.roomrouting.testkit.sim;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A mistake that somebody could make in the library's own source.
 *
 * @param name what is wrong, in a few words
 * @param expected the invariants of which one must be the first that is seen to break
 * @param edits what to change
 */
record Mutant(String name, Set<Invariant> expected, List<Edit> edits) {

    /**
     * One change.
     *
     * @param file under {@code routing-core/src/main/java/io/roomrouting}
     * @param original must occur exactly once; line breaks and indentation count as one space
     * @param replacement what stands there instead
     */
    record Edit(String file, String original, String replacement) {

        String apply(String source) {
            String flat = source.replaceAll("\\s+", " ");
            int at = flat.indexOf(original);
            if (at < 0 || flat.indexOf(original, at + 1) >= 0) {
                throw new IllegalStateException(
                        file + " does not have exactly once: " + original + "\nThe mutant must be brought up to date.");
            }
            return flat.substring(0, at) + replacement + flat.substring(at + original.length());
        }
    }

    static Mutant of(String name, Invariant expected, String file, String original, String replacement) {
        return new Mutant(name, Set.of(expected), List.of(new Edit(file, original, replacement)));
    }

    Mutant or(Invariant other) {
        Set<Invariant> either = EnumSet.of(other);
        either.addAll(expected);
        return new Mutant(name, either, edits);
    }

    Mutant and(String file, String original, String replacement) {
        return new Mutant(name, expected, List.of(edits.get(0), new Edit(file, original, replacement)));
    }
}
