package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes of one machine share an H2 file, which none of them has made before. */
class SharedFileTest {

    private static final int PROCESSES = 3;
    private static final int ROOMS = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void processes_that_start_at_once_on_a_new_file_agree_on_every_owner() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(start("host-" + i));
        }

        List<List<String>> seen = new ArrayList<>();
        for (Process process : processes) {
            seen.add(owners(process));
        }

        assertThat(seen.get(0)).hasSize(ROOMS);
        assertThat(seen).allSatisfy(owners -> assertThat(owners).isEqualTo(seen.get(0)));
    }

    @Test
    void what_a_process_was_granted_before_it_was_killed_is_there_afterwards() throws Exception {
        List<String> granted = owners(start("killed"));

        assertThat(owners(start("other"))).hasSize(ROOMS).isEqualTo(granted);
    }

    private static List<String> owners(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        return output.lines().filter(line -> line.startsWith("owner ")).toList();
    }

    private Process start(String host) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        // A pool would lend a connection again and again of which only H2 knows that it is dead.
                        "-Dcom.zaxxer.hikari.aliveBypassWindowMs=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharedFileTest.class.getName(),
                        directory.resolve("rooms").toString(),
                        host)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What each process does: wants every room for itself and says who has it. None closes anything at its end. */
    public static void main(String[] arguments) {
        HikariConfig patient = new HikariConfig();
        patient.setInitializationFailTimeout(-1);
        String url = "jdbc:h2:file:" + arguments[0] + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";
        try (HikariDataSource pool = Engine.pool(url, patient)) {
            JdbcRegistry registry = JdbcRegistry.builder(JdbcDatabase.of(pool).withTimeout(Duration.ofSeconds(10)))
                    .build();
            Placement placement = new Placement(
                    HostIncarnation.next(HostId.of(arguments[1])),
                    new HostAddress("127.0.0.1", 8000, false),
                    Optional.of(Duration.ofHours(1)),
                    "for a test");
            for (int i = 0; i < ROOMS; i++) {
                RoomId room = RoomId.of("room-" + i);
                RoomAssignment owner = await().atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(20))
                        .ignoreExceptionsInstanceOf(RoutingException.Unavailable.class)
                        .until(() -> ensured(registry, room, placement), assignment -> true);
                Epoch epoch = owner.epoch();
                System.out.println("owner " + room + " " + owner.owner() + " " + epoch);
            }
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    /** As a router does it that is asked again when the registry was out of reach: the process that serves the file may end. */
    private static RoomAssignment ensured(JdbcRegistry registry, RoomId room, Placement placement) {
        registry.ensure(room, RoomSpec.defaults());
        ClaimResult result = registry.claim(new Claim(room, placement));
        if (result instanceof ClaimResult.Granted granted) {
            return granted.assignment();
        }
        return ((ClaimResult.Held) result).assignment();
    }
}
