/** Login tokens and room tickets as JSON Web Tokens. */
module io.roomrouting.jwt {
    requires transitive io.roomrouting;
    requires com.auth0.jwt;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires org.slf4j;
    requires static transitive org.jspecify;
}
