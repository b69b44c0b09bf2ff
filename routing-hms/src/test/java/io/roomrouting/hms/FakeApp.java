package io.roomrouting.hms;

import io.roomrouting.testkit.hms.FakeHms;
import java.time.Duration;

/** An app of a 100ms that is in this process, with a client that has little patience. */
final class FakeApp implements AutoCloseable {

    static final String ACCESS_KEY = "an-access-key";
    static final String SECRET = "the app's secret, which nobody else knows";

    final FakeHms hms = FakeHms.builder(ACCESS_KEY, SECRET).start();
    final HmsTokens tokens = HmsTokens.of(new HmsCredentials(ACCESS_KEY, SECRET));

    /** Makes two attempts, and no pause to speak of. */
    final HmsClient client = builder().attempts(2).build();

    HmsClientBuilder builder() {
        return HmsClient.builder(tokens)
                .baseUrl(hms.baseUrl())
                .timeout(Duration.ofSeconds(20))
                .attemptTimeout(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        client.close();
        hms.close();
    }
}
