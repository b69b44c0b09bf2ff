package io.roomrouting.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.benchmarks.chaos.check.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLogTest {

    private static final String HOST = "127.0.0.1:1";
    private static final Message MESSAGE = new Message("room", HOST, 3, 4, "alice", 5);

    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Admitted> admitted = new ArrayList<>();
    private Path file;

    @BeforeEach
    void writeSome(@TempDir Path directory) throws IOException {
        file = directory.resolve("log");
        try (HostLog log = new HostLog(HOST, file)) {
            log.joined(RoomId.of("room"), UserId.of("alice"));
            log.accepted(MESSAGE, true);
            log.resumed(RoomId.of("room"), UserId.of("alice"));
        }
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        HostLog.read(file, accepted::add, admitted::add);

        assertThat(accepted).hasSize(1);
        assertThat(accepted.get(0).message()).isEqualTo(MESSAGE);
        assertThat(accepted.get(0).again()).isTrue();
        assertThat(admitted).extracting(Admitted::host).containsExactly(HOST, HOST);
        assertThat(admitted.get(0).at()).isLessThanOrEqualTo(accepted.get(0).at());
    }

    @Test
    void aLineThatAKilledProcessCouldNotEndDoesNotCount() throws IOException {
        Files.writeString(file, "accepted 12 room " + HOST, StandardOpenOption.APPEND);

        HostLog.read(file, accepted::add, admitted::add);

        assertThat(accepted).hasSize(1);
    }

    @Test
    void aLineThatIsNoneOfTheLogsIsRefused() throws IOException {
        Files.writeString(file, "something else\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> HostLog.read(file, accepted::add, admitted::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("something else");
    }
}
