package io.roomrouting.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnServerConditionTest {

    @Test
    void aMissingServerSkipsWithTheReasonAndTheRemedy(@TempDir Path empty) {
        var result = TurnServerCondition.evaluate(empty.resolve("turnserver"));

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("turnserver is missing", "apt-get install coturn"));
    }
}
