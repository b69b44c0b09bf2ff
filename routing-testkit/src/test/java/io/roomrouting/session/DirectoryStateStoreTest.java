package io.roomrouting.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore.Loaded;
import io.roomrouting.testkit.RoomStateStoreContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what files add: other processes, kills, damage, leftovers. */
class DirectoryStateStoreTest extends RoomStateStoreContract {

    private static final RoomId A = RoomId.of("a");
    private static final RoomId B = RoomId.of("b");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Override
    protected RoomStateStore createStore() {
        return store();
    }

    private DirectoryStateStore store() {
        return new DirectoryStateStore(directory);
    }

    @Test
    void whatWasSavedOutlivesTheStore() {
        SavingProcess.saveNext(store(), A, epoch(3), new byte[] {1, 2});

        assertThat(SavingProcess.saveNext(store(), A, epoch(2), new byte[] {3})).isFalse();
        assertThat(store().load(A, epoch(4))).isEqualTo(new Loaded.Found(new byte[] {1, 2}, epoch(3), true));
        assertThat(store().load(A, epoch(4))).isEqualTo(new Loaded.Found(new byte[] {1, 2}, epoch(3), false));
        assertThat(store().load(A, epoch(3))).isEqualTo(new Loaded.Fenced());
    }

    @Test
    void twoStoresOfOneProcessTakeTurns() throws InterruptedException {
        RoomStateStore one = store();
        RoomStateStore other = store();
        Thread rival = new Thread(() -> SavingProcess.save(other, 2, 300));
        rival.start();
        SavingProcess.save(one, 1, 300);
        rival.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(one.load(SavingProcess.ROOM, epoch(1_000)))
                .isEqualTo(new Loaded.Found(SavingProcess.stateOf(600), epoch(600), true));
    }

    @Test
    void twoProcessesTakeTurns() throws IOException, InterruptedException {
        Process process = savingProcess(2, 500);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("ready");

            long own = SavingProcess.save(store(), 1, 500);
            long other = Long.parseLong(lines.readLine());

            long newest = Math.max(own, other);
            assertThat(newest).isEqualTo(1_000);
            assertThat(SavingProcess.saveNext(store(), SavingProcess.ROOM, epoch(newest - 1), new byte[1]))
                    .isFalse();
            assertThat(store().load(SavingProcess.ROOM, epoch(newest)))
                    .isEqualTo(new Loaded.Found(SavingProcess.stateOf(newest), epoch(newest), true));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theThreadsOfTwoProcessesAreNotTakenForDeadlocked() throws Exception {
        Process process = process(CrowdingProcess.class);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("ready");

            long all = CrowdingProcess.ROOMS * CrowdingProcess.ROUNDS;
            assertThat(CrowdingProcess.saveAll(store())).isEqualTo(all);
            assertThat(lines.readLine()).isEqualTo(Long.toString(all));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsKilledLosesNoMoreThanTheSaveUnderWay() throws IOException, InterruptedException {
        long seen = 0;
        for (int round = 0; round < 3; round++) {
            Process process = savingProcess(seen + 1, Integer.MAX_VALUE);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).isEqualTo("ready");
                awaitNewer(seen + 40);
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            long last = newestInFile();
            seen = last + 10;
            assertThat(store().load(SavingProcess.ROOM, epoch(seen)))
                    .isEqualTo(new Loaded.Found(SavingProcess.stateOf(last), epoch(last), true));
        }
    }

    @Test
    void aDamagedFileIsReportedAndNotTakenForAnEmptyRoom() throws IOException {
        RoomStateStore store = store();
        SavingProcess.saveNext(store, A, epoch(1), new byte[100]);
        byte[] good = Files.readAllBytes(fileOf(A));

        for (int at : new int[] {0, 4, 11, 19, 35, 39, 40, good.length - 1}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(fileOf(A), bad);
            assertOutOfOrder(store);
        }
        for (int length : new int[] {0, 39, 40, good.length - 1}) {
            Files.write(fileOf(A), Arrays.copyOf(good, length));
            assertOutOfOrder(store);
        }
        Files.write(fileOf(A), good);
        assertThat(store.load(A, epoch(2))).isEqualTo(new Loaded.Found(new byte[100], epoch(1), true));
    }

    private static void assertOutOfOrder(RoomStateStore store) {
        assertUnavailable(() -> store.load(A, epoch(2)));
        assertUnavailable(() -> SavingProcess.saveNext(store, A, epoch(2), new byte[1]));
        assertUnavailable(() -> store.delete(A, epoch(2)));
    }

    private static void assertUnavailable(Runnable call) {
        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(".room"))
                .havingCause()
                .withMessageContaining("r-a.room");
    }

