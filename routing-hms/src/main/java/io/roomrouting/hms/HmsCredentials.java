package io.roomrouting.hms;

/**
 * An app's key pair, from the developer section of the 100ms dashboard.
 *
 * @param accessKey names the app; stands in every token, so it is no secret
 * @param secret signs the tokens; left out of {@link #toString()}
 */
public record HmsCredentials(String accessKey, String secret) {

    /**
     * Checks that both are there.
     *
     * @throws IllegalArgumentException if one is blank; the message does not show it
     */
    public HmsCredentials {
        Bounds.check(!accessKey.isBlank(), "accessKey is blank");
        Bounds.check(!secret.isBlank(), "secret is blank");
    }

    @Override
    public String toString() {
        return "HmsCredentials[accessKey=" + accessKey + ", secret=<redacted>]";
    }
}
