package io.roomrouting.redis;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a server says of itself when a connection begins.
 *
 * @param process differs for every start of every server
 * @param version such as 6.2.11
 * @param isReplica whether it follows another server
 * @param mayEvict whether it drops keys when it is full
 */
record ServerFacts(String process, String version, boolean isReplica, boolean mayEvict) {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");
    private static final int MAJOR = 6;
    private static final int MINOR = 2;

    /** Reads the reply to INFO. */
    static ServerFacts read(String info) {
        Map<String, String> fields = info.lines()
                .map(line -> line.split(":", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].trim(), (one, other) -> one));
        Function<String, String> field = name -> fields.getOrDefault(name, "");
        boolean limited = !field.apply("maxmemory").equals("0");
        return new ServerFacts(
                field.apply("run_id"),
                field.apply("redis_version"),
                field.apply("role").equals("slave"),
                limited && !field.apply("maxmemory_policy").equals("noeviction"));
    }

    /** Refuses a server that is too old, or tells too little. */
    void check() {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches() || process.isEmpty()) {
            throw new UnusableServer("does not tell what it is");
        }
        int major = Integer.parseInt(numbers.group(1));
        if (major < MAJOR || (major == MAJOR && Integer.parseInt(numbers.group(2)) < MINOR)) {
            throw new UnusableServer("is version " + version + "; needed is 6.2 or newer");
        }
    }
}
