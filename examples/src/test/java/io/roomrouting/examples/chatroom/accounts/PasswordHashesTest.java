package io.roomrouting.examples.chatroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.RoutingException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {

    private static final Password RIGHT = Password.chosen("correct horse");
    private static final Password WRONG = Password.chosen("battery staple");

    private final PasswordHashes cheap = new PasswordHashes(4);
    private final PasswordHashes dear = new PasswordHashes(6);

    @Test
    void aHashIsBcryptWithItsOwnSaltAndTheCostThatWasAskedFor() {
        String hash = dear.hash(RIGHT);

        assertThat(hash).matches("\\$2b\\$06\\$[./A-Za-z0-9]{53}").isNotEqualTo(dear.hash(RIGHT));
    }

    @Test
    void onlyThePasswordMatchesItsHash() {
        Optional<String> hash = Optional.of(cheap.hash(RIGHT));

        assertThat(cheap.matches(Optional.of(RIGHT), hash)).isTrue();
        assertThat(cheap.matches(Optional.of(WRONG), hash)).isFalse();
        assertThat(cheap.matches(Optional.empty(), hash)).isFalse();
        assertThat(cheap.matches(Optional.of(RIGHT), Optional.empty())).isFalse();
    }

    @Test
    void aHashOfAnotherCostIsComparedWithItsOwn() {
        assertThat(dear.matches(Optional.of(RIGHT), Optional.of(cheap.hash(RIGHT))))
                .isTrue();
        assertThat(dear.matches(Optional.of(WRONG), Optional.of(cheap.hash(RIGHT))))
                .isFalse();
        assertThat(cheap.matches(Optional.of(RIGHT), Optional.of(dear.hash(RIGHT))))
                .isTrue();
    }

    @Test
    void whatComesToNaughtCostsTheSame() {
        PasswordHashes hashes = new PasswordHashes(9);
        Optional<Password> wrong = Optional.of(WRONG);
        Optional<String> fresh = Optional.of(hashes.hash(RIGHT));
        Optional<String> old = Optional.of(cheap.hash(RIGHT));
        long usual = cpuTimeOf(() -> hashes.matches(wrong, fresh));

        assertThat(cpuTimeOf(() -> hashes.matches(wrong, Optional.empty()))).isBetween(usual / 2, usual * 2);
        assertThat(cpuTimeOf(() -> hashes.matches(wrong, old))).isBetween(usual / 2, usual * 2);
        assertThat(cpuTimeOf(() -> hashes.matches(Optional.empty(), fresh))).isBetween(usual / 2, usual * 2);
    }

    /** What a thread computes, however busy the machine is; the least of some tries. */
    private static long cpuTimeOf(Runnable action) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return IntStream.range(0, 3)
                .mapToLong(i -> {
                    long start = threads.getCurrentThreadCpuTime();
                    action.run();
                    return threads.getCurrentThreadCpuTime() - start;
                })
                .min()
                .orElseThrow();
    }

    @Test
    void hashesOfOtherProgramsAreUnderstood() {
        // Of the test vectors of crypt_blowfish.
        Optional<String> hash = Optional.of("$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui");
        String longest = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

        assertThat(cheap.matches(Password.find(longest), hash)).isTrue();
        assertThat(cheap.isOutdated(hash.orElseThrow())).isFalse();
        assertThat(dear.isOutdated(hash.orElseThrow())).isTrue();
    }

    @Test
    void aPasswordHasEightToSeventyTwoBytes() {
        assertThat(Password.find("x".repeat(7))).isEmpty();
        assertThat(Password.find("x".repeat(8))).isPresent();
        assertThat(Password.find("x".repeat(72))).isPresent();
        assertThat(Password.find("x".repeat(73))).isEmpty();
        assertThat(Password.find("\u00e4".repeat(36))).isPresent();
        assertThat(Password.find("\u00e4".repeat(36) + "x")).isEmpty();
        assertThatThrownBy(() -> Password.chosen("short")).isInstanceOf(RoutingException.InvalidRequest.class);
    }

    @Test
    void aPasswordThatBcryptTakesForAnotherIsRefused() {
        assertThat(Password.find("abcdefgh\0abcdefgh")).isEmpty();
    }

    @Test
    void itDoesNotMatterHowAKeyboardComposesALetter() {
        Optional<String> hash = Optional.of(cheap.hash(Password.chosen("caf\u00e9 au lait")));

        assertThat(cheap.matches(Password.find("cafe\u0301 au lait"), hash)).isTrue();
    }

    @Test
    void aPasswordIsNotShown() {
        assertThat(RIGHT.toString()).doesNotContain("correct");
    }
}
