/** Contracts for adapters, and tools to test rooms without a server. */
module io.roomrouting.testkit {
    requires transitive io.roomrouting;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires jdk.httpserver;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.testkit;
    exports io.roomrouting.testkit.hathora;
    exports io.roomrouting.testkit.hms;
    exports io.roomrouting.testkit.sim;
}
