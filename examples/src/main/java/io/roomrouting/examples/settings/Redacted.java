package io.roomrouting.examples.settings;

import java.util.regex.Pattern;

/** Makes a value fit to be shown in one line of a message or a log. */
public final class Redacted {

    private static final int LONGEST = 120;
    /** Up to the last {@code @}: a password may hold one, or a slash, that should have been encoded. */
    private static final Pattern URL_CREDENTIALS = Pattern.compile("(?<=://).*@", Pattern.DOTALL);

    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(?i)(?<=password=)[^&;\\s]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private Redacted() {}

    /**
     * Quotes a value.
     *
     * @param value may be a URL with user and password
     * @return without them, in quotation marks, of bounded length
     */
    public static String oneLine(String value) {
        return '"' + words(value) + '"';
    }

    /**
     * Shortens what somebody else says.
     *
     * @param value may hold a URL with user and password
     * @return without them, in one line of bounded length
     */
    public static String words(String value) {
        String safe = URL_CREDENTIALS.matcher(value).replaceAll("<redacted>@");
        safe = PASSWORD_PARAMETER.matcher(safe).replaceAll("<redacted>");
        safe = CONTROL.matcher(safe).replaceAll(" ");
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe;
    }
}
