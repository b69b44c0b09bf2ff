package io.roomrouting.examples.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets tests of relayed calls run where Debian's coturn is installed. */
public final class TurnServerCondition implements ExecutionCondition {

    /** The server that the tests start. */
    public static final Path TURN_SERVER = Path.of("/usr/bin/turnserver");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(TURN_SERVER);
    }

    static ConditionEvaluationResult evaluate(Path server) {
        return Files.isExecutable(server)
                ? ConditionEvaluationResult.enabled(server + " is there")
                : ConditionEvaluationResult.disabled(
                        "no TURN server: " + server + " is missing (on Debian: apt-get install coturn)");
    }
}
