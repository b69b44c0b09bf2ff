package io.roomrouting.examples.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets browser tests run where Debian's Chromium is installed. */
public final class ChromiumCondition implements ExecutionCondition {

    /** The browser that the tests start. */
    public static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(CHROMIUM);
    }

    static ConditionEvaluationResult evaluate(Path browser) {
        return Files.isExecutable(browser)
                ? ConditionEvaluationResult.enabled(browser + " is there")
                : ConditionEvaluationResult.disabled(
                        "no browser: " + browser + " is missing (on Debian: apt-get install chromium)");
    }
}
