package io.roomrouting.examples.chatroom;

import io.roomrouting.Authenticator;
import io.roomrouting.RoomAuthorizer;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.examples.chat.ChatStore;
import io.roomrouting.examples.chatroom.accounts.Accounts;
import io.roomrouting.examples.chatroom.accounts.NewerTables;
import io.roomrouting.examples.engines.OpenDatabase;
import io.roomrouting.examples.http.Endpoint;
import io.roomrouting.examples.http.EndpointsHandler;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chat room's own HTTP API: accounts, messages and servers for calls. */
final class HttpApi {

    /** Who may look into a room and join it. */
    static final RoomAuthorizer AUTHORIZER = RoomAuthorizer.anyone();

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    private final Accounts accounts;
    private final Handler handler;
    private final Set<String> paths;

    private HttpApi(Accounts accounts, Map<String, Endpoint> endpoints) {
        this.accounts = accounts;
        this.handler = new EndpointsHandler(endpoints, ChatroomRefusals.INSTANCE);
        this.paths = Set.copyOf(endpoints.keySet());
    }

    /**
     * Opens the API. Blocks for the database, which need not answer yet.
     *
     * @throws io.roomrouting.examples.settings.ConfigurationException if a newer version of this program has used the
     *     database
     */
    static HttpApi open(
            Settings settings,
            JwtKeys keys,
            IceServers.Servers ice,
            ChatStore store,
            OpenDatabase database,
            Threads threads) {
        Authenticator logins = JwtVerifier.of(keys).logins();
        Accounts accounts = Accounts.in(
                database.connections(),
                settings.get(ChatroomSettings.BCRYPT_COST),
                ChatroomSettings.limitsIn(settings),
                ChatroomSettings.loginsIn(settings),
                JwtIssuer.of(keys)::issueLogin,
                TimeSource.system());
        prepare(accounts);
        Map<String, Endpoint> endpoints = new HashMap<>();
        endpoints.putAll(new AccountsApi(accounts, threads.hashing(), threads.database()).endpoints());
        endpoints.putAll(
                new MessagesApi(logins, AUTHORIZER, store, ChatroomServer.LOBBY, threads.database()).endpoints());
        endpoints.putAll(new IceServers(logins, ice).endpoints());
        return new HttpApi(accounts, endpoints);
    }

    private static void prepare(Accounts accounts) {
        try {
            accounts.prepare();
        } catch (NewerTables e) {
            throw ChatroomSettings.newerDatabase(e);
        } catch (RoutingException.Unavailable e) {
            LOG.warn("The database of the accounts does not answer; not ready until it does");
        }
    }

    Handler handler() {
        return handler;
    }

    /** The paths that it takes. */
    Set<String> paths() {
        return paths;
    }

    /**
     * Looks whether the database answers. Blocks.
     *
     * @throws RoutingException.Unavailable if it does not
     */
    void requireReady() {
        accounts.prepare();
    }
}
