/**
 * Tokens and room administration for 100ms.
 *
 * <p>Start with {@link io.roomrouting.hms.HmsTokens} and {@link io.roomrouting.hms.HmsClient}, or with
 * {@link io.roomrouting.hms.OwnedRooms}, which puts them together for the users of an application.
 */
module io.roomrouting.hms {
    requires transitive io.roomrouting;
    requires com.auth0.jwt;
    requires com.fasterxml.jackson.databind;
    requires okhttp3;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.hms;
}
