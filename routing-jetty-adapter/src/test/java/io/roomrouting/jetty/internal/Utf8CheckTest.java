package io.roomrouting.jetty.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8CheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text that is longer than a word",
                "é",
                "€",
                "🎲",
                "\u0000",
                "a\uD7FFb\uE000c\uFFFFd",
                "\uDBFF\uDFFF"
            })
    void textIsUtf8(String text) {
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(Utf8Check.isUtf8(bytes, 0, bytes.length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "e08080",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "ff",
                "fe",
                "c3",
                "e282",
                "f09f8e",
                "c328",
                "e28228",
                "f09f2880",
                "6161616161616161c3"
            })
    void otherBytesAreNot(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Utf8Check.isUtf8(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void onlyTheRangeCounts() {
        byte[] bytes = HexFormat.of().parseHex("ffc3a9ff");

        assertThat(Utf8Check.isUtf8(bytes, 1, 3)).isTrue();
        assertThat(Utf8Check.isUtf8(bytes, 1, 2)).isFalse();
    }

    @Test
    void itAgreesWithTheJdkOnRandomBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] alphabet = HexFormat.of().parseHex("0061c2c3e0e1edeff0f1f4f5808f909fa0bf");
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(14)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            assertThat(Utf8Check.isUtf8(bytes, 0, bytes.length))
                    .as("seed %d: %s", seed, HexFormat.of().formatHex(bytes))
                    .isEqualTo(jdkAccepts(bytes));
        }
    }

    private static boolean jdkAccepts(byte[] bytes) {
        try {
            UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
