package io.roomrouting.jetty;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** The methods that a path takes. */
final class Methods {

    static final Methods GET = new Methods("GET", "HEAD", "OPTIONS");
    static final Methods POST = new Methods("POST", "OPTIONS");
    static final Methods DELETE = new Methods("DELETE", "OPTIONS");
    static final Methods POST_AND_DELETE = new Methods("POST", "DELETE", "OPTIONS");
    static final Methods GET_AND_POST = new Methods("GET", "HEAD", "POST", "OPTIONS");

    private final List<String> names;
    private final HttpField allow;

    private Methods(String... names) {
        this.names = List.of(names);
        this.allow = new PreEncodedHttpField(HttpHeader.ALLOW, String.join(", ", names));
    }

    boolean contain(String method) {
        return names.contains(method);
    }

    HttpField allow() {
        return allow;
    }
}
