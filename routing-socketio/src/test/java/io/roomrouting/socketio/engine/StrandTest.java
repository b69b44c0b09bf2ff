package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
}
