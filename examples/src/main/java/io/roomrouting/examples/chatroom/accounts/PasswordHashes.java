package io.roomrouting.examples.chatroom.accounts;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns passwords into bcrypt hashes and compares them. Takes long on purpose: each step of the cost doubles it; a cost of 12
 * is about 0.3 s.
 *
 * <p>Whatever comes to naught takes equally long: it makes no difference whether there is an account, and whether its hash was
 * made at a lower cost.
 */
final class PasswordHashes {

    private static final byte[] NOBODYS_PASSWORD = "nobody's password".getBytes(StandardCharsets.UTF_8);

    private final int cost;

    PasswordHashes(int cost) {
        this.cost = cost;
    }

    String hash(Password password) {
        return function(cost).hash(password.utf8()).getResult();
    }

    /** Says whether it is the password of which this is the hash. */
    boolean matches(Optional<Password> password, Optional<String> hash) {
        if (password.isEmpty() || hash.isEmpty()) {
            burn(cost);
            return false;
        }
        // The library compares with the cost that it is told, not with that of the hash.
        BcryptFunction made = BcryptFunction.getInstanceFromHash(hash.get());
        boolean matches = made.check(password.get().utf8(), hash.get().getBytes(StandardCharsets.US_ASCII));
        if (!matches) {
            // 2^n + 2^n + 2^(n+1) + … + 2^(cost-1) = 2^cost
            for (int more = made.getLogarithmicRounds(); more < cost; more++) {
                burn(more);
            }
        }
        return matches;
    }

    /** Says whether a hash is cheaper to guess than one that is made now. */
    boolean isOutdated(String hash) {
        return BcryptFunction.getInstanceFromHash(hash).getLogarithmicRounds() < cost;
    }

    private static void burn(int cost) {
        function(cost).hash(NOBODYS_PASSWORD);
    }

    private static BcryptFunction function(int cost) {
        return BcryptFunction.getInstance(Bcrypt.B, cost);
    }
}
