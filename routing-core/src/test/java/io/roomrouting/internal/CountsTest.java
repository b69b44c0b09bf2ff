package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountsTest {

    private final Counts<String> counts = new Counts<>(2);

    @Test
    void countsEachKeyUpToTheLimit() {
        assertThat(counts.tryAdd("a")).isTrue();
        assertThat(counts.tryAdd("a")).isTrue();
        assertThat(counts.tryAdd("a")).isFalse();
        assertThat(counts.tryAdd("b")).isTrue();
    }

    @Test
    void aRefusedAttemptIsNotCounted() {
        counts.tryAdd("a");
        counts.tryAdd("a");
        counts.tryAdd("a");

        counts.remove("a");

        assertThat(counts.tryAdd("a")).isTrue();
        assertThat(counts.tryAdd("a")).isFalse();
    }

    @Test
    void removingWhatWasNeverAddedIsHarmless() {
        counts.remove("a");

        assertThat(counts.tryAdd("a")).isTrue();
        assertThat(counts.tryAdd("a")).isTrue();
        assertThat(counts.tryAdd("a")).isFalse();
    }
}
