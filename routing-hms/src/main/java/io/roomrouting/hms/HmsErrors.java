package io.roomrouting.hms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns answers that are no success into exceptions, whatever stands in their bodies. */
final class HmsErrors {

    private static final Logger LOG = LoggerFactory.getLogger(HmsErrors.class);

    private final Redaction redaction;
    private final AtomicBoolean credentialsWereRefused = new AtomicBoolean();

    HmsErrors(Redaction redaction) {
        this.redaction = redaction;
    }

    HmsException.Refused refused(HmsAnswer answer) {
        String message = messageIn(answer, "100ms refuses the request");
        if (answer.status() == 401 && credentialsWereRefused.compareAndSet(false, true)) {
            LOG.error("100ms refuses the management token ({}): check the app's access key and secret", message);
        }
        return new HmsException.Refused(answer.status(), codeIn(answer), message);
    }

    HmsException.Unavailable unavailable(HmsAnswer answer) {
        String otherwise = answer.status() == 429 ? "100ms asks to slow down" : "100ms fails";
        return new HmsException.Unavailable(
                answer.status(), codeIn(answer), messageIn(answer, otherwise), answer.retryAfter());
    }

    HmsException.BadAnswer unexpected(HmsAnswer answer) {
        return new HmsException.BadAnswer(
                answer.status(), "100ms answered with the status " + answer.status() + ", which means nothing here");
    }

    private String messageIn(HmsAnswer answer, String otherwise) {
        return answer.json()
                .map(object -> object.path("message"))
                .filter(JsonNode::isTextual)
                .map(message -> redaction.line(message.textValue()))
                .filter(line -> !line.isEmpty())
                .orElse(otherwise);
    }

    /** Zero if there is none. */
    private static int codeIn(HmsAnswer answer) {
        return answer.json()
                .map(object -> object.path("code"))
                .filter(JsonNode::isInt)
                .map(JsonNode::intValue)
                .orElse(0);
    }
}
