package io.roomrouting.hms;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What 100ms said.
 *
 * @param status the HTTP status
 * @param retryAfter the header of that name, if there is a sensible one
 * @param json the body, if it is one JSON object and nothing else
 */
record HmsAnswer(int status, Optional<Duration> retryAfter, Optional<JsonNode> json) {

    boolean isSuccess() {
        return status == 200 || status == 201;
    }

    boolean isRefusal() {
        return status >= 400 && status <= 499 && !isWorthAnotherAttempt();
    }

    boolean isWorthAnotherAttempt() {
        return status == 408 || status == 429 || (status >= 500 && status <= 599);
    }
}
