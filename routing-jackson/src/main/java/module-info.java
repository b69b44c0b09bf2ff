/** The JSON payload codec for typed events, on Jackson. */
module io.roomrouting.jackson {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.roomrouting;
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports io.roomrouting.jackson;
}
