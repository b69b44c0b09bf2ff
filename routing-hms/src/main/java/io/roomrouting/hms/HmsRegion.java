package io.roomrouting.hms;

import java.util.Locale;

/** Where the media servers of a room stand. */
public enum HmsRegion {
    /** Whatever the template says. */
    AUTO,
    /** The European Union. */
    EU,
    /** India. */
    IN,
    /** The United States. */
    US;

    /** As 100ms writes it. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
