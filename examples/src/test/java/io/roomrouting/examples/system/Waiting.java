package io.roomrouting.examples.system;

import java.time.Duration;

/** How long the tests of whole systems wait for what must happen; far beyond what it takes on a slow machine. */
final class Waiting {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Waiting() {}
}
