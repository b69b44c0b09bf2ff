package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The values of the vocabulary as they stand in keys: as in the query of a URL, {@code key=value&key=value}. */
final class Texts {

    private static final String METADATA = "metadata.";

    private Texts() {}

    static String of(HostIncarnation host) {
        return host.host() + " " + host.nonce();
    }

    /** The name holds no blank. */
    static HostIncarnation toHost(String text) {
        int blank = text.indexOf(' ');
        return new HostIncarnation(HostId.of(text.substring(0, blank)), text.substring(blank + 1));
    }

    static String of(HostAddress address) {
        return form(Map.of(
                "host", address.host(),
                "port", Integer.toString(address.port()),
                "secure", Boolean.toString(address.secure())));
    }

    static HostAddress toAddress(String text) {
        Map<String, String> fields = toMap(text);
        return new HostAddress(
                required(fields, "host"),
                Integer.parseInt(required(fields, "port")),
                Boolean.parseBoolean(required(fields, "secure")));
    }

    static String of(RoomSpec spec) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("type", spec.type());
        fields.put("visibility", spec.visibility().name());
        spec.region().ifPresent(region -> fields.put("region", region));
        spec.maxClients().ifPresent(most -> fields.put("maxClients", Integer.toString(most)));
        spec.metadata().forEach((key, value) -> fields.put(METADATA + key, value));
        return form(fields);
    }

    /** As it stands in the text of a spec. */
    static String ofMetadata(Map<String, String> metadata) {
        Map<String, String> fields = new TreeMap<>();
        metadata.forEach((key, value) -> fields.put(METADATA + key, value));
        return form(fields);
    }

    static Map<String, String> toMetadata(String text) {
        return metadata(toMap(text));
    }

    private static Map<String, String> metadata(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> field.getKey().startsWith(METADATA))
                .collect(Collectors.toMap(field -> field.getKey().substring(METADATA.length()), Map.Entry::getValue));
    }

    static RoomSpec toSpec(String text) {
        Map<String, String> fields = toMap(text);
        String maxClients = fields.get("maxClients");
        return new RoomSpec(
                required(fields, "type"),
                Optional.ofNullable(fields.get("region")),
                maxClients == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(maxClients)),
                metadata(fields),
                RoomVisibility.valueOf(required(fields, "visibility")));
    }

    static String form(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> pair(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("&"));
    }

    static String pair(String key, String value) {
        return encode(key) + "=" + encode(value);
    }

    static String metadataPair(String key, String value) {
        return pair(METADATA + key, value);
    }

    static Map<String, String> toMap(String text) {
        return Arrays.stream(text.split("&", -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> decode(pair[0]), pair -> decode(pair[1])));
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("what Redis holds has no " + name);
        }
        return value;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
