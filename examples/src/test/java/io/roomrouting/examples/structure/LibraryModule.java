package io.roomrouting.examples.structure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Stream;

/**
 * A published module by the packages of its classes.
 *
 * @param name its Java module name
 * @param floor more classes than this must be seen: a rule that sees nothing passes, so every rule first asks whether
 *     it saw enough. Raise it when the module has grown well beyond it
 * @param packages where its classes live
 * @param technology what it may depend on besides core
 */
record LibraryModule(String name, int floor, List<String> packages, List<String> technology) {

    private static final String JACKSON_DATABIND = "com.fasterxml.jackson..";

    static final LibraryModule CORE = new LibraryModule(
            "io.roomrouting",
            150,
            List.of(
                    "io.roomrouting",
                    "io.roomrouting.session",
                    "io.roomrouting.scheduling",
                    "io.roomrouting.spi",
                    "io.roomrouting.internal.."),
            List.of());
    static final LibraryModule JWT = adapter("jwt", 24, "com.auth0.jwt..", JACKSON_DATABIND);
    static final LibraryModule JACKSON = adapter("jackson", 8, JACKSON_DATABIND);
    static final LibraryModule HATHORA = adapter("hathora", 20, JACKSON_DATABIND, "okhttp3..", "kotlin..");
    static final LibraryModule SOCKETIO = adapter("socketio", 40, JACKSON_DATABIND);
    static final LibraryModule AGONES = adapter("agones", 20, JACKSON_DATABIND, "okhttp3..", "okio..");
    static final LibraryModule HMS = adapter("hms", 22, "com.auth0.jwt..", JACKSON_DATABIND, "okhttp3..", "okio..");
    static final LibraryModule JETTY = adapter(
            "jetty",
            30,
            "io.roomrouting.jackson..",
            "io.roomrouting.socketio..",
            JACKSON_DATABIND,
            "org.eclipse.jetty..");
    static final LibraryModule JDBC = adapter("jdbc", 24);
    static final LibraryModule REDIS = adapter("redis", 24, "redis.clients.jedis..");
    static final LibraryModule MICROMETER = adapter("micrometer", 5, "io.micrometer.core..");
    static final LibraryModule TESTKIT =
            adapter("testkit", 25, "org.junit.jupiter.api..", "org.assertj.core..", "com.sun.net.httpserver..");

    static final List<LibraryModule> ALL =
            List.of(CORE, JWT, JACKSON, HATHORA, SOCKETIO, AGONES, HMS, JETTY, JDBC, REDIS, MICROMETER, TESTKIT);

    /** What every module may use. The JDK's own logging is forbidden by another rule. */
    private static final List<String> ALWAYS_ALLOWED = List.of("java..", "javax..", "org.slf4j..", "org.jspecify..");

    private static LibraryModule adapter(String name, int floor, String... technology) {
        String root = "io.roomrouting." + name;
        return new LibraryModule(root, floor, List.of(root + ".."), List.of(technology));
    }

    static String[] packagesOf(List<LibraryModule> modules) {
        return modules.stream().flatMap(module -> module.packages.stream()).toArray(String[]::new);
    }

    /** The packages that its classes may depend on, its own and those of core included. */
    String[] allowedPackages() {
        return Stream.of(ALWAYS_ALLOWED, CORE.packages, packages, technology)
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    DescribedPredicate<JavaClass> classes() {
        return resideInAnyPackage(packages.toArray(String[]::new));
    }

    @Override
    public String toString() {
        return name;
    }
}
