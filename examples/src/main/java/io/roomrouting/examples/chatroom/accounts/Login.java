package io.roomrouting.examples.chatroom.accounts;

/**
 * What a user has who is logged in.
 *
 * @param token opens the API and the rooms; a secret
 * @param username as it was written when it was registered
 * @param refreshToken gets the next token, once; a secret
 */
public record Login(String token, String username, String refreshToken) {

    @Override
    public String toString() {
        return "Login[username=" + username + ", token=<redacted>, refreshToken=<redacted>]";
    }
}