    @Test
    void aDamagedFileDoesNotKeepAStoreFromOpening() throws IOException {
        store().delete(A, epoch(1));
        Files.write(fileOf(A), new byte[3]);
        age(fileOf(A), Duration.ofDays(2));

        store();

        assertThat(fileOf(A)).exists();
    }

    @Test
    void oldLeftoversAreRemovedAndYoungOnesAreLeftToTheirOwner() throws IOException {
        store();
        Path old = Files.write(directory.resolve("rooms/r-a.room.tmp"), new byte[3]);
        age(old, Duration.ofHours(2));
        Path young = Files.write(directory.resolve("rooms/r-b.room.tmp"), new byte[3]);

        RoomStateStore store = store();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(SavingProcess.saveNext(store, B, epoch(1), new byte[1])).isTrue();
    }

    @Test
    void oldFencesAreRemovedAndTheFloorTakesTheirPlace() throws IOException {
        DirectoryStateStore store = store();
        store.delete(A, epoch(7));
        store.delete(B, epoch(9));
        age(fileOf(A), Duration.ofHours(25));

        DirectoryStateStore next = store();

        assertThat(fileOf(A)).doesNotExist();
        assertThat(fileOf(B)).exists();
        for (RoomId unknown : List.of(A, RoomId.of("d"))) {
            assertThat(SavingProcess.saveNext(next, unknown, epoch(7), new byte[1]))
                    .isFalse();
            assertThat(next.delete(unknown, epoch(7))).isFalse();
            assertThat(store.load(unknown, epoch(7))).isEqualTo(new Loaded.Fenced());
            assertThat(next.load(unknown, epoch(8))).isEqualTo(new Loaded.Empty());
        }
        assertThat(SavingProcess.saveNext(next, B, epoch(9), new byte[1])).isTrue();
    }

    @Test
    void theFloorNeverSinks() throws IOException {
        DirectoryStateStore store = store();
        store.delete(A, epoch(7));
        store.load(B, epoch(3));
        age(fileOf(A), Duration.ofHours(3));
        assertThat(store.prune(Duration.ofHours(2))).isEqualTo(1);
        age(fileOf(B), Duration.ofHours(3));
        assertThat(store.prune(Duration.ofHours(2))).isEqualTo(1);

        assertThat(store.load(A, epoch(7))).isEqualTo(new Loaded.Fenced());
    }

    @Test
    void aRoomThatIsOpenKeepsItsFenceWhenAStoreIsOpened() throws IOException {
        store().load(A, epoch(1));
        store().delete(B, epoch(2));
        age(fileOf(A), Duration.ofDays(30));
        age(fileOf(B), Duration.ofDays(30));

        assertThat(SavingProcess.saveNext(store(), A, epoch(1), new byte[0])).isTrue();
    }

    @Test
    void aStateIsNeverPruned() throws IOException {
        DirectoryStateStore store = store();
        SavingProcess.saveNext(store, A, epoch(1), new byte[0]);
        SavingProcess.saveNext(store, B, epoch(1), new byte[5]);
        age(fileOf(A), Duration.ofDays(300));
        age(fileOf(B), Duration.ofDays(300));

        assertThat(store.prune(Duration.ZERO)).isZero();

        assertThat(store.load(A, epoch(2))).isEqualTo(new Loaded.Found(new byte[0], epoch(1), true));
        assertThat(store.load(B, epoch(2))).isEqualTo(new Loaded.Found(new byte[5], epoch(1), true));
    }

    @Test
    void aDamagedFloorIsReported() throws IOException {
        RoomStateStore store = store();
        Files.write(directory.resolve("floor"), new byte[3]);

        assertThatExceptionOfType(RoutingException.Unavailable.class).isThrownBy(() -> store.load(A, epoch(1)));
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefusedByName() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[1]);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new DirectoryStateStore(file))
                .withMessageContaining(file.toString());
    }

    private Process savingProcess(long first, long count) throws IOException {
        return process(SavingProcess.class, Long.toString(first), Long.toString(count));
    }

    /** Starts another process on the same directory. */
    private Process process(Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.toString());
        builder.command().addAll(List.of(arguments));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private void awaitNewer(long epoch) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (newestInFile() < epoch) {
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private long newestInFile() throws IOException {
        return StateFile.read(fileOf(SavingProcess.ROOM)).map(KeptRoom::newest).orElse(0L);
    }

    private Path fileOf(RoomId room) {
        return directory.resolve("rooms").resolve(StateFile.nameOf(room));
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private static Epoch epoch(long value) {
        return new Epoch(value);
    }
}
