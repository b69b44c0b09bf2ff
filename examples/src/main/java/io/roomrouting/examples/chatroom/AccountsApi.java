package io.roomrouting.examples.chatroom;

import io.roomrouting.RoutingException;
import io.roomrouting.examples.chatroom.accounts.Accounts;
import io.roomrouting.examples.chatroom.accounts.Login;
import io.roomrouting.examples.http.ApiExchange;
import io.roomrouting.examples.http.BoundedWork;
import io.roomrouting.examples.http.Endpoint;
import io.roomrouting.examples.http.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;

/** Register, log in, refresh and log out, over HTTP. */
final class AccountsApi {

    private static final String PATH = "/api/auth";

    private final Accounts accounts;
    private final BoundedWork hashing;
    private final BoundedWork database;

    /**
     * Makes the API.
     *
     * @param accounts what it opens
     * @param hashing runs what computes for long
     * @param database runs what only waits
     */
    AccountsApi(Accounts accounts, BoundedWork hashing, BoundedWork database) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.database = database;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of(
                PATH,
                new Endpoint("GET", exchange -> exchange.answer(Accounts.RULES)),
                PATH + "/register",
                new Endpoint("POST", this::register),
                PATH + "/login",
                new Endpoint("POST", this::logIn),
                PATH + "/refresh",
                new Endpoint("POST", this::refresh),
                PATH + "/logout",
                new Endpoint("POST", this::logOut));
    }

    private void register(ApiExchange exchange) {
        String address = ClientAddress.of(exchange.request());
        exchange.readJson(body -> {
            String username = required(body, "username");
            String password = required(body, "password");
            hashing.run(exchange, () -> answer(exchange, accounts.register(username, password, address)));
        });
    }

    private void logIn(ApiExchange exchange) {
        String address = ClientAddress.of(exchange.request());
        exchange.readJson(body -> {
            String username = required(body, "username");
            String password = required(body, "password");
            hashing.run(exchange, () -> answer(exchange, accounts.logIn(username, password, address)));
        });
    }

    private void refresh(ApiExchange exchange) {
        exchange.readJson(body -> {
            String token = required(body, "refreshToken");
            database.run(exchange, () -> answer(exchange, accounts.refresh(token)));
        });
    }

    private void logOut(ApiExchange exchange) {
        exchange.readJson(body -> {
            String token = required(body, "refreshToken");
            database.run(exchange, () -> {
                accounts.logOut(token);
                exchange.answer(Map.of("ok", true));
            });
        });
    }

    private static String required(JsonFields body, String name) {
        return body.text(name).orElseThrow(() -> RoutingException.invalid(name + " is missing"));
    }

    private static void answer(ApiExchange exchange, Login login) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("token", login.token());
        members.put("username", login.username());
        members.put("refreshToken", login.refreshToken());
        exchange.answer(members);
    }
}
