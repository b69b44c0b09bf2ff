package io.roomrouting.hms;

import java.util.regex.Pattern;

/** Makes text of 100ms fit for other people's eyes. Whoever answers knows the token and could send it back. */
final class Redaction {

    private static final int LONGEST_LINE = 200;
    private static final String REDACTED = "<redacted>";

    /** A JSON Web Token, or the beginning of one: its header is an object, which begins like that in base64url. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_=.-]*");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private final String secret;

    Redaction(HmsCredentials credentials) {
        secret = credentials.secret();
    }

    /** Cuts out tokens and the app's secret. */
    String text(String text) {
        return TOKEN.matcher(text.replace(secret, REDACTED)).replaceAll(REDACTED);
    }

    /** The same in one short line. */
    String line(String text) {
        String safe = CONTROL.matcher(text(text)).replaceAll(" ").strip();
        return safe.length() > LONGEST_LINE ? safe.substring(0, LONGEST_LINE) + "…" : safe;
    }
}
