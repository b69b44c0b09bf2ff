package io.roomrouting.jwt;

/**
 * Where the keys come from that tokens are verified with: a fixed ring ({@link JwtKeys}) or a URL ({@link JwksUrl}).
 */
public abstract sealed class VerificationKeys permits JwtKeys, JwksUrl {

    VerificationKeys() {}

    /** The keys that are known now. Does not block. */
    abstract JwtKeys current();

    /**
     * The keys, read anew if that may help; for when a token names a key that is not in {@code lacking}. May block.
     *
     * @throws io.roomrouting.RoutingException.Unavailable if nobody can know now whether there is such a key
     */
    abstract JwtKeys newerThan(JwtKeys lacking);

    /** Whether {@link #newerThan} can wait for something outside this process. */
    abstract boolean mayBlock();
}
