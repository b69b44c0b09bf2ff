package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StrandTest {

    @Test
    void whatNoThreadIsFreeForIsToldAllTheSame() {
        List<String> told = new ArrayList<>();
        Strand strand = new Strand(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                () -> {});

        strand.aside(() -> strand.then(() -> told.add("the end")));

        assertThat(told).containsExactly("the end");
    }

    @Test
    void anErrorInACallbackEndsTheSessionAndKeepsNothingFromBeingTold() {
        List<String> told = new ArrayList<>();
        Strand strand = new Strand(Runnable::run, () -> told.add("ended"));

        assertThatThrownBy(() -> strand.inbound(() -> strand.then(() -> {
                    throw new StackOverflowError("a fault in the application");
                })))
                .isInstanceOf(StackOverflowError.class);
        strand.inbound(() -> strand.then(() -> told.add("the next")));

        assertThat(told).containsExactly("ended", "the next");
    }
}
