package io.roomrouting.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumConditionTest {

    @Test
    void aMissingBrowserSkipsWithTheReasonAndTheRemedy(@TempDir Path empty) {
        var result = ChromiumCondition.evaluate(empty.resolve("chromium"));

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("chromium is missing", "apt-get install chromium"));
    }

    @Test
    void anInstalledBrowserLetsTheTestsRun() {
        Path anyExecutable = Path.of(System.getProperty("java.home"), "bin", "java");

        assertThat(ChromiumCondition.evaluate(anyExecutable).isDisabled()).isFalse();
    }
}
