package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.session.RoomStateStore.Loaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What docs/jdbc.md shows. */
class DocumentedSetupTest {

    @Test
    void the_documented_lines_work() {
        DataSource dataSource = Engine.H2.connections();
        Engine.H2.emptyDatabase();

        // tag::setup[]
        JdbcDatabase database = JdbcDatabase.of(dataSource);
        JdbcRegistry registry = JdbcRegistry.builder(database).build();
        JdbcRoomStateStore states = JdbcRoomStateStore.in(database);
        JdbcMessageHistory history = JdbcMessageHistory.builder(database)
                .keepFor(Duration.ofDays(90))
                .build();
        // end::setup[]

        assertThat(registry.list()).isEmpty();
        assertThat(states.load(RoomId.of("lobby"), new Epoch(1))).isEqualTo(new Loaded.Empty());

        RoomId room = RoomId.of("lobby");
        Epoch epoch = new Epoch(1);
        byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
        // tag::history[]
        history.open(room, epoch);
        history.append(room, epoch, "the sender's id", content);
        HistoryPage page = history.newest(room, 50);
        page.before().ifPresent(cursor -> history.before(room, cursor, 50));
        // end::history[]
        assertThat(page.messages()).hasSize(1);
    }
}
