package io.roomrouting.examples.settings;

import java.util.regex.Pattern;

/** Makes a value fit to be shown in one line of a message or a log. */
final class Redacted {

    private static final int LONGEST = 120;
    private static final Pattern URL_CREDENTIALS = Pattern.compile("(?<=://)[^/@\\s]*@");
    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(?i)(?<=password=)[^&;\\s]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private Redacted() {}

    static String oneLine(String value) {
        String safe = URL_CREDENTIALS.matcher(value).replaceAll("<redacted>@");
        safe = PASSWORD_PARAMETER.matcher(safe).replaceAll("<redacted>");
        safe = CONTROL.matcher(safe).replaceAll(" ");
        return '"' + (safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe) + '"';
    }
}
