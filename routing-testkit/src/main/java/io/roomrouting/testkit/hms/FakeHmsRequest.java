package io.roomrouting.testkit.hms;

/**
 * What a {@link FakeHms} was asked.
 *
 * @param method as it came
 * @param target path and query, still encoded
 * @param authorization the header of that name, empty if there was none; left out of {@link #toString()}
 * @param body the text that came with it, may be empty
 */
public record FakeHmsRequest(String method, String target, String authorization, String body) {
    @Override
    public String toString() {
        return method + " " + target + " " + body;
    }
}
