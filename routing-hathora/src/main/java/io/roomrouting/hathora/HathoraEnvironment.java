package io.roomrouting.hathora;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostSnapshot;
import io.roomrouting.RoutingException;
import io.roomrouting.session.SessionHostBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * What a session server finds in its environment when Hathora has started it.
 *
 * @param process the process's id, {@code HATHORA_PROCESS_ID}; names the host
 * @param address where clients reach it as far as the process can tell, {@code HATHORA_HOSTNAME} and
 *     {@code HATHORA_DEFAULT_PORT}; a backend goes by what Hathora's API says
 * @param region where it runs, {@code HATHORA_REGION}; empty if that is not set
 */
public record HathoraEnvironment(HostId process, HostAddress address, Optional<String> region) {

    /**
     * Reads the environment.
     *
     * @param variables usually {@link System#getenv()}
     * @return what is there; empty outside a Hathora process, that is without {@code HATHORA_PROCESS_ID}
     * @throws IllegalArgumentException if a variable is missing or makes no sense; the message names it
     */
    public static Optional<HathoraEnvironment> read(Map<String, String> variables) {
        String process = variables.getOrDefault("HATHORA_PROCESS_ID", "");
        if (process.isBlank()) {
            return Optional.empty();
        }
        String host = variables.getOrDefault("HATHORA_HOSTNAME", "");
        String port = variables.getOrDefault("HATHORA_DEFAULT_PORT", "");
        String region = variables.getOrDefault("HATHORA_REGION", "").strip();
        return Optional.of(new HathoraEnvironment(
                id(process.strip()),
                address(host.strip(), port.strip()),
                region.isEmpty() ? Optional.empty() : Optional.of(region)));
    }

    /**
     * Fills in a host's id, its address and its {@code region} label.
     *
     * @param host about to be started; labels that it has are replaced
     * @return the same builder
     */
    public SessionHostBuilder applyTo(SessionHostBuilder host) {
        region.ifPresent(name -> host.labels(Map.of(HostSnapshot.REGION, name)));
        return host.id(process).address(address);
    }

    private static HostId id(String process) {
        try {
            return HostId.of(process);
        } catch (RoutingException.InvalidRequest e) {
            throw new IllegalArgumentException(
                    "HATHORA_PROCESS_ID = " + process + " is not 1 to 255 printable characters without blanks", e);
        }
    }

    private static HostAddress address(String host, String port) {
        try {
            return new HostAddress(host, Integer.parseInt(port), false);
        } catch (NumberFormatException | RoutingException.InvalidRequest e) {
            throw new IllegalArgumentException(
                    "HATHORA_HOSTNAME = " + host + ", HATHORA_DEFAULT_PORT = " + port
                            + " are not a host name and a port from 1 to 65535",
                    e);
        }
    }
}
