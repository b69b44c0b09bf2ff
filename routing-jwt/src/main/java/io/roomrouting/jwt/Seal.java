package io.roomrouting.jwt;

/**
 * The cryptography of one key. A signature has one accepted spelling: the characters that would be written here, although
 * decoders of base64url take others too. Thread-safe.
 */
sealed interface Seal permits HmacSeal, SignatureSeal {

    /** The third segment, encoded, for the first two. */
    byte[] sign(byte[] header, byte[] payload);

    /** Whether this key made the token's signature, whatever the token's header says. */
    boolean isOn(TokenParts token);
}
